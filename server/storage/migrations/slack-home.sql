-- Time off that a rep set themselves, beside the directory's document so that replacing the directory keeps it.
-- away_since null: they are not away; away_until null: until they switch back. Whoever writes here raises lane.roster_version.
alter table rep add column away_since timestamptz, add column away_until timestamptz;

-- The reminder of the card's offer. The delivery is kept before the post, so that a reminder is never sent twice;
-- reminder_ts is where it stands, so that it can be taken away.
alter table slack_message add column reminder_delivery_id text, add column reminder_ts text;

-- Reps who have opened their Home in Slack: it is drawn again when what it shows changes.
create table slack_home (
  tenant_id text not null, rep_id text not null, connection_id text not null, slack_user_id text not null,
  opened_at timestamptz not null, primary key (tenant_id, rep_id, connection_id));
alter table slack_home enable row level security;
alter table slack_home force row level security;
create policy tenant_rows on slack_home to fairlead_app using (tenant_id = current_setting('fairlead.tenant', true));
grant select, insert, update, delete on slack_home to fairlead_app;

-- A rep's open leads, for their Home.
create index assignment_rep on assignment (tenant_id, rep_id) where closed_at is null;
-- What is planned for later is no backlog: operators are told of the rest.
grant select (kind) on delivery to fairlead_directory;
