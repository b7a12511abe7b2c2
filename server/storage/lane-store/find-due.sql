-- What is due at $2, urgent leads and then the oldest first; $3: how many.
select assignment.id, assignment.version, (
  select jsonb_agg(to_jsonb(lead_record)) from lead_record
  where lead_record.tenant_id = $1 and lead_record.lead_id = assignment.lead_id
) as records
from (
  select id, version, lead_id, urgent, opened_at from assignment
  where tenant_id = $1 and due_at <= $2::timestamptz order by due_at, (not urgent), opened_at, id limit $3
) as assignment
order by (not assignment.urgent), assignment.opened_at, assignment.id
