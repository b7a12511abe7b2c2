import type { LaneAlert, LaneChanges, NewDecision, NewIntent } from '../../assignments/lane-store.ts';
import type {
  AssignmentEvent,
  LedgerEntry,
  RepLoad,
  StoredAssignment,
  StoredSnapshot,
} from '../../assignments/stored.ts';
import { priorityOf } from '../delivery-store/priority.ts';

/** What the lane works with into rows by column name, as the statements beside this file take them. */

export const recordRow = (record: LaneChanges['records'][number]) => ({
  id: record.leadId,
  connection_id: record.connectionId,
  object_type: record.objectType,
  record_id: record.recordId,
  seen_owner_id: record.seenOwnerId,
  url: record.url,
});

export const intentRow = ({ record, deliveryId, ownerId, expectedOwnerId, version, endedAt }: NewIntent) => ({
  connection_id: record.connectionId,
  object_type: record.objectType,
  record_id: record.recordId,
  delivery_id: deliveryId,
  owner_id: ownerId,
  expected_owner_id: expectedOwnerId,
  version,
  ended_at: endedAt ?? null,
});

export const snapshotRow = ({ id, leadId, salt, digest, values, given, person }: StoredSnapshot) => ({
  id,
  lead_id: leadId,
  salt,
  digest,
  field_values: values,
  given,
  person,
});

export const assignmentRow = (assignment: StoredAssignment) => ({
  id: assignment.id,
  lead_id: assignment.leadId,
  state: assignment.state,
  version: assignment.version,
  rep_id: assignment.repId,
  pool_id: assignment.poolId,
  rule_id: assignment.ruleId,
  queue_id: assignment.queueId,
  offered_to: assignment.offeredTo,
  broadcast: assignment.broadcast,
  decision_id: assignment.decisionId,
  history: assignment.history,
  written: assignment.written,
  remedy: assignment.remedy,
  claim_within: assignment.claimWithin,
  clock: assignment.clock,
  due_at: assignment.dueAt,
  due_kind: assignment.dueKind,
  callbacks: assignment.callbacks,
  held_at: assignment.heldAt,
  seen_owner_id: assignment.seenOwnerId,
  backfill: assignment.backfill,
  urgent: assignment.urgent,
  opened_at: assignment.openedAt,
  changed_at: assignment.changedAt,
  closed_at: assignment.closedAt,
  closed_because: assignment.closedBecause,
  entry: assignment.entry,
  conversion: assignment.conversion,
  first_activity_at: assignment.firstActivityAt,
});

export const decisionRow = (decision: NewDecision) => ({
  id: decision.id,
  lead_id: decision.leadId,
  assignment_id: decision.assignmentId,
  snapshot_id: decision.snapshotId,
  source: decision.source,
  outcome: decision.result.outcome.kind,
  rule_id: decision.result.rule,
  pool_id: decision.result.pool,
  rep_id: decision.repId,
  policy_version: decision.policyVersion,
  engine: decision.engine,
  hash: decision.hash,
  log_only: decision.logOnly,
});

export const eventRow = ({ assignmentId, leadId, kind, repId, decisionId, detail }: AssignmentEvent) => ({
  assignment_id: assignmentId,
  lead_id: leadId,
  kind,
  rep_id: repId,
  decision_id: decisionId,
  detail,
});

export const entryRow = ({ decisionId, assignmentId, kind, posting }: LedgerEntry) => ({
  pool_id: posting.pool,
  decision_id: decisionId,
  assignment_id: assignmentId,
  kind,
  previous_at: posting.previousAt,
  owed: posting.owed,
  charged: posting.charged,
  banked: posting.banked,
  released: posting.released,
});

type BalanceChange = LaneChanges['balances'] extends Map<string, infer Value> ? Value : never;

export const balanceRow = ({ pool, rep, balance }: BalanceChange) => ({
  pool_id: pool,
  rep_id: rep,
  lag: balance.lag,
  banked: balance.banked,
  released_on: balance.releasedOn,
  released_today: balance.releasedToday,
  last_at: balance.lastAt,
  received: balance.received,
});

export const loadRow = ({ repId, open, windows, crmOpen }: RepLoad) => ({
  rep_id: repId,
  open,
  windows,
  crm_open: crmOpen,
});

export const replyRow = ({ endpoint, key, decisionId, said }: LaneChanges['replies'][number]) => ({
  endpoint,
  key,
  decision_id: decisionId,
  body: said ?? null,
});

export const deliveryRow = (delivery: LaneChanges['deliveries'][number]) => ({
  id: delivery.id,
  connection_id: delivery.connectionId,
  kind: delivery.kind,
  priority: priorityOf(delivery),
  key: delivery.key,
  assignment_id: delivery.assignmentId,
  version: delivery.version,
  body: delivery.body,
  due_at: delivery.dueAt ?? null,
});

export const alertRow = ({ id, kind, subject, detail, message }: LaneAlert) => ({
  id,
  kind,
  subject,
  detail,
  delivery_id: message?.deliveryId ?? null,
  connection_id: message?.connectionId ?? null,
});
