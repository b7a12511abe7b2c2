-- $2: [{id, connection_id, object_type, record_id, seen_owner_id}]
insert into lead_record (tenant_id, connection_id, object_type, record_id, lead_id, seen_owner_id)
select $1, connection_id, object_type, record_id, id, seen_owner_id
from json_to_recordset($2::json) as new (id text, connection_id text, object_type text, record_id text, seen_owner_id text)
