-- Directory: tables without a tenant's row security, behind one repository each.
create table tenant (id text primary key, name text not null, created_at timestamptz not null default now());
create table api_key (hash text primary key, tenant_id text not null, name text not null, created_at timestamptz not null default now(), revoked_at timestamptz);
create table session (hash text primary key, tenant_id text not null, subject text not null, role text not null, expires_at timestamptz not null);
create table connection (
  id text primary key, tenant_id text not null, vendor text not null, external_id text not null, name text not null,
  status text not null default 'active', settings jsonb not null default '{}', tokens text, token_expires_at timestamptz,
  scopes text not null default '', generation int not null default 1, created_at timestamptz not null default now(),
  unique (vendor, external_id));
create table inbox (
  id bigint generated always as identity primary key, connection_id text not null, kind text not null, dedupe text not null unique,
  payload jsonb not null, received_at timestamptz not null default now(), due_at timestamptz not null default now(),
  attempts int not null default 0, done_at timestamptz, error text);
create index inbox_due on inbox (due_at) where done_at is null;
create table lease (name text primary key, holder text not null, epoch bigint not null, expires_at timestamptz not null);

-- Tenant tables: keys begin with tenant_id; row security forced.
create table lane (
  tenant_id text primary key, mode text not null default 'live', paused boolean not null default false,
  policy_version int not null default 0, roster_version int not null default 0, state_version bigint not null default 0,
  last_instant timestamptz not null default 'epoch',
  -- Set (to now()) by whatever may let a waiting lead go: a freed slot, a publish, new reps, the end of a pause. The sweep clears it.
  drain_at timestamptz);
create table policy (
  tenant_id text not null, version int not null, document jsonb not null, hash text not null,
  published_at timestamptz not null default now(), published_by text not null, primary key (tenant_id, version));
create table rep (tenant_id text not null, id text not null, document jsonb not null, active boolean not null default true, paused boolean not null default false, primary key (tenant_id, id));
-- kind `owner`: a CRM's owner id; `user`: a Slack user id. rep_id is null for a CRM's person who is no rep (details: {email, name}).
-- details.unreachable: the code with which Slack refused to deliver. Whoever writes here raises lane.roster_version.
create table rep_identity (
  tenant_id text not null, connection_id text not null, kind text not null, external_id text not null, rep_id text,
  details jsonb not null default '{}', primary key (tenant_id, connection_id, kind, external_id));
create table lead (tenant_id text not null, id text not null, created_at timestamptz not null, primary key (tenant_id, id));
create table lead_record (
  tenant_id text not null, connection_id text not null, object_type text not null, record_id text not null, lead_id text not null,
  primary key (tenant_id, connection_id, object_type, record_id));
create index lead_record_lead on lead_record (tenant_id, lead_id);
create table lead_snapshot (
  tenant_id text not null, id text not null, lead_id text not null, taken_at timestamptz not null, salt text not null,
  digest text not null, field_values jsonb,
  -- What a caller gave besides the record: stands in later decisions where the record has no value.
  given jsonb, person jsonb, erased_at timestamptz, primary key (tenant_id, id));
create index lead_snapshot_lead on lead_snapshot (tenant_id, lead_id);
create table assignment (
  tenant_id text not null, id text not null, lead_id text not null, state text not null, version int not null,
  rep_id text, pool_id text, rule_id text, queue_id text, offered_to jsonb not null default '[]', broadcast boolean not null default false,
  decision_id text not null, history jsonb not null, written text not null default 'none', remedy text,
  claim_within bigint, clock text, due_at timestamptz, due_kind text, callbacks jsonb not null default '[]',
  -- held_at: since when rep_id's slot is taken (null: none is). seen_owner_id: the CRM owner last read, which our writes replace.
  held_at timestamptz, seen_owner_id text, backfill boolean not null default false,
  opened_at timestamptz not null, changed_at timestamptz not null, closed_at timestamptz, closed_because text,
  primary key (tenant_id, id));
create unique index assignment_open on assignment (tenant_id, lead_id) where closed_at is null;
create index assignment_due on assignment (tenant_id, due_at) where due_at is not null;
create index assignment_state on assignment (tenant_id, state, opened_at) where closed_at is null;
create table assignment_event (
  tenant_id text not null, seq bigint generated always as identity, assignment_id text not null, lead_id text not null,
  at timestamptz not null, kind text not null, rep_id text, decision_id text, detail jsonb not null default '{}', primary key (tenant_id, seq));
