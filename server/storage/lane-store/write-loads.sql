-- Loads as they stand now. $2: loads
insert into rep_load (tenant_id, rep_id, open, windows, crm_open)
select $1, rep_id, open, windows, crm_open
from json_to_recordset($2::json) as new (rep_id text, open int, windows jsonb, crm_open jsonb)
on conflict (tenant_id, rep_id) do update set open = excluded.open, windows = excluded.windows, crm_open = excluded.crm_open
