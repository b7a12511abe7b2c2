-- $2: now; $3: decisions without the two long documents; $4, $5: their results and inputs, a line each in the same order
insert into decision (tenant_id, id, lead_id, assignment_id, snapshot_id, source, decided_at, outcome, rule_id, pool_id,
  rep_id, policy_version, engine, hash, log_only, result, inputs)
select $1, id, lead_id, assignment_id, snapshot_id, source, $2::timestamptz, outcome, rule_id, pool_id,
  rep_id, policy_version, engine, hash, log_only, result::json, inputs::json
from rows from (
  json_to_recordset($3::json) as (id text, lead_id text, assignment_id text, snapshot_id text, source text,
    outcome text, rule_id text, pool_id text, rep_id text, policy_version int, engine int, hash text, log_only boolean),
  string_to_table($4, E'\n'),
  string_to_table($5, E'\n')
) as new (id, lead_id, assignment_id, snapshot_id, source, outcome, rule_id, pool_id, rep_id, policy_version, engine,
  hash, log_only, result, inputs)
