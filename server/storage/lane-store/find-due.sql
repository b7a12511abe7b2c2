-- What is due at $2, the oldest lead first; $3: how many.
select assignment.id, assignment.version, (
  select jsonb_agg(to_jsonb(lead_record)) from lead_record
  where lead_record.tenant_id = $1 and lead_record.lead_id = assignment.lead_id
) as records
from (
  select id, version, lead_id, opened_at from assignment
  where tenant_id = $1 and due_at <= $2::timestamptz order by due_at limit $3
) as assignment
order by assignment.opened_at, assignment.id
