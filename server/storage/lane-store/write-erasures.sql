-- That leads were erased: of one erasure there may be several transactions. $2: now; $3: [{id, asked_by, because, leads}]
insert into erasure (tenant_id, id, at, asked_by, because, leads)
select $1, id, $2::timestamptz, asked_by, because, leads
from json_to_recordset($3::json) as new (id text, asked_by text, because text, leads int)
on conflict (tenant_id, id) do update set leads = erasure.leads + excluded.leads
