-- $2: now; $3: adjustments
insert into adjustment (tenant_id, id, pool_id, rep_id, kind, amount, skip, assignment_id, made_by, reason, request, at)
select $1, id, pool_id, rep_id, kind, amount, skip, assignment_id, made_by, reason, request, $2::timestamptz
from json_to_recordset($3::json) as new (id text, pool_id text, rep_id text, kind text, amount bigint, skip text,
  assignment_id text, made_by text, reason text, request text)
