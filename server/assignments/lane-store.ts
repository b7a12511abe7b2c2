import type { Away } from '../routing/availability/away.ts';
import type { PersonKey } from '../routing/match/person-key.ts';
import type { AccountStatus } from './account-status.ts';
import type { Why } from './lifecycle/forget-leads.ts';
import type { AccountKeys } from './offboarding/account-of.ts';
import type { MoveChange } from './offboarding/ports.ts';
import type { NewAlert, NewDelivery } from './ports.ts';
import type { SlaClock } from './sla/sla-clock.ts';
import type {
  AssignmentEvent,
  LeadRecord,
  LedgerEntry,
  RepLoad,
  StoredAdjustment,
  StoredAssignment,
  StoredBalance,
  StoredDecision,
  StoredLead,
  StoredSnapshot,
} from './stored.ts';
import type { RecordRef, Vendor } from './types.ts';
import type { RequestKey } from './use-cases.ts';

/** The row that orders a tenant's writes. Each version is raised by whoever changes what it stands for. */
export interface LaneRow {
  readonly mode: 'live' | 'log_only';
  readonly paused: boolean;
  readonly policyVersion: number;
  readonly rosterVersion: number;
  /** Raised by every transaction that writes balances or loads. */
  readonly stateVersion: number;
  /** Stands for the tenant's connections and how they are: changes when one does. */
  readonly connections: string;
  readonly drainAt: number | null;
}

/** What a transaction is to look up by key, besides the lane's row. */
export interface Wanted {
  readonly requests: readonly RequestKey[];
  readonly records: readonly RecordRef[];
  readonly assignments: readonly string[];
  /** In lower case; leads of the same address. */
  readonly emails?: readonly string[];
  /** Leads of people, by e-mail or else phone. */
  readonly people?: readonly WantedPerson[];
  /** Lead ids: each with its latest assignment. */
  readonly leads?: readonly string[];
  /** Keys of requests that may have made adjustments. */
  readonly adjustments?: readonly string[];
  /** Waiting leads that stand behind this one: the urgent ones first, then the oldest. */
  readonly waiting?: WaitingPage;
}

/** `entering`: only leads that are on their way into a CRM. */
export type WantedPerson = PersonKey & { readonly entering: boolean };

export interface WaitingPage {
  readonly after: { readonly urgent: boolean; readonly openedAt: number; readonly id: string } | null;
  readonly limit: number;
}

export interface Found {
  readonly replies: readonly (RequestKey & {
    readonly decision: StoredDecision;
    readonly assignment: StoredAssignment;
    readonly records: readonly LeadRecord[];
    readonly said: unknown;
  })[];
  /** Leads of the wanted records (with their latest assignment) and of the wanted assignments (with that one). */
  readonly leads: readonly StoredLead[];
  readonly waiting: readonly WaitingLead[];
  /** Adjustments that the wanted requests made, by id. */
  readonly adjusted: readonly { readonly id: string; readonly request: string }[];
}

export interface WaitingLead {
  readonly assignment: StoredAssignment;
  readonly snapshot: StoredSnapshot;
}

export interface StoredPolicy {
  readonly version: number;
  readonly hash: string;
  readonly document: unknown;
}

export interface StoredRoster {
  readonly reps: readonly {
    readonly document: unknown;
    readonly active: boolean;
    readonly paused: boolean;
    readonly away: Away | null;
  }[];
  readonly identities: readonly StoredIdentity[];
  readonly connections: readonly StoredConnection[];
}

export interface StoredIdentity {
  readonly connectionId: string;
  readonly kind: string;
  readonly externalId: string;
  readonly repId: string | null;
  readonly details: {
    readonly email?: string;
    readonly unreachable?: string;
    readonly name?: string;
    /** `QUEUE`: it owns records and is nobody. */
    readonly type?: string;
    /** A queue, by the name its CRM has for it. */
    readonly queue?: string | null;
    /** Owner ids of everybody who stands in the queue. */
    readonly members?: readonly string[];
    /** Names of the territories its CRM has somebody in. */
    readonly territories?: readonly string[];
    /** As `personTimes` reads it. */
    readonly times?: unknown;
  };
}

export interface StoredConnection {
  readonly id: string;
  readonly vendor: Vendor;
  readonly name: string;
  readonly status: AccountStatus;
}

