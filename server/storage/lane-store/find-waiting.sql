-- Waiting leads, oldest first, after the one given. $2, $3: its opening and id; $4: how many
select to_jsonb(assignment) as assignment, to_jsonb(lead_snapshot) as snapshot
from assignment
join decision on decision.tenant_id = $1 and decision.id = assignment.decision_id
join lead_snapshot on lead_snapshot.tenant_id = $1 and lead_snapshot.id = decision.snapshot_id
where assignment.tenant_id = $1 and assignment.state = 'waiting' and assignment.closed_at is null
  and (assignment.opened_at, assignment.id) > ($2::timestamptz, $3::text)
order by assignment.opened_at, assignment.id
limit $4
