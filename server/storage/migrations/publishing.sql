-- A version as it was written (null: published as JSON), why, with whose approval, and the version it went back to.
alter table policy add column source text, add column note text, add column approved_by text, add column restores int;
-- How versions go live: {"approvals": 1, "cleanCheck": true}; absent: 0 and false.
alter table lane add column publishing jsonb not null default '{}';

-- Policies that are not live yet. authors: everybody who wrote it, none of whom can approve it; an approval holds for
-- the revision it was given to. state: open, scheduled (publish_at), published (version), discarded.
-- refusal: why it did not go live when it was to.
create table policy_draft (
  tenant_id text not null, id text not null, revision int not null default 1, state text not null default 'open',
  source text not null, note text, authors jsonb not null, approved_by text, approved_at timestamptz,
  publish_at timestamptz, asked_by text, version int, refusal text,
  created_at timestamptz not null, changed_at timestamptz not null, primary key (tenant_id, id));
create index policy_draft_due on policy_draft (tenant_id, publish_at) where state = 'scheduled';
alter table policy_draft enable row level security;
alter table policy_draft force row level security;
create policy tenant_rows on policy_draft to fairlead_app using (tenant_id = current_setting('fairlead.tenant', true));
grant select, insert, update, delete on policy_draft to fairlead_app;
