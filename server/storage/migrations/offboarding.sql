-- A rep who left: who had it done, what the directory said of them (for the way back), and where each lead went.
-- state: moving, done, undoing, undone.
create table offboarding (
  tenant_id text not null, id text not null, rep_id text not null, state text not null, document jsonb not null,
  asked_by text not null, at timestamptz not null, undone_by text, undone_at timestamptz, primary key (tenant_id, id));
create index offboarding_under_way on offboarding (tenant_id, id) where state in ('moving', 'undoing');
-- to_rep null: the policy decides it. state: pending, moved, decided, skipped; then back, or kept.
-- version: the assignment's as it was moved; a higher one says that somebody touched it since.
create table offboarding_move (
  tenant_id text not null, offboarding_id text not null, assignment_id text not null, to_rep text,
  state text not null default 'pending', version int, primary key (tenant_id, offboarding_id, assignment_id));
do $$
declare protected text;
begin
  foreach protected in array array['offboarding', 'offboarding_move']
  loop
    execute format('alter table %I enable row level security', protected);
    execute format('alter table %I force row level security', protected);
    execute format($policy$create policy tenant_rows on %I to fairlead_app using (tenant_id = current_setting('fairlead.tenant', true))$policy$, protected);
    execute format('grant select, insert, update, delete on %I to fairlead_app', protected);
  end loop;
end $$;
