-- What is due at $2, urgent leads and then the oldest first: assignments, and those with a clock of an SLA that is.
-- $3: how many of each. Laterals: see find-leads.sql
select assignment.id, assignment.version, (
  select jsonb_agg(to_jsonb(lead_record)) from lead_record
  where lead_record.tenant_id = $1 and lead_record.lead_id = assignment.lead_id
) as records, (
  select max(event.at) from assignment_event as event
  where event.tenant_id = $1 and event.lead_id = assignment.lead_id and event.assignment_id = assignment.id
    and event.kind in ('assigned', 'claimed', 'reassigned', 'reassigned_outside')
    and assignment.state = 'assigned' and exists (
      select from sla_clock where tenant_id = $1 and assignment_id = assignment.id and until = 'first_activity'
        and next_at <= $2::timestamptz)
) as untouched_since
from (
  (select id from assignment where tenant_id = $1 and due_at <= $2::timestamptz order by due_at, (not urgent), opened_at, id limit $3)
  union
  (select assignment_id from sla_clock where tenant_id = $1 and next_at <= $2::timestamptz order by next_at limit $3)
) as due
cross join lateral (
  select id, version, lead_id, state, urgent, opened_at from assignment where tenant_id = $1 and id = due.id offset 0) as assignment
order by (not assignment.urgent), assignment.opened_at, assignment.id
