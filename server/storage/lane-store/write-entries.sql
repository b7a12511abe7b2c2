-- $2: now; $3: ledger entries, in order
insert into ledger_entry (tenant_id, pool_id, decision_id, assignment_id, at, kind, previous_at, owed, charged, banked, released, adjustment_id, skips)
select $1, pool_id, decision_id, assignment_id, $2::timestamptz, kind, to_timestamp(previous_at / 1000.0), owed, charged, banked, released,
  adjustment_id, skips
from json_to_recordset($3::json) as new (pool_id text, decision_id text, assignment_id text, kind text,
  previous_at float8, owed jsonb, charged jsonb, banked jsonb, released jsonb, adjustment_id text, skips jsonb)
