-- The planner knows nothing of an empty table, and a plan made on a guess stays with its prepared statement: a join of
-- lead records to open assignments then reads every assignment of the tenant. So each table with a tenant is analysed
-- once over made-up rows, which are taken away again. What was learnt of a column stays until real rows are analysed;
-- of tenant_id it stays for good: any tenant is taken to have half of the rows, for one tenant's share says nothing of
-- the next one's. This must be a transaction after the one that made the tables, or truncate leaves them known as empty.
create function pg_temp.made_up(name text, type text) returns text language sql as $$
  select case
    when name in ('closed_at', 'erased_at', 'done_at', 'ended_at') then 'case when i % 2 = 0 then now() end'
    when name = 'state' then '(array[''pending'', ''offered'', ''assigned'', ''waiting'', ''in_queue'', ''closed''])[1 + i % 6]'
    when type = 'text' then format('%L || i', name)
    when type = 'timestamp with time zone' then 'now() + i * interval ''1 second'''
    when type = 'boolean' then 'i % 2 = 0'
    when type in ('json', 'jsonb') then '''{}'''
    else 'i' end
$$;
do $$
declare
  made_up record;
  json_column record;
begin
  for json_column in
    select table_name, column_name from information_schema.columns where table_schema = 'public' and data_type = 'jsonb'
  loop
    execute format('alter table %I alter column %I set statistics 0', json_column.table_name, json_column.column_name);
  end loop;
  for made_up in
    select table_name as target, string_agg(quote_ident(column_name), ', ') as columns,
      string_agg(pg_temp.made_up(column_name, data_type), ', ') as expressions
    from information_schema.columns
    where table_schema = 'public' and is_identity = 'NO' and table_name in (
      select table_name from information_schema.columns where table_schema = 'public' and column_name = 'tenant_id')
    group by table_name
  loop
    execute format('insert into %I (%s) select %s from generate_series(1, 1000) i', made_up.target, made_up.columns, made_up.expressions);
    execute format('alter table %I alter column tenant_id set (n_distinct = 2)', made_up.target);
    execute format('analyze %I', made_up.target);
    execute format('alter table %I alter column tenant_id set statistics 0', made_up.target);
    execute format('truncate %I restart identity', made_up.target);
  end loop;
end $$;
drop function pg_temp.made_up;
