-- New and changed assignments as they stand now; instants are epoch milliseconds. $2: assignments, closed ones first
insert into assignment (tenant_id, id, lead_id, state, version, rep_id, pool_id, rule_id, queue_id, offered_to, broadcast,
  decision_id, history, written, remedy, claim_within, clock, due_at, due_kind, callbacks, held_at, seen_owner_id, backfill,
  urgent, opened_at, changed_at, closed_at, closed_because, entry, conversion, first_activity_at)
select $1, id, lead_id, state, version, rep_id, pool_id, rule_id, queue_id, offered_to, broadcast,
  decision_id, history, written, remedy, claim_within, clock, to_timestamp(due_at / 1000.0), due_kind, callbacks,
  to_timestamp(held_at / 1000.0), seen_owner_id, backfill, urgent, to_timestamp(opened_at / 1000.0),
  to_timestamp(changed_at / 1000.0), to_timestamp(closed_at / 1000.0), closed_because, entry, conversion,
  to_timestamp(first_activity_at / 1000.0)
from json_to_recordset($2::json) as new (id text, lead_id text, state text, version int, rep_id text, pool_id text,
  rule_id text, queue_id text, offered_to jsonb, broadcast boolean, decision_id text, history jsonb, written text,
  remedy text, claim_within bigint, clock text, due_at float8, due_kind text, callbacks jsonb, held_at float8,
  seen_owner_id text, backfill boolean, urgent boolean, opened_at float8, changed_at float8, closed_at float8, closed_because text,
  entry jsonb, conversion text, first_activity_at float8)
on conflict (tenant_id, id) do update set
  state = excluded.state, version = excluded.version, rep_id = excluded.rep_id, pool_id = excluded.pool_id,
  rule_id = excluded.rule_id, queue_id = excluded.queue_id, offered_to = excluded.offered_to,
  broadcast = excluded.broadcast, decision_id = excluded.decision_id, history = excluded.history,
  written = excluded.written, remedy = excluded.remedy, claim_within = excluded.claim_within, clock = excluded.clock,
  due_at = excluded.due_at, due_kind = excluded.due_kind, callbacks = excluded.callbacks, held_at = excluded.held_at,
  seen_owner_id = excluded.seen_owner_id, backfill = excluded.backfill, urgent = excluded.urgent, changed_at = excluded.changed_at,
  closed_at = excluded.closed_at, closed_because = excluded.closed_because,
  entry = excluded.entry, conversion = excluded.conversion,
  first_activity_at = excluded.first_activity_at
