/**
 * The doors into the use cases: what HTTP, Slack and the jobs may ask for. Each is implemented in a file of its own
 * name beside this one; `createUseCases` joins them.
 */

import type { Finding } from '../routing/check/check.ts';
import type { Skip } from '../routing/state.ts';
import type { PersonAsked } from './lifecycle/ports.ts';
import type { OffboardRep } from './offboarding/offboarding.ts';
import type { Looker } from './permissions.ts';
import type { Publishing } from './publishing/publishing.ts';
import type {
  DeclineReason,
  GivenFields,
  LeadPerson,
  NativeOutcome,
  RecordRef,
  RecordSnapshot,
  Source,
} from './types.ts';
import type { DecisionView } from './views.ts';

/** Where a request came from, to answer a repeat with the stored reply. */
export interface RequestKey {
  readonly endpoint: string;
  /** callbackId, request id + record, or Idempotency-Key. */
  readonly key: string;
}

export interface DecideLead {
  readonly tenantId: string;
  readonly source: Source;
  readonly request?: RequestKey;
  /** A lead with no record is known by its id alone. */
  readonly record?: RecordRef;
  /** Given when the caller's payload already holds all the policy reads; else the record is read through. */
  readonly snapshot?: RecordSnapshot;
  /** Values given by an API caller, by declared field name; they stand where the record has none. */
  readonly fields?: GivenFields;
  readonly person?: Partial<LeadPerson>;
  /** An explicit request to route again although the lead has an open or a closed assignment. */
  readonly again?: boolean;
  readonly priority?: 'live' | 'backfill';
  /** Whoever asks writes the owner onto the record; it is looked at afterwards and made good. */
  readonly writtenByCaller?: boolean;
  /**
   * The caller only looks: decided and kept, and neither written nor sent. What the record's CRM tells of it later
   * routes it no more; whoever asks without this does.
   */
  readonly logOnly?: boolean;
  /** A blocked workflow action to complete once the lead has an owner or a queue. */
  readonly callback?: { readonly connectionId: string; readonly callbackId: string };
}

export type DecideReply =
  | {
      readonly ok: true;
      /** The decision in force for the lead: a new one, or the one of its open assignment. */
      readonly decision: DecisionView;
      /** Whether this call made it. */
      readonly created: boolean;
      /** Who is to own the record now, by its CRM's id; null: it is left as it is. */
      readonly ownerId: string | null;
    }
  | {
      readonly ok: false;
      readonly code: DecideFailure;
      readonly message: string;
      readonly problems?: readonly { field: string; message: string }[];
    };

/** A failed read and a paused tenant are no failures: the lead is stored and waits, with the reason. */
export type DecideFailure = 'no_policy' | 'invalid_fields' | 'record_gone';

export type ClaimReply =
  | { readonly ok: true; readonly already: boolean; readonly decision: DecisionView }
  | {
      readonly ok: false;
      readonly code: 'claimed_by_other';
      readonly winner: { readonly id: string; readonly name: string };
    }
  | {
      readonly ok: false;
      readonly code: 'expired' | 'closed' | 'not_offered_to_you' | 'at_capacity' | 'not_found';
    };

export type DeclineReply =
  | { readonly ok: true; readonly already: boolean }
  | {
      readonly ok: false;
      readonly code: 'expired' | 'closed' | 'claimed' | 'not_offered_to_you' | 'not_found';
    };

export type ReassignReply =
  | { readonly ok: true; readonly already: boolean }
  | { readonly ok: false; readonly code: 'closed' | 'not_allowed' | 'unknown_rep' | 'not_found' };

/** Who changes a ledger: what they may, and what is written down of them. */
export type Adjuster = Looker & {
  /** A rep's id, `key:<name>` or `console`. */
  readonly name: string;
};

/** `amount` in millionths of a lead, below zero to debit; `skip` null: the turn is not to be passed any more. */
export type Adjustment =
  | { readonly kind: 'credit'; readonly amount: number }
  | { readonly kind: 'skip'; readonly skip: Skip | null };