/** What a tenant's balances and loads are, all of them. */
export interface StoredState {
  readonly balances: readonly {
    readonly pool: string;
    readonly rep: string;
    readonly balance: StoredBalance;
  }[];
  readonly loads: readonly RepLoad[];
}

export type NewDecision = StoredDecision & { readonly inputs: unknown; readonly repId: string | null };

/** Everything one transaction writes. Balances, loads and assignments are as they stand at its end. */
export interface LaneChanges {
  readonly leads: { readonly id: string }[];
  readonly records: (LeadRecord & { readonly leadId: string })[];
  /** Owners a caller is about to write by itself: what shows of them is our echo. */
  readonly intents: NewIntent[];
  readonly snapshots: StoredSnapshot[];
  readonly assignments: Map<string, StoredAssignment>;
  readonly clocks: Map<string, SlaClock>;
  readonly decisions: NewDecision[];
  readonly events: AssignmentEvent[];
  readonly entries: LedgerEntry[];
  readonly adjustments: StoredAdjustment[];
  readonly balances: Map<
    string,
    { readonly pool: string; readonly rep: string; readonly balance: StoredBalance }
  >;
  readonly loads: Map<string, RepLoad>;
  readonly replies: (RequestKey & { readonly decisionId: string; readonly said: unknown })[];
  readonly deliveries: (NewDelivery & { readonly id: string })[];
  /** Assignments whose pending writes are overtaken by this transaction's (callbacks are not). */
  readonly superseded: Set<string>;
  readonly alerts: LaneAlert[];
  /** Subjects whose open alerts are over. */
  readonly settled: Set<string>;
  /** Leads whose personal data is to be erased. */
  readonly erased: Set<string>;
  /** Of which erasures that is part, and how many leads of each; by id. */
  readonly erasures: Map<string, Why & { readonly leads: number }>;
  /** Reps whose Home in Slack shows something else from here on, and when it is to be drawn again. */
  readonly homes: { readonly deliveryId: string; readonly repId: string; readonly dueAt: number }[];
  /** What became of leads of reps who left. */
  readonly moves: MoveChange[];
  /** Slack users whom no message reached, and the code that said so. */
  readonly unreachable: {
    readonly connectionId: string;
    readonly externalId: string;
    readonly code: string;
  }[];
  /** undefined: left as it is. */
  drainAt?: number | null;
}

/** An owner about to be written, before its delivery is taken. */
export interface NewIntent {
  readonly deliveryId: string;
  readonly record: RecordRef;
  readonly ownerId: string;
  readonly expectedOwnerId: string | null;
  readonly version: number;
  /** When the write ended, where it has; absent: it is under way. */
  readonly endedAt?: number;
}

export type LaneAlert = NewAlert & {
  readonly id: string;
  readonly kind: AlertKind;
  /** Sent once, if the alert was not open already. */
  readonly message: { readonly deliveryId: string; readonly connectionId: string } | null;
};

/** What needs a person. */
export type AlertKind =
  | 'stuck_lead'
  | 'card_undelivered'
  | 'write_refused'
  | 'read_refused'
  | 'owner_unknown'
  | 'connection_broken'
  | 'entry_refused'
  | 'convert_refused'
  | 'sla_no_manager'
  | 'lead_parked';

export const noChanges = (): LaneChanges => ({
  leads: [],
  records: [],
  intents: [],
  snapshots: [],
  assignments: new Map(),
  clocks: new Map(),
  decisions: [],
  events: [],
  entries: [],
  adjustments: [],
  balances: new Map(),
  loads: new Map(),
  replies: [],
  deliveries: [],
  superseded: new Set(),
  alerts: [],
  settled: new Set(),
  erased: new Set(),
  erasures: new Map(),
  homes: [],
  moves: [],
  unreachable: [],
});

/** One lane transaction under way: its row is locked, what was wanted is found, nothing is written yet. */
export interface LaneTransaction {
  readonly lane: LaneRow;
  /** The database's clock, never earlier than any transaction of the lane before. Epoch milliseconds. */
  readonly now: number;
  readonly found: Found;
  readonly readPolicy: (version: number) => Promise<StoredPolicy>;
  readonly readRoster: () => Promise<StoredRoster>;
  readonly readState: () => Promise<StoredState>;
}

