-- Waiting leads, the urgent and then the oldest first, after the one given. $2, $3: its opening and id; $5: whether it
-- is not urgent; $4: how many. Laterals: see find-leads.sql
select row_to_json(assignment) as assignment, row_to_json(lead_snapshot) as snapshot
from assignment
cross join lateral (
  select snapshot_id from decision where tenant_id = $1 and id = assignment.decision_id offset 0) as decision
cross join lateral (
  select * from lead_snapshot where tenant_id = $1 and id = decision.snapshot_id offset 0) as lead_snapshot
where assignment.tenant_id = $1 and assignment.state = 'waiting' and assignment.closed_at is null
  and ((not assignment.urgent), assignment.opened_at, assignment.id) > ($5::boolean, $2::timestamptz, $3::text)
order by (not assignment.urgent), assignment.opened_at, assignment.id
limit $4