create index assignment_event_lead on assignment_event (tenant_id, lead_id, seq);
create table decision (
  tenant_id text not null, id text not null, seq bigint generated always as identity, lead_id text not null, assignment_id text not null,
  snapshot_id text not null, source text not null, decided_at timestamptz not null, outcome text not null, rule_id text, pool_id text, rep_id text,
  policy_version int not null, engine int not null, hash text not null, log_only boolean not null default false,
  -- Kept as the text that was hashed: reading is rare, and jsonb costs three times as much to write.
  result json not null, inputs json not null, primary key (tenant_id, id));
create index decision_seq on decision (tenant_id, seq);
create index decision_lead on decision (tenant_id, lead_id, seq);
-- Decisions come in the order of time: a few bytes find those of an hour or a day.
create index decision_at on decision using brin (decided_at) with (pages_per_range = 16);
create table ledger_entry (
  tenant_id text not null, seq bigint generated always as identity, pool_id text not null, decision_id text, assignment_id text,
  at timestamptz not null, kind text not null, previous_at timestamptz, owed jsonb not null, charged jsonb not null, banked jsonb not null default '{}', released jsonb not null default '{}',
  primary key (tenant_id, seq));
create index ledger_entry_pool on ledger_entry (tenant_id, pool_id, seq);
create index ledger_entry_assignment on ledger_entry (tenant_id, assignment_id);
create table pool_member (
  tenant_id text not null, pool_id text not null, rep_id text not null, lag bigint not null, banked bigint not null default 0,
  released_on text, released_today bigint not null default 0, last_at timestamptz, received bigint not null default 0,
  primary key (tenant_id, pool_id, rep_id));
create table rep_load (
  tenant_id text not null, rep_id text not null, open int not null default 0, windows jsonb not null default '{}', crm_open jsonb not null default '{}', primary key (tenant_id, rep_id));
create table reply (
  tenant_id text not null, endpoint text not null, key text not null, decision_id text not null, body jsonb, created_at timestamptz not null,
  primary key (tenant_id, endpoint, key));
create table delivery (
  tenant_id text not null, id text not null, seq bigint generated always as identity, connection_id text not null, kind text not null, priority int not null default 0,
  key text not null, assignment_id text, version int not null default 0, body jsonb not null, state text not null default 'pending',
  attempts int not null default 0, due_at timestamptz not null, last_code text, remedy text, created_at timestamptz not null, done_at timestamptz,
  -- state: pending, done, refused, overtaken, superseded. told_at: since when the use cases know how it ended.
  -- failures: tries that failed by the delivery's own fault; attempts counts every try.
  detail jsonb, told_at timestamptz, failures int not null default 0, primary key (tenant_id, id));
create index delivery_due on delivery (tenant_id, connection_id, priority, seq) where state = 'pending';
create index delivery_refused on delivery (tenant_id, seq) where state = 'refused';
create index delivery_pending on delivery (due_at) where state = 'pending';
create index delivery_untold on delivery (tenant_id, connection_id, seq) where state <> 'pending' and told_at is null;
create index delivery_key on delivery (tenant_id, connection_id, key, seq);
create index delivery_assignment on delivery (tenant_id, assignment_id);
create table write_intent (
  tenant_id text not null, seq bigint generated always as identity, connection_id text not null, object_type text not null, record_id text not null,
  delivery_id text not null, owner_id text not null, expected_owner_id text, version int not null, written_at timestamptz not null, ended_at timestamptz, primary key (tenant_id, seq));
create index write_intent_delivery on write_intent (tenant_id, delivery_id);
create index write_intent_record on write_intent (tenant_id, connection_id, object_type, record_id, seq);
-- One card per rep and assignment. channel and ts are null from the intent to post until the post is known.
create table slack_message (
  tenant_id text not null, assignment_id text not null, rep_id text not null, connection_id text not null, delivery_id text not null,
  channel text, ts text, version int not null default 0, primary key (tenant_id, assignment_id, rep_id));
create table alert (
  tenant_id text not null, id text not null, kind text not null, subject text not null, detail jsonb not null default '{}',
  opened_at timestamptz not null, closed_at timestamptz, primary key (tenant_id, id));
create unique index alert_open on alert (tenant_id, kind, subject) where closed_at is null;
