-- $2: now; $3: snapshots
insert into lead_snapshot (tenant_id, id, lead_id, taken_at, salt, digest, field_values, given, person)
select $1, id, lead_id, $2::timestamptz, salt, digest, field_values, given, person
from json_to_recordset($3::json) as new (id text, lead_id text, salt text, digest text, field_values jsonb, given jsonb, person jsonb)
