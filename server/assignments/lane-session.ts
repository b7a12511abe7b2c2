import type { NewId } from '../base/ids.ts';
import { isKnownBy, type PersonKey } from '../routing/match/person-key.ts';
import type { RoutingState } from '../routing/state.ts';
import { type LaneMemory, routingState } from './lane-memory.ts';
import {
  type Found,
  type LaneChanges,
  type LaneRow,
  type LaneTransaction,
  noChanges,
  type WaitingLead,
} from './lane-store.ts';
import type { SlaClock } from './sla/sla-clock.ts';
import type {
  LeadRecord,
  LedgerEntry,
  StoredAssignment,
  StoredDecision,
  StoredSnapshot,
  WriteIntent,
} from './stored.ts';
import { isOfTheseDays, mayBeTwin } from './twins.ts';
import type { AssignmentEventKind, RecordRef } from './types.ts';
import type { RequestKey } from './use-cases.ts';

/** A lead while the lane works on it: as it was found, or as this transaction has made it. */
export interface LeadFile {
  readonly id: string;
  records: readonly LeadRecord[];
  intents: readonly WriteIntent[];
  assignment: StoredAssignment;
  decision: StoredDecision;
  snapshot: StoredSnapshot;
  /** What the decision in force has posted. */
  entries: readonly LedgerEntry[];
  /** Of SLAs, the earliest first. */
  clocks: readonly SlaClock[];
  /** The record whose owner whoever asks writes by themselves, in this transaction. */
  readonly writtenByCaller?: RecordRef;
  /** Whoever asks only looks. */
  readonly logOnly?: true;
}

/** What a request was answered with. */
export interface Answered {
  readonly decision: StoredDecision;
  readonly assignment: StoredAssignment;
  readonly records: readonly LeadRecord[];
  /** What was said besides the decision. */
  readonly said?: unknown;
}

/** One transaction of the lane, as its items see it: what was found, what is known, and what will be written. */
export interface LaneSession {
  readonly tenantId: string;
  readonly now: number;
  readonly lane: LaneRow;
  readonly memory: LaneMemory;
  readonly state: RoutingState;
  readonly newId: NewId;
  readonly newSalt: () => string;
  readonly changes: LaneChanges;
  readonly byRecord: (record: RecordRef) => LeadFile | undefined;
  readonly byAssignment: (id: string) => LeadFile | undefined;
  /** A lead by its id, with its latest assignment. */
  readonly byLead: (id: string) => LeadFile | undefined;
  /** Every lead that was found or made here, with the assignment it was found by. */
  readonly files: () => readonly LeadFile[];
  /** The latest lead of a person that is open, or came these days. */
  readonly byPerson: (person: PersonKey) => LeadFile | undefined;
  /** The lead of a person that is on its way into a connection's CRM. */
  readonly entering: (person: PersonKey, connectionId: string) => LeadFile | undefined;
  /** The lead of the same e-mail address that may be the record's twin in another CRM. */
  readonly twinByEmail: (email: string, record: RecordRef) => LeadFile | undefined;
  /** The id of the adjustment that a request made before. */
  readonly adjustedBy: (request: string) => string | undefined;
  readonly reply: (key: RequestKey) => Answered | undefined;
  readonly waiting: readonly WaitingLead[];
  /** Makes a lead known to the items that follow. */
  readonly keep: (file: LeadFile) => void;
  readonly keepReply: (key: RequestKey, file: LeadFile, said?: unknown) => void;
  /** Adds a record to a lead that stands on others already. */
  readonly attach: (file: LeadFile, record: LeadRecord) => void;
}

export const recordKey = ({ connectionId, objectType, recordId }: RecordRef): string =>
  `${connectionId}\n${objectType}\n${recordId}`;
const requestKey = ({ endpoint, key }: RequestKey): string => `${endpoint}\n${key}`;

