-- Decisions that answered these requests before. $2: [{endpoint, key}]. Laterals: see find-leads.sql
select reply.endpoint, reply.key, reply.body, row_to_json(decision) as decision, row_to_json(assignment) as assignment,
  (select json_agg(row_to_json(lead_record)) from lead_record
    where lead_record.tenant_id = $1 and lead_record.lead_id = assignment.lead_id) as records
from json_to_recordset($2::json) as wanted (endpoint text, key text)
cross join lateral (
  select * from reply where tenant_id = $1 and endpoint = wanted.endpoint and key = wanted.key offset 0) as reply
cross join lateral (
  select id, lead_id, assignment_id, snapshot_id, source, decided_at, policy_version, engine, hash, log_only, result
  from decision
  where tenant_id = $1 and id = reply.decision_id offset 0) as decision
cross join lateral (
  select * from assignment where tenant_id = $1 and id = decision.assignment_id offset 0) as assignment
