/** What the lane keeps, as use cases see it. Instants are epoch milliseconds; ledger amounts millionths of a lead. */
import type { Decided } from '../routing/decision.ts';
import type { LeadHistory, LeadValues } from '../routing/lead.ts';
import type { Balance, Posting, Skip, WindowCap } from '../routing/state.ts';
import type { SlaClock } from './sla/sla-clock.ts';
import type {
  AssignmentEventKind,
  AssignmentState,
  ClosedBecause,
  GivenFields,
  LeadPerson,
  Offeree,
  RecordRef,
  Source,
} from './types.ts';

/** A workflow action that waits for the lead to have an owner or a queue. */
export interface Callback {
  readonly connectionId: string;
  readonly callbackId: string;
}

/** What an assignment's `dueAt` is for: the offer runs out, its card must have arrived, or the lead is decided again. */
export type DueKind = 'offer' | 'delivery' | 'retry';

export interface StoredAssignment {
  readonly id: string;
  readonly leadId: string;
  readonly state: AssignmentState;
  readonly version: number;
  /** The assigned rep, or the one an offer is held out to; null for a broadcast. */
  readonly repId: string | null;
  readonly poolId: string | null;
  readonly ruleId: string | null;
  readonly queueId: string | null;
  readonly offeredTo: readonly Offeree[];
  readonly broadcast: boolean;
  /** The decision in force. */
  readonly decisionId: string;
  readonly history: LeadHistory;
  readonly written: 'none' | 'pending' | 'done' | 'refused';
  /** What to do when the write was refused. */
  readonly remedy: string | null;
  readonly claimWithin: number | null;
  readonly clock: 'working' | 'elapsed' | null;
  readonly dueAt: number | null;
  readonly dueKind: DueKind | null;
  readonly callbacks: readonly Callback[];
  /** Since when `repId`'s slot is taken; null: none is. */
  readonly heldAt: number | null;
  /** The record's owner when last read: what our writes may replace. */
  readonly seenOwnerId: string | null;
  readonly backfill: boolean;
  /** Its tier's leads go first, as the latest decision has it. */
  readonly urgent: boolean;
  readonly openedAt: number;
  readonly changedAt: number;
  readonly closedAt: number | null;
  readonly closedBecause: ClosedBecause | null;
  /** The CRM the lead is on its way into; `refused`: it would not take it. null: it stands on records, or enters none. */
  readonly entry: { readonly connectionId: string; readonly refused: boolean } | null;
  /** Whether we are to convert the record in its CRM; null: nobody asked, or it is done. */
  readonly conversion: 'pending' | 'refused' | null;
  /** When somebody first worked on it since its rep has it; null: not yet, as far as its CRM knows. */
  readonly firstActivityAt: number | null;
}

export interface StoredDecision {
  readonly id: string;
  readonly leadId: string;
  readonly assignmentId: string;
  readonly snapshotId: string;
  readonly source: Source;
  readonly decidedAt: number;
  readonly policyVersion: number;
  readonly engine: number;
  readonly hash: string;
  readonly logOnly: boolean;
  readonly result: DecisionResult;
}

/** A decision without what it read. */
export type DecisionResult = Omit<Decided, 'inputs' | 'engine'>;

/** What a lead was like at a decision. `values` and the rest are null once erased. */
export interface StoredSnapshot {
  readonly id: string;
  readonly leadId: string;
  readonly takenAt: number;
  readonly salt: string;
  readonly digest: string;
  readonly values: LeadValues | null;
  readonly given: GivenFields | null;
  readonly person: LeadPerson | null;
}

/**
 * One append-only line of a pool's ledger. `reversal` undoes what its decision posted before; `manual`: given by hand;
 * `adjustment`: no lead's, what somebody changed.
 */
export interface LedgerEntry {
  readonly decisionId: string | null;
  readonly assignmentId: string | null;
  /** The adjustment that made it. */
  readonly adjustmentId?: string;
  readonly kind: 'decision' | 'claim' | 'manual' | 'reversal' | 'adjustment';
  readonly at: number;
  readonly posting: Posting;
}

/** What somebody changed in a pool's ledger by hand, or had changed by marking a lead as junk. */
export interface StoredAdjustment {
  readonly id: string;
  readonly pool: string;
  readonly rep: string;
  readonly kind: AdjustmentKind;
  /** What the rep is credited; below zero: debited. */
  readonly amount: number;
  /** Of a skip: what becomes of the turn; null: it is not to be passed any more. */
  readonly skip: Skip | null;
  readonly assignmentId: string | null;
  /** A rep's id, `key:<name>`, `console` or `policy`. */
  readonly by: string;
  /** null: nobody wrote one, or it was erased. */
  readonly reason: string | null;
  /** The key of the request that made it; null: it had none. */
  readonly request: string | null;
}

export type AdjustmentKind = 'credit' | 'debit' | 'skip' | 'junk';

export interface AssignmentEvent {
  readonly assignmentId: string;
  readonly leadId: string;
  readonly at: number;
  readonly kind: AssignmentEventKind;
  readonly repId: string | null;
  readonly decisionId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** An owner we wrote, or are about to write: an owner event that equals one is our echo. */
export interface WriteIntent {
  readonly record: RecordRef;
  readonly ownerId: string;
  /** Whom it was to replace, as far as was known. */
  readonly expectedOwnerId: string | null;
  readonly writtenAt: number;
  readonly endedAt: number | null;
}

/** Leads taken in the windows of a rep's caps: the window's name in the rep's zone, and how many. */
export type WindowCounts = Readonly<Partial<Record<WindowCap, readonly [window: string, taken: number]>>>;

export interface RepLoad {
  readonly repId: string;
  /** Open assignments that take a slot. */
  readonly open: number;
  readonly windows: WindowCounts;
  /** Open records per connection that are no assignment of ours. */
  readonly crmOpen: Readonly<Record<string, number>>;
}

/** A member's standing in a pool's ledger, and how many leads they were charged for. */
export type StoredBalance = Balance & { readonly received: number };

/**
 * A record a lead stands on. `seenOwnerId`: its owner when it was first read; null: none, or not read. `url`: where it
 * opens in its CRM; null: not known.
 */
export type LeadRecord = RecordRef & { readonly seenOwnerId: string | null; readonly url: string | null };

/** Everything the lane loads about one lead: its latest assignment and what belongs to the decision in force. */
export interface StoredLead {
  readonly id: string;
  readonly records: readonly LeadRecord[];
  readonly assignment: StoredAssignment;
  readonly decision: StoredDecision;
  readonly snapshot: StoredSnapshot;
  /** What the decision in force has posted so far, oldest first. */
  readonly entries: readonly LedgerEntry[];
  /** Latest first. */
  readonly intents: readonly WriteIntent[];
  /** Of its assignment, the earliest first. */
  readonly clocks: readonly SlaClock[];
}
