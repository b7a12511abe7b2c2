-- A lead may stand on records of two CRMs. seen_owner_id: the owner a record had when it was first read.
alter table lead_record add column seen_owner_id text;
-- The twin of a record that names none is found by the person's address.
create index lead_snapshot_email on lead_snapshot (tenant_id, lower(person->>'email'));

-- Directory: what an org shows when it calls. Only hashes are kept.
create table org_credential (hash text primary key, connection_id text not null, created_at timestamptz not null default now(), revoked_at timestamptz);
create index org_credential_connection on org_credential (connection_id);
-- How far each connection has been looked through for changes.
create table poll_mark (connection_id text primary key, next_from timestamptz not null);
grant select, insert, update, delete on org_credential, poll_mark to fairlead_directory;
