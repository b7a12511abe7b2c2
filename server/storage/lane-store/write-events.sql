-- $2: now; $3: events, in the order they happened
insert into assignment_event (tenant_id, assignment_id, lead_id, at, kind, rep_id, decision_id, detail)
select $1, assignment_id, lead_id, $2::timestamptz, kind, rep_id, decision_id, detail
from json_to_recordset($3::json) as new (assignment_id text, lead_id text, kind text, rep_id text, decision_id text, detail jsonb)
