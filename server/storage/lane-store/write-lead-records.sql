-- A record whose lead has ended may come to another lead. $2: [{id, connection_id, object_type, record_id, seen_owner_id, url}]
insert into lead_record (tenant_id, connection_id, object_type, record_id, lead_id, seen_owner_id, url)
select $1, connection_id, object_type, record_id, id, seen_owner_id, url
from json_to_recordset($2::json) as new (id text, connection_id text, object_type text, record_id text, seen_owner_id text,
  url text)
on conflict (tenant_id, connection_id, object_type, record_id) do update set
  lead_id = excluded.lead_id, seen_owner_id = excluded.seen_owner_id, url = excluded.url
