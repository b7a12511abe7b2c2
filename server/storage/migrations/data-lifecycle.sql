-- How long what is kept: {"closedLeadsDays": 730, …}; what is absent has its default. retained_at: when that was last seen to.
alter table lane add column retention jsonb not null default '{}', add column retained_at timestamptz;

-- A workspace that is to be deleted: who asked when, and when its rows go. Until then it can be taken back.
alter table tenant add column deletion_asked_at timestamptz, add column deletion_asked_by text, add column deletes_at timestamptz;

-- That personal data was erased: when, by whom, why and of how many leads; never whose. because: asked, vendor,
-- retention. removed: other rows that went, by table.
create table erasure (
  tenant_id text not null, id text not null, at timestamptz not null, asked_by text not null, because text not null,
  leads int not null default 0, removed jsonb not null default '{}', primary key (tenant_id, id));
create index erasure_at on erasure (tenant_id, at);
alter table erasure enable row level security;
alter table erasure force row level security;
create policy tenant_rows on erasure to fairlead_app using (tenant_id = current_setting('fairlead.tenant', true));
grant select, insert, update on erasure to fairlead_app;

-- Where a notice of an SLA stands in Slack, so that who the lead is can be taken out of it.
alter table sla_notice add column assignment_id text, add column connection_id text, add column channel text, add column ts text;
create index sla_notice_assignment on sla_notice (tenant_id, assignment_id) where assignment_id is not null;

-- The key of a request may say who the lead is, as its reason may.
grant update (request) on adjustment to fairlead_app;

-- Snapshots that hold personal data yet, the oldest first: what the retention looks through.
create index lead_snapshot_kept on lead_snapshot (tenant_id, taken_at, id) where erased_at is null;
-- Leads whose record was deleted are kept shorter, and are few among the others.
create index assignment_gone on assignment (tenant_id, closed_at) where closed_because = 'record_gone';
-- An erasure takes the replies of its leads along while the lane waits.
create index reply_decision on reply (tenant_id, decision_id);

-- Who may read and remove everything of one tenant: the export, in transactions that only read, and `remove_tenant`.
do $$ begin
  create role fairlead_lifecycle nologin;
exception when duplicate_object or unique_violation then null; end $$;
do $$ begin
  if not pg_has_role('fairlead_lifecycle', 'fairlead_app', 'usage') then
    grant fairlead_app, fairlead_directory to fairlead_lifecycle;
  end if;
  if not pg_has_role(current_user, 'fairlead_lifecycle', 'usage') then
    grant fairlead_lifecycle to current_user;
  end if;
end $$;

-- A table of a later migration that keeps what was written grants this to the role as well.
do $$
declare target text;
begin
  for target in
    select distinct table_name from information_schema.columns
    where table_schema = 'public' and (column_name in ('tenant_id', 'connection_id') or table_name in ('tenant', 'lease'))
  loop
    execute format('grant select, delete on %I to fairlead_lifecycle', target);
  end loop;
end $$;

-- What was decided stays as it was written, whoever asks; only with its whole tenant it goes.
create or replace function refuse_change() returns trigger language plpgsql as $$ begin
  if tg_op = 'DELETE' and tg_level = 'ROW' and current_user = 'fairlead_lifecycle' then
    if old.tenant_id = current_setting('fairlead.tenant', true) then return old; end if;
  end if;
  raise exception '% keeps what was written: % is refused', tg_table_name, lower(tg_op) using errcode = 'insufficient_privilege';
end $$;

-- Removes rows of a tenant whose time has come, at most so many a call, and says how many it found; 0: nothing is left.
-- Every table that names the tenant, or one of its connections, is gone through, so that one added later is too.
create function remove_tenant(gone text, most int) returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  target record;
  removed int := 0;
  found_now int;
begin
  if exists (select from tenant where id = gone and (deletes_at is null or deletes_at > clock_timestamp())) then
    raise exception 'the workspace % is not to be deleted now', gone using errcode = 'insufficient_privilege';
  end if;
  perform set_config('fairlead.tenant', gone, true);
  -- Leases are named after what they are of.
  delete from lease where split_part(name, ':', 2) in (select id from connection where tenant_id = gone union select gone);
  for target in
    select c.relname as name, bool_or(a.attname = 'tenant_id') as by_tenant
    from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname in ('tenant_id', 'connection_id')
    group by c.relname
    -- What hangs on a connection is found by it.
    order by c.relname = 'connection', bool_or(a.attname = 'tenant_id'), c.relname
  loop
    execute format(
      'delete from %1$I where ctid = any (array(select ctid from %1$I where %2$s limit $2))', target.name,
      case when target.by_tenant then 'tenant_id = $1' else 'connection_id in (select id from connection where tenant_id = $1)' end)
      using gone, most - removed;
    get diagnostics found_now = row_count;
    removed := removed + found_now;
    if removed >= most then return removed; end if;
  end loop;
  delete from tenant where id = gone;
  get diagnostics found_now = row_count;
  return removed + found_now;
end $$;
grant create on schema public to fairlead_lifecycle;
alter function remove_tenant(text, int) owner to fairlead_lifecycle;
revoke create on schema public from fairlead_lifecycle;
revoke execute on function remove_tenant(text, int) from public;
grant execute on function remove_tenant(text, int) to fairlead_directory;
