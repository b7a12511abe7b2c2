-- Owners that callers are about to write: what shows of them is our echo. $2: now; $3: intents
insert into write_intent (tenant_id, connection_id, object_type, record_id, delivery_id, owner_id, expected_owner_id, version, written_at, ended_at)
select $1, connection_id, object_type, record_id, delivery_id, owner_id, expected_owner_id, version, $2::timestamptz, to_timestamp(ended_at / 1000.0)
from json_to_recordset($3::json) as new (connection_id text, object_type text, record_id text, delivery_id text,
  owner_id text, expected_owner_id text, version int, ended_at float8)
