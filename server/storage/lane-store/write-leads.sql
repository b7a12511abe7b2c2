-- $2: now; $3: [{id}]
insert into lead (tenant_id, id, created_at)
select $1, id, $2::timestamptz from jsonb_to_recordset($3::jsonb) as new (id text)