/** What is due, seen from outside the lane: the lane checks each again. */
export interface DueWork {
  readonly now: number;
  readonly paused: boolean;
  readonly drainAt: number | null;
  /** Urgent leads first, then the oldest. */
  readonly due: readonly {
    readonly assignmentId: string;
    readonly version: number;
    readonly records: readonly RecordRef[];
    /** Since when its rep has it, where a due clock of an SLA waits for them to work on it; null: none does. */
    readonly untouchedSince: number | null;
  }[];
  /** Waiting leads nobody was told about yet. */
  readonly stuck: readonly string[];
  /** Reps' leaving, or its undoing, is begun and not ended. */
  readonly offboarding: boolean;
  /** When the next scheduled policy is to go live, which may be past; null: none is scheduled. */
  readonly publishAt: number | null;
  /** When the next one is due; null: none is. */
  readonly nextAt: number | null;
}

/** A lead by its record in one connection. `since`: when its rep got it. */
export interface UntouchedLead {
  readonly assignmentId: string;
  readonly ref: RecordRef;
  readonly since: number;
}

/** A change of owner that somebody made in a CRM and nothing explains, by the lead's record in one connection. */
export interface OutsideChange {
  /** The event's number. */
  readonly change: number;
  readonly assignmentId: string;
  readonly ref: RecordRef;
  readonly ownerId: string;
  readonly at: number;
  /** Since when the lead stood as it did before. */
  readonly since: number;
}

/** The lane's tables. Implemented in `storage/lane-store`. */
export interface LaneStore {
  /**
   * Runs one transaction of the lane. The work gets its row locked and gives back what to write; nothing is written,
   * and the version stays, when it gives null. Throws AppError `unknown_tenant` where there is no such lane.
   */
  readonly transact: <T>(
    tenantId: string,
    wanted: Wanted,
    work: (
      transaction: LaneTransaction,
    ) => Promise<{ readonly changes: LaneChanges | null; readonly result: T }>,
  ) => Promise<T>;
  /** What is due now: at most `limit` assignments, and leads that have waited since before now - `stuckAfter`. */
  readonly due: (tenantId: string, limit: number, stuckAfter: number) => Promise<DueWork>;
  /** Open assignments whose owner stands in a connection's CRM, by rep. */
  readonly ownWork: (tenantId: string, connectionId: string) => Promise<Readonly<Record<string, number>>>;
  /** Ids of the offers that are open to a rep, the oldest first. */
  readonly openOffers: (tenantId: string, repId: string) => Promise<readonly string[]>;
  /** Assignments with an SLA's clock in working time that has something to do yet; of one rep, or (null) of everybody. */
  readonly runningClocks: (tenantId: string, repId: string | null) => Promise<readonly string[]>;
  /** Ids of the open assignments of leads that a rep has, the oldest first. */
  readonly ownLeads: (tenantId: string, repId: string) => Promise<readonly string[]>;
  /** Ids of the open assignments of leads that stand in a connection and in no other one that is connected, the oldest first. */
  readonly accountLeads: (tenantId: string, connectionId: string) => Promise<readonly string[]>;
  /** Records whose leads ended with nobody because their connection was disconnected, the oldest first. */
  readonly leftRecords: (tenantId: string, connectionId: string) => Promise<readonly RecordRef[]>;
  /** Who but one rep has open leads of companies, by the domain of their e-mail addresses or by name in lower case. */
  readonly accountPeople: (
    tenantId: string,
    asked: {
      readonly domains: readonly string[];
      readonly companies: readonly string[];
      readonly but: string;
    },
  ) => Promise<readonly (AccountKeys & { readonly repId: string })[]>;
  /** Open leads that a rep has had since some time after `after` and that nobody has worked on, the latest first. */
  readonly untouched: (
    tenantId: string,
    asked: { readonly connectionId: string; readonly after: number; readonly limit: number },
  ) => Promise<readonly UntouchedLead[]>;
  /** Changes of owner outside after `after` that no rule of the CRM's own was told for, the latest first. */
  readonly outsideChanges: (
    tenantId: string,
    asked: { readonly connectionId: string; readonly after: number; readonly limit: number },
  ) => Promise<readonly OutsideChange[]>;
  /** The CRM's own rules that gave away leads since `after`, and how many each, the most first. `rule` null: deleted. */
  readonly nativeRules: (
    tenantId: string,
    asked: { readonly connectionId: string; readonly after: number },
  ) => Promise<readonly { readonly rule: string | null; readonly leads: number }[]>;
  /** What is found by key, read without locking anything; it may hold what somebody else asked for as well. */
  readonly peek: (tenantId: string, wanted: Wanted) => Promise<Found>;
}
