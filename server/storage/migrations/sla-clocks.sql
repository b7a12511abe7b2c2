-- A clock of an SLA: it runs while a lead is with the same reps, and says itself what is due and when. A lead that goes
-- to somebody else gets another.
create table sla_clock (
  tenant_id text not null, id text not null, assignment_id text not null, lead_id text not null,
  sla_id text not null, name text not null, until text not null, clock text not null, reps jsonb not null,
  -- Milliseconds on the clock: the time it is to be met within, and what had passed by counted_from.
  within bigint not null, passed bigint not null, counted_from timestamptz not null, started_at timestamptz not null,
  -- due_at: missed if not met by then; steps: [{after, do, at, doneAt}]; next_at: when the sweep has something to do for it.
  due_at timestamptz, steps jsonb not null, next_at timestamptz,
  -- late: milliseconds on the clock from due_at to met_at.
  missed_at timestamptz, met_at timestamptz, late bigint, ended_at timestamptz, ended_because text,
  primary key (tenant_id, id));
create index sla_clock_assignment on sla_clock (tenant_id, assignment_id);
create index sla_clock_due on sla_clock (tenant_id, next_at) where next_at is not null;
create index sla_clock_running on sla_clock (tenant_id, due_at) where ended_at is null;
create index sla_clock_missed on sla_clock (tenant_id, missed_at) where missed_at is not null;
create index sla_clock_met on sla_clock (tenant_id, met_at) where met_at is not null;

-- Notices posted to Slack, or about to be: each is begun once.
create table sla_notice (
  tenant_id text not null, delivery_id text not null, begun_at timestamptz not null default now(),
  primary key (tenant_id, delivery_id));

do $$
declare protected text;
begin
  foreach protected in array array['sla_clock', 'sla_notice'] loop
    execute format('alter table %I enable row level security', protected);
    execute format('alter table %I force row level security', protected);
    execute format($policy$create policy tenant_rows on %I to fairlead_app using (tenant_id = current_setting('fairlead.tenant', true))$policy$, protected);
    execute format('grant select, insert, update, delete on %I to fairlead_app', protected);
  end loop;
end $$;