/** Opens a session on a locked lane. */
export const openSession = (
  tenantId: string,
  { lane, now, found }: LaneTransaction,
  memory: LaneMemory,
  { newId, newSalt }: Pick<LaneSession, 'newId' | 'newSalt'>,
): LaneSession => {
  const changes = noChanges();
  const index = indexFound(found);
  return {
    tenantId,
    now,
    lane,
    memory,
    state: routingState(memory, now),
    newId,
    newSalt,
    changes,
    waiting: found.waiting,
    byRecord: (record) => index.byRecord.get(recordKey(record)),
    byAssignment: (id) => index.byAssignment.get(id),
    byLead: (id) => latest(index.byAssignment, (file) => file.id === id),
    files: () => [...index.byAssignment.values()],
    byPerson: (person) =>
      latest(
        index.byAssignment,
        (file) => isOfTheseDays(file.assignment, now) && isKnownBy(file.snapshot.person, person),
      ),
    entering: (person, connectionId) =>
      latest(
        index.byAssignment,
        (file) =>
          file.assignment.closedAt === null &&
          file.assignment.entry?.connectionId === connectionId &&
          isKnownBy(file.snapshot.person, person),
      ),
    adjustedBy: (request) =>
      [...found.adjusted, ...changes.adjustments].find((one) => one.request === request)?.id,
    reply: (key) => index.replies.get(requestKey(key)),
    keep: index.keep,
    twinByEmail: (email, record) =>
      [...index.byAssignment.values()].find(
        (file) => emailOf(file) === email && mayBeTwin(file, record, now),
      ),
    keepReply: (key, file, said = null) => {
      const { decision, assignment, records } = file;
      index.replies.set(requestKey(key), { decision, assignment, records, said });
      changes.replies.push({ ...key, decisionId: file.decision.id, said });
    },
    attach: (file, record) => {
      file.records = [...file.records, record];
      changes.records.push({ ...record, leadId: file.id });
      index.keep(file);
    },
  };
};

/** The file of the assignment that was opened last, an open one before one that has ended. */
const latest = (
  files: ReadonlyMap<string, LeadFile>,
  holds: (file: LeadFile) => boolean,
): LeadFile | undefined =>
  [...files.values()]
    .filter(holds)
    .reduce<LeadFile | undefined>(
      (best, file) => (best === undefined || isLater(file.assignment, best.assignment) ? file : best),
      undefined,
    );

/** Whether the one was opened after the other, an open one after one that has ended. */
export const isLater = (a: StoredAssignment, b: StoredAssignment): boolean =>
  a.closedAt === null || b.closedAt === null
    ? a.closedAt === null && (b.closedAt !== null || a.openedAt >= b.openedAt)
    : a.openedAt >= b.openedAt;

const emailOf = ({ snapshot }: LeadFile): string | null => snapshot.person?.email?.toLowerCase() ?? null;

const indexFound = (found: Found) => {
  const byAssignment = new Map<string, LeadFile>();
  const byRecord = new Map<string, LeadFile>();
  const keep = (file: LeadFile): void => {
    byAssignment.set(file.assignment.id, file);
    for (const record of file.records) {
      const known = byRecord.get(recordKey(record));
      // An older assignment of the same lead may have been asked for by its id.
      if (known === undefined || known.assignment.openedAt <= file.assignment.openedAt)
        byRecord.set(recordKey(record), file);
    }
  };
  for (const lead of found.leads) keep({ ...lead });
  const replies = new Map<string, Answered>(found.replies.map((reply) => [requestKey(reply), reply]));
  return { byAssignment, byRecord, keep, replies };
};

type Change = Partial<Omit<StoredAssignment, 'id' | 'leadId' | 'version' | 'openedAt' | 'changedAt'>>;

/** Changes an assignment. Its version rises, so that what was sent for the old one can be told from what follows. */
export const change = (session: LaneSession, file: LeadFile, changes: Change): void => {
  const version = file.assignment.version + 1;
  file.assignment = { ...file.assignment, ...changes, version, changedAt: session.now };
  session.changes.assignments.set(file.assignment.id, file.assignment);
};

/** Notes something that is no change of state: the version stays. */
export const note = (
  session: LaneSession,
  file: LeadFile,
  changes: Pick<
    Change,
    | 'written'
    | 'remedy'
    | 'callbacks'
    | 'seenOwnerId'
    | 'entry'
    | 'conversion'
    | 'firstActivityAt'
    | 'history'
  >,
): void => {
  file.assignment = { ...file.assignment, ...changes };
  session.changes.assignments.set(file.assignment.id, file.assignment);
};

/** Adds a line to the lead's story. */
export const tell = (
  session: LaneSession,
  file: LeadFile,
  kind: AssignmentEventKind,
  repId: string | null,
  detail: Readonly<Record<string, unknown>> = {},
): void => {
  session.changes.events.push({
    assignmentId: file.assignment.id,
    leadId: file.id,
    at: session.now,
    kind,
    repId,
    decisionId: file.decision.id,
    detail,
  });
};
