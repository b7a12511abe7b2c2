-- Two roles that own nothing. A transaction takes one on; the connecting user stays the owner and is only used for
-- migrations and the job queue. Roles belong to the whole server, so another database may have made them already.
do $$ begin
  create role fairlead_app nologin;
exception when duplicate_object or unique_violation then null; end $$;
do $$ begin
  create role fairlead_directory nologin;
exception when duplicate_object or unique_violation then null; end $$;
grant fairlead_app, fairlead_directory to current_user;
grant usage on schema public to fairlead_app, fairlead_directory;

-- Every table with a tenant: only the transaction's tenant is there. Unset means nobody.
do $$
declare protected text;
begin
  for protected in
    select table_name from information_schema.columns
    where table_schema = 'public' and column_name = 'tenant_id' and table_name not in ('api_key', 'session', 'connection')
  loop
    execute format('alter table %I enable row level security', protected);
    execute format('alter table %I force row level security', protected);
    execute format($policy$create policy tenant_rows on %I to fairlead_app using (tenant_id = current_setting('fairlead.tenant', true))$policy$, protected);
    execute format('grant select, insert, update, delete on %I to fairlead_app', protected);
  end loop;
end $$;

-- What was decided stays as it was written, whoever asks.
revoke update, delete on decision, ledger_entry, assignment_event from fairlead_app;
create function refuse_change() returns trigger language plpgsql as $$ begin
  raise exception '% keeps what was written: % is refused', tg_table_name, lower(tg_op) using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete on decision for each row execute function refuse_change();
create trigger append_only before update or delete on ledger_entry for each row execute function refuse_change();
create trigger append_only before update or delete on assignment_event for each row execute function refuse_change();
create trigger append_only_whole before truncate on decision execute function refuse_change();
create trigger append_only_whole before truncate on ledger_entry execute function refuse_change();
create trigger append_only_whole before truncate on assignment_event execute function refuse_change();

-- Personal data can be erased and nothing else about a snapshot can change.
revoke update, delete on lead_snapshot from fairlead_app;
grant update (field_values, given, person, salt, erased_at) on lead_snapshot to fairlead_app;
alter table lead_snapshot add constraint erased_is_empty check (erased_at is null or (field_values is null and given is null and person is null));

-- The directory, and what a tenant may read of itself in it: never tokens, keys or sessions.
grant select, insert, update, delete on tenant, api_key, session, connection, inbox, lease to fairlead_directory;
alter table tenant enable row level security;
alter table connection enable row level security;
create policy whole_directory on tenant to fairlead_directory using (true);
create policy whole_directory on connection to fairlead_directory using (true);
create policy own_row on tenant for select to fairlead_app using (id = current_setting('fairlead.tenant', true));
create policy own_rows on connection for select to fairlead_app using (tenant_id = current_setting('fairlead.tenant', true));
grant select on tenant to fairlead_app;
grant select (id, tenant_id, vendor, external_id, name, status, settings, scopes, token_expires_at, generation, created_at) on connection to fairlead_app;

-- Leases hold no tenant's data; a sender checks its own in the transaction that it guards. The directory sees which
-- connections have something to send, and nothing else of it.
grant select on lease to fairlead_app;
create policy what_is_pending on delivery for select to fairlead_directory using (true);
grant select (connection_id, state, due_at, told_at) on delivery to fairlead_directory;
-- Operators are told how many alerts are open, not whose or what about.
create policy how_many_open on alert for select to fairlead_directory using (true);
grant select (closed_at) on alert to fairlead_directory;
