-- Decisions that answered these requests before. $2: [{endpoint, key}]
select reply.endpoint, reply.key, reply.body, to_jsonb(decision) - 'inputs' as decision, to_jsonb(assignment) as assignment
from jsonb_to_recordset($2::jsonb) as wanted (endpoint text, key text)
join reply on reply.tenant_id = $1 and reply.endpoint = wanted.endpoint and reply.key = wanted.key
join decision on decision.tenant_id = $1 and decision.id = reply.decision_id
join assignment on assignment.tenant_id = $1 and assignment.id = decision.assignment_id