export type AdjustReply =
  /** `id`: of the adjustment, the one made before where the request is a repeat. */
  | { readonly ok: true; readonly id: string }
  | {
      readonly ok: false;
      readonly code:
        | 'unknown_pool'
        | 'not_a_member'
        | 'not_allowed'
        | 'no_other_members'
        | 'goes_by_time'
        | 'nothing_to_change';
    };

export type JunkReply =
  /** `already`: the turn had been given back before. */
  | { readonly ok: true; readonly already: boolean }
  | {
      readonly ok: false;
      readonly code: 'not_found' | 'not_allowed' | 'not_assigned' | 'not_charged' | 'too_late';
    };

export type AwayReply =
  /** `passedOn`: offers they had not answered, which go to others. */
  | { readonly ok: true; readonly passedOn: number }
  | { readonly ok: false; readonly code: 'in_the_past' | 'too_far' | 'not_found' };

/** `change`: which change of owner of the lead it explains, as `outsideChanges` has it. */
export interface NativeRuleEvent {
  readonly tenantId: string;
  readonly assignmentId: string;
  readonly change: number;
  readonly connectionId: string;
  /** The CRM's name as people write it. */
  readonly crm: string;
  readonly rule: string | null;
  readonly code: NativeOutcome;
  /** Whom it gave the lead to; null: nobody. */
  readonly ownerId: string | null;
}

