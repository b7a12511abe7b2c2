-- Whether the lead's tier goes first, as its latest decision says.
alter table assignment add column urgent boolean not null default false;
-- Waiting leads in the order in which they are to find somebody.
create index assignment_waiting on assignment (tenant_id, (not urgent), opened_at, id)
  where state = 'waiting' and closed_at is null;
