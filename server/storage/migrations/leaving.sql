-- An account that was disconnected: what is left to do at its vendor, and when that is tried again (null: no more).
-- Tokens stay, sealed, until then.
alter table connection add column leaving jsonb, add column leaving_due_at timestamptz;
create index connection_leaving on connection (leaving_due_at) where leaving_due_at is not null;
