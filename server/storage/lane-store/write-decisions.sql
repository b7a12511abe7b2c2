-- $2: now; $3: decisions
insert into decision (tenant_id, id, lead_id, assignment_id, snapshot_id, source, decided_at, outcome, rule_id, pool_id,
  rep_id, policy_version, engine, hash, log_only, result, inputs)
select $1, id, lead_id, assignment_id, snapshot_id, source, $2::timestamptz, outcome, rule_id, pool_id,
  rep_id, policy_version, engine, hash, log_only, result, inputs
from jsonb_to_recordset($3::jsonb) as new (id text, lead_id text, assignment_id text, snapshot_id text, source text,
  outcome text, rule_id text, pool_id text, rep_id text, policy_version int, engine int, hash text, log_only boolean,
  result jsonb, inputs jsonb)
