import type { Found, LaneRow, WaitingLead } from '../../assignments/lane-store.ts';
import type { SlaClock } from '../../assignments/sla/sla-clock.ts';
import type {
  LeadRecord,
  LedgerEntry,
  StoredAssignment,
  StoredDecision,
  StoredLead,
  StoredSnapshot,
  WriteIntent,
} from '../../assignments/stored.ts';
import type { RecordRef } from '../../assignments/types.ts';

/**
 * Rows as JSON (`row_to_json`) into what the lane works with. The columns were written by the statements beside this
 * file and are trusted; instants come as ISO texts and become epoch milliseconds.
 */
type Row = Readonly<Record<string, unknown>>;

const instant = (text: unknown): number => Date.parse(text as string);
const instantOrNull = (text: unknown): number | null => (text === null ? null : instant(text));

export const toAssignment = (row: Row): StoredAssignment =>
  ({
    id: row.id,
    leadId: row.lead_id,
    state: row.state,
    version: row.version,
    repId: row.rep_id,
    poolId: row.pool_id,
    ruleId: row.rule_id,
    queueId: row.queue_id,
    offeredTo: row.offered_to,
    broadcast: row.broadcast,
    decisionId: row.decision_id,
    history: row.history,
    written: row.written,
    remedy: row.remedy,
    claimWithin: row.claim_within,
    clock: row.clock,
    dueAt: instantOrNull(row.due_at),
    dueKind: row.due_kind,
    callbacks: row.callbacks,
    heldAt: instantOrNull(row.held_at),
    seenOwnerId: row.seen_owner_id,
    backfill: row.backfill,
    urgent: row.urgent,
    openedAt: instant(row.opened_at),
    changedAt: instant(row.changed_at),
    closedAt: instantOrNull(row.closed_at),
    closedBecause: row.closed_because,
    entry: row.entry,
    conversion: row.conversion,
    firstActivityAt: instantOrNull(row.first_activity_at),
  }) as StoredAssignment;

const toDecision = (row: Row): StoredDecision =>
  ({
    id: row.id,
    leadId: row.lead_id,
    assignmentId: row.assignment_id,
    snapshotId: row.snapshot_id,
    source: row.source,
    decidedAt: instant(row.decided_at),
    policyVersion: row.policy_version,
    engine: row.engine,
    hash: row.hash,
    logOnly: row.log_only,
    result: row.result,
  }) as StoredDecision;

const toSnapshot = (row: Row): StoredSnapshot =>
  ({
    id: row.id,
    leadId: row.lead_id,
    takenAt: instant(row.taken_at),
    salt: row.salt,
    digest: row.digest,
    values: row.field_values,
    given: row.given,
    person: row.person,
  }) as StoredSnapshot;

const toRecord = (row: Row): RecordRef =>
  ({ connectionId: row.connection_id, objectType: row.object_type, recordId: row.record_id }) as RecordRef;

const toLeadRecord = (row: Row): LeadRecord => ({
  ...toRecord(row),
  seenOwnerId: row.seen_owner_id as string | null,
  url: row.url as string | null,
});

export const toRecords = (rows: unknown): readonly LeadRecord[] => list(rows).map(toLeadRecord);

const toEntry = (row: Row): LedgerEntry =>
  ({
    decisionId: row.decision_id,
    assignmentId: row.assignment_id,
    kind: row.kind,
    at: instant(row.at),
    posting: {
      pool: row.pool_id,
      owed: row.owed,
      charged: row.charged,
      banked: row.banked,
      released: row.released,
      previousAt: instantOrNull(row.previous_at),
      ...(row.skips !== null && { skips: row.skips }),
    },
  }) as LedgerEntry;

const toIntent = (row: Row): WriteIntent =>
  ({
    record: toRecord(row),
    ownerId: row.owner_id,
    expectedOwnerId: row.expected_owner_id,
    writtenAt: instant(row.written_at),
    endedAt: instantOrNull(row.ended_at),
  }) as WriteIntent;

export const toClock = (row: Row): SlaClock =>
  ({
    id: row.id,
    assignmentId: row.assignment_id,
    leadId: row.lead_id,
    slaId: row.sla_id,
    name: row.name,
    until: row.until,
    clock: row.clock,
    reps: row.reps,
    within: row.within,
    passed: row.passed,
    countedFrom: instant(row.counted_from),
    startedAt: instant(row.started_at),
    dueAt: instantOrNull(row.due_at),
    steps: row.steps,
    nextAt: instantOrNull(row.next_at),
    missedAt: instantOrNull(row.missed_at),
    metAt: instantOrNull(row.met_at),
    late: row.late,
    endedAt: instantOrNull(row.ended_at),
    endedBecause: row.ended_because,
  }) as SlaClock;

const list = (rows: unknown): readonly Row[] => (rows ?? []) as readonly Row[];

export const toLead = (row: Row): StoredLead => {
  const assignment = toAssignment(row.assignment as Row);
  return {
    id: assignment.leadId,
    assignment,
    decision: toDecision(row.decision as Row),
    snapshot: toSnapshot(row.snapshot as Row),
    records: toRecords(row.records),
    entries: list(row.entries).map(toEntry),
    intents: list(row.intents).map(toIntent),
    clocks: list(row.clocks).map(toClock),
  };
};

export const toReply = (row: Row): Found['replies'][number] => ({
  endpoint: row.endpoint as string,
  key: row.key as string,
  decision: toDecision(row.decision as Row),
  assignment: toAssignment(row.assignment as Row),
  records: toRecords(row.records),
  said: row.body,
});

export const toWaiting = (row: Row): WaitingLead => ({
  assignment: toAssignment(row.assignment as Row),
  snapshot: toSnapshot(row.snapshot as Row),
});

/** The lane's row, which is read as columns. */
export const toLane = (row: Row): LaneRow => ({
  mode: row.mode as LaneRow['mode'],
  paused: row.paused as boolean,
  policyVersion: row.policy_version as number,
  rosterVersion: row.roster_version as number,
  stateVersion: row.state_version as number,
  connections: row.connections as string,
  drainAt: (row.drain_at as Date | null)?.getTime() ?? null,
});
