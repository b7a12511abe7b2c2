-- When a person first worked on the lead with its rep: a call, an e-mail or a meeting in the CRM.
alter table assignment add column first_activity_at timestamptz;
-- Those that are asked about.
create index assignment_untouched on assignment (tenant_id, held_at)
  where closed_at is null and state = 'assigned' and first_activity_at is null;
