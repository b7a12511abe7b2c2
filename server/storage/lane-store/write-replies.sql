-- $2: now; $3: [{endpoint, key, decision_id, body}]
insert into reply (tenant_id, endpoint, key, decision_id, body, created_at)
select $1, endpoint, key, decision_id, body, $2::timestamptz
from json_to_recordset($3::json) as new (endpoint text, key text, decision_id text, body jsonb)
