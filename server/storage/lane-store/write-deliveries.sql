-- $2: now; $3: deliveries, in the order they are to be sent
insert into delivery (tenant_id, id, connection_id, kind, priority, key, assignment_id, version, body, due_at, created_at)
select $1, id, connection_id, kind, priority, key, assignment_id, version, body,
  coalesce(to_timestamp(due_at / 1000.0), $2::timestamptz), $2::timestamptz
from json_to_recordset($3::json) as new (id text, connection_id text, kind text, priority int, key text,
  assignment_id text, version int, body jsonb, due_at float8)