export interface UseCases {
  /** Decides one lead; resolves when its decision is durable. Never throws for an expected outcome. */
  readonly decideLead: (command: DecideLead) => Promise<DecideReply>;
  /** A workflow was held before its decision was known; it goes on once the lead has somebody or lies in a queue. */
  readonly completeCallback: (command: {
    tenantId: string;
    assignmentId: string;
    callback: { readonly connectionId: string; readonly callbackId: string };
  }) => Promise<void>;
  /** `request`: a repeat of it gets the same reply. */
  readonly claim: (command: {
    tenantId: string;
    assignmentId: string;
    repId: string;
    request?: RequestKey;
  }) => Promise<ClaimReply>;
  readonly decline: (command: {
    tenantId: string;
    assignmentId: string;
    repId: string;
    reason: DeclineReason;
    note: string | null;
    request?: RequestKey;
  }) => Promise<DeclineReply>;
  /** The owner, their manager or an admin gives the lead to another rep. */
  readonly reassign: (command: {
    tenantId: string;
    assignmentId: string;
    repId: string;
    by: Looker;
    note: string | null;
    request?: RequestKey;
  }) => Promise<ReassignReply>;
  /** An admin or a manager credits or debits a pool's member, or has their next turn passed. */
  readonly adjustPool: (command: {
    tenantId: string;
    poolId: string;
    repId: string;
    adjustment: Adjustment;
    reason: string;
    by: Adjuster;
    request?: RequestKey;
  }) => Promise<AdjustReply>;
  /** A lead was none: whoever was charged for it gets the turn back. */
  readonly markJunk: (command: {
    tenantId: string;
    assignmentId: string;
    reason: string;
    by: Adjuster;
    request?: RequestKey;
  }) => Promise<JunkReply>;
  /** A rep takes time off from now on, over all pools and CRMs (`until` null: until they switch back), or ends it (null). */
  readonly setAway: (command: {
    tenantId: string;
    repId: string;
    away: { readonly until: number | null } | null;
  }) => Promise<AwayReply>;
  /**
   * Sets the SLA clocks in working time anew, of a rep or (null) of everybody: before their hours change, to count what
   * has passed by the old ones, and after.
   */
  readonly retimeClocks: (command: { tenantId: string; repId: string | null }) => Promise<void>;
  /** Offers that a rep who went away has not answered go to others. Returns how many. */
  readonly passOffersOn: (command: { tenantId: string; repId: string }) => Promise<number>;
  /** A person or another program set the owner in the CRM: the assignment follows. Echoes of our own writes are dropped. */
  readonly ownerChangedOutside: (event: {
    tenantId: string;
    record: RecordRef;
    ownerId: string | null;
    at: number;
  }) => Promise<void>;
  /**
   * The record changed: intake, closing and open work are looked at again (and a lead may enter). `snapshot`: it was
   * read just now.
   */
  readonly recordChanged: (event: {
    tenantId: string;
    record: RecordRef;
    source: Source;
    snapshot?: RecordSnapshot;
  }) => Promise<void>;
  readonly recordGone: (event: {
    tenantId: string;
    record: RecordRef;
    mergedInto: string | null;
  }) => Promise<void>;
  /** A CRM says when somebody first worked on a lead since its rep has it (`since`). Epoch milliseconds. */
  readonly firstActivity: (event: {
    tenantId: string;
    assignmentId: string;
    at: number;
    since: number;
  }) => Promise<void>;
  /** A CRM says what its own assignment rule had to do with a change of owner that was followed. Told twice, it stands once. */
  readonly nativeRule: (event: NativeRuleEvent) => Promise<void>;
  /**
   * A CRM says that whoever a record is about is to be forgotten: every lead of theirs is; decisions and ledger
   * stay.
   */
  readonly eraseLead: (event: { tenantId: string; record: RecordRef }) => Promise<void>;
  /** Somebody here has a person forgotten, likewise. Says how many leads that are. `preview`: only that. */
  readonly erasePerson: (command: {
    tenantId: string;
    person: PersonAsked;
    by: string;
    preview?: boolean;
  }) => Promise<{ leads: number }>;
  /** Erases and removes what a tenant does not keep any longer. */
  readonly keepRetention: (tenantId: string) => Promise<void>;
  /** An account was disconnected: leads that stand there alone end. Says how many. */
  readonly accountLeft: (event: { tenantId: string; connectionId: string }) => Promise<{ ended: number }>;
  /** It is connected again: leads that ended so, and that nobody had, are decided like new ones. */
  readonly accountBack: (event: { tenantId: string; connectionId: string }) => Promise<void>;
  /** Takes over how many open records each owner has in a CRM, as counted there just now. */
  readonly recountOpenWork: (command: {
    tenantId: string;
    connectionId: string;
    open: Readonly<Record<string, number>>;
  }) => Promise<void>;
  /** Decides everything that is due: expired offers, waiting leads, shift starts. Returns the next due instant. */
  readonly sweep: (tenantId: string) => Promise<number | null>;
  readonly setMode: (command: { tenantId: string; mode: 'live' | 'log_only'; by: string }) => Promise<void>;
  readonly setPaused: (command: { tenantId: string; paused: boolean; by: string }) => Promise<void>;
  /**
   * Parses, checks and makes a policy the live one; its version comes back. `source`: the text it was written as.
   * Throws AppError `invalid_policy`, `check_not_clean` or `approval_needed`.
   */
  readonly publishPolicy: (command: {
    tenantId: string;
    document: unknown;
    source?: string | null;
    by: string;
  }) => Promise<{ version: number }>;
  /** A rep leaves: their leads go to others. */
  readonly offboardRep: OffboardRep;
  /** Drafts, approvals, scheduled and earlier versions of the policy. */
  readonly publishing: Publishing;
  /** What can be proven of a policy; nothing is stored. `volume`: leads a month. Throws AppError `invalid_policy`. */
  readonly checkPolicy: (command: {
    tenantId: string;
    document: unknown;
    volume?: number | undefined;
    /** Aborted when nobody waits for it any more. */
    signal?: AbortSignal | undefined;
  }) => Promise<{ findings: readonly Finding[] }>;
  /** Replaces the directory of reps. Throws AppError `invalid_reps`. */
  readonly putReps: (command: { tenantId: string; reps: unknown }) => Promise<{ count: number }>;
}
