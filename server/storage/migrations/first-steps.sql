-- People of a CRM who, an administrator said, take no leads: they are not proposed again.
create table no_rep (
  tenant_id text not null, email text not null, said_by text not null, at timestamptz not null,
  primary key (tenant_id, email));
-- Leads decided for the log only, and who owned their record in the CRM then and since. look_at null: what it was
-- settled on stands. seq: the decision's.
create table comparison (
  tenant_id text not null, lead_id text not null, seq bigint not null, decision_id text not null,
  connection_id text not null, object_type text not null, record_id text not null, decided_at timestamptz not null,
  owner_id text, owned_at timestamptz, looks int not null default 0, look_at timestamptz,
  primary key (tenant_id, lead_id));
create index comparison_due on comparison (tenant_id, connection_id, look_at) where look_at is not null;
create index comparison_order on comparison (tenant_id, decided_at, seq);
create index decision_for_the_log on decision (tenant_id, seq) where log_only;
do $$
declare protected text;
begin
  foreach protected in array array['no_rep', 'comparison']
  loop
    execute format('alter table %I enable row level security', protected);
    execute format('alter table %I force row level security', protected);
    execute format($policy$create policy tenant_rows on %I to fairlead_app using (tenant_id = current_setting('fairlead.tenant', true))$policy$, protected);
    execute format('grant select, insert, update, delete on %I to fairlead_app', protected);
  end loop;
end $$;
