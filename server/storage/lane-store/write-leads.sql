-- $2: now; $3: [{id}]
insert into lead (tenant_id, id, created_at)
select $1, id, $2::timestamptz from json_to_recordset($3::json) as new (id text)
