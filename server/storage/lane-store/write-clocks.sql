-- New and changed clocks of SLAs as they stand now; instants are epoch milliseconds. $2: clocks
insert into sla_clock (tenant_id, id, assignment_id, lead_id, sla_id, name, until, clock, reps, within, passed,
  counted_from, started_at, due_at, steps, next_at, missed_at, met_at, late, ended_at, ended_because)
select $1, id, assignment_id, lead_id, sla_id, name, until, clock, reps, within, passed,
  to_timestamp(counted_from / 1000.0), to_timestamp(started_at / 1000.0), to_timestamp(due_at / 1000.0), steps,
  to_timestamp(next_at / 1000.0), to_timestamp(missed_at / 1000.0), to_timestamp(met_at / 1000.0), late,
  to_timestamp(ended_at / 1000.0), ended_because
from json_to_recordset($2::json) as new (id text, assignment_id text, lead_id text, sla_id text, name text, until text,
  clock text, reps jsonb, within bigint, passed bigint, counted_from float8, started_at float8, due_at float8,
  steps jsonb, next_at float8, missed_at float8, met_at float8, late bigint, ended_at float8, ended_because text)
on conflict (tenant_id, id) do update set
  reps = excluded.reps, passed = excluded.passed, counted_from = excluded.counted_from, due_at = excluded.due_at,
  steps = excluded.steps, next_at = excluded.next_at, missed_at = excluded.missed_at, met_at = excluded.met_at,
  late = excluded.late, ended_at = excluded.ended_at, ended_because = excluded.ended_because
