import type { LeadHistory } from './lead.ts';
import type { AccountFindings } from './match/account-index.ts';
import type { Cap, Posting, TimeSource } from './state.ts';

/**
 * The newest version of the decision procedure: bumped when the same inputs may give another result. A decision bears the
 * least version that gives it, so what a new version does not touch keeps its hash. Version 2: whoever is on call and
 * not there is stood in for.
 */
export const ENGINE = 2;

/** The version of the decisions that no later one decides otherwise. */
export const FIRST_ENGINE = 1;

/**
 * What an eligible member stood at: millionths of a lead owed after this lead's share, the share, and open work. In a pool
 * that goes by results also `index`, their rate of won leads as the pool reckons, in millionths. `standsInFor`: whose
 * turn on call it is, who is not there.
 */
export interface Standing {
  readonly index?: number;
  readonly lag: number;
  readonly share: number;
  readonly open: number;
  readonly standsInFor?: string;
}

/**
 * Which comparison a member lost: fairness, load, waiting time, an expired offer, or the final tie; `priority`: members
 * of an earlier tier took the lead, so that this one was not weighed; `skipped`: was next, but their turn was passed.
 */
export type LostBy = 'fairness' | 'load' | 'waited_less' | 'missed_offer' | 'priority' | 'skipped' | 'tie';

/** A pool member as the decision saw them. Codes and ids only; sentences are rendered on reading. */
export type Candidate =
  | ({ readonly rep: string; readonly code: 'chosen' } & Standing)
  | ({ readonly rep: string; readonly code: 'outranked'; readonly by: LostBy } & Standing)
  /**
   * `source`: which CRM's hours, or where the time off was entered; absent: the directory or the policy. `endsAt`: they
   * are at work until then, and the pool gives no leads so near the end.
   */
  | {
      readonly rep: string;
      readonly code: 'off_hours' | 'time_off';
      readonly backAt: number | null;
      readonly endsAt?: number;
      readonly source?: TimeSource;
    }
  | { readonly rep: string; readonly code: 'holiday'; readonly backAt: number | null }
  /** Not on call now, or the ramp gives them nothing yet: until `backAt`. */
  | {
      readonly rep: string;
      readonly code: 'off_duty';
      readonly duty: 'rota' | 'ramp';
      readonly backAt: number;
    }
  | {
      readonly rep: string;
      readonly code: 'at_capacity';
      readonly cap: Cap;
      readonly limit: number;
      readonly used: number;
    }
  /** The rep's attribute (`skills.language`) and the lead's field it must hold. */
  | {
      readonly rep: string;
      readonly code: 'missing_skill';
      readonly attribute: string;
      readonly field: string;
    }
  /** `missed`: they did not decline it but had it and let it go, in a pool to whose members no lead returns. */
  | { readonly rep: string; readonly code: 'declined_before'; readonly missed?: true }
  /** The rep had the lead and lost it to an SLA. */
  | { readonly rep: string; readonly code: 'had_before' }
  | { readonly rep: string; readonly code: 'inactive' }
  | { readonly rep: string; readonly code: 'not_in_territory' }
  | { readonly rep: string; readonly code: 'paused' }
  | { readonly rep: string; readonly code: 'unreachable' };

export type CandidateCode = Candidate['code'];

/** Who holds the record in the CRM while nobody has the lead yet. */
export type Meanwhile = { readonly queue: string } | { readonly rep: string };

/** By what an owner step looked, and what it found: a code and the id of the account, lead or field; never a value. */
export interface OwnerFound {
  readonly by: 'account' | 'sticky' | 'duplicate' | 'field';
  readonly code?: string;
  readonly id?: string;
}

/** The key of the step before the rules: `duplicates`. */
export const BEFORE_RULES = 'duplicates/0';

/** What one step did, in the order they were tried. The last one took the lead, unless the lead waits. */
export interface StepTrace {
  /** `<rule id>/<index>`, `fallback/<index>`, or `duplicates/0` before the rules. */
  readonly key: string;
  readonly kind: 'pool' | 'owner' | 'rep' | 'queue' | 'wait';
  readonly owner?: OwnerFound;
  readonly pool?: string;
  readonly took: boolean;
  /** Why it did not take the lead. */
  readonly because?:
    | 'nobody_eligible'
    | 'attempts_used'
    | 'no_owner'
    | 'rep_unavailable'
    | 'wait_over'
    | 'waiting';
  /** A wait: when it is over. */
  readonly until?: number;
  readonly candidates: readonly Candidate[];
}

/**
 * What the policy said. `not_routed` is an answer too: the record is outside the intake, already owned, or closed.
 * Instants are epoch milliseconds; durations are milliseconds.
 */
export type Outcome =
  | {
      readonly kind: 'assigned';
      readonly rep: string;
      readonly via: 'pool' | 'owner' | 'rep';
      /** The record is converted in its CRM, as the step asks. */
      readonly convert?: true;
    }
  | {
      readonly kind: 'offered';
      readonly to: readonly string[];
      readonly broadcast: boolean;
      /** How long each offeree has; the clock starts when delivery is confirmed. */
      readonly claimWithin: number;
      readonly clock: 'working' | 'elapsed';
      /** Latest possible end as seen at the decision; recomputed from delivery time. */
      readonly expiresAt: number;
      readonly meanwhile: Meanwhile | null;
      /** The record is converted in its CRM once it is claimed, as the step asks. */
      readonly convert?: true;
    }
  | {
      readonly kind: 'waiting';
      readonly retryAt: number;
      readonly meanwhile: Meanwhile | null;
      /**
       * Set where the rules were not asked: the record could not be read, the tenant is paused, or the policy holds the
       * lead until something is known of it.
       */
      readonly because?: 'read_failed' | 'paused' | 'held';
    }
  | { readonly kind: 'in_queue'; readonly queue: string }
  | { readonly kind: 'not_routed'; readonly because: 'not_in_intake' | 'already_owned' };

/** What was worked out of the lead before the rules were asked; what there is none of is absent. */
export interface DerivedCodes {
  /** The places in the policy's list of the points that the score is made of. */
  readonly points?: readonly number[];
  readonly score?: number;
  /** Ids. */
  readonly territory?: string;
  readonly tier?: string;
  /** Its tier's leads go first. */
  readonly urgent?: true;
}

/** The pure result of `decide`, before it is given an id and stored. */
export interface Decided {
  /** The accounts that the lead's company is, or may be; absent: the policy has none. */
  readonly account?: AccountFindings;
  readonly derived?: DerivedCodes;
  readonly engine: number;
  /** The rule or the pool is for the log only: nothing is written, sent or counted. */
  readonly logOnly?: true;
  readonly outcome: Outcome;
  /** The rule that matched, even where only the fallback took the lead; null: none matched, or nothing routed. */
  readonly rule: string | null;
  /** The pool that took the lead, or null. */
  readonly pool: string | null;
  /** Key of the step that took the lead or that the lead waits at. */
  readonly step: string | null;
  readonly steps: readonly StepTrace[];
  /** What the pool's ledger is to be told now; null where nothing is owed (yet). */
  readonly posting: Posting | null;
  /** The history to keep for the next decision about this lead. */
  readonly history: LeadHistory;
  /** Everything that was read, enough to decide again: canonical JSON, no personal data. */
  readonly inputs: DecisionInputs;
}

/** The stored inputs of a decision. `pools` holds only the pools that were looked at. */
export interface DecisionInputs {
  readonly now: number;
  readonly policy: { readonly version: number; readonly hash: string };
  /** Version of the time zone data the availability was resolved with. */
  readonly zones: string;
  readonly lead: {
    readonly id: string;
    readonly digest: string;
    readonly owner: { readonly rep: string | null } | null;
  };
  readonly history: LeadHistory;
  /** What was read of the pools and reps that were looked at. */
  readonly state: ReadState;
}

/** Rows rather than objects, to keep stored decisions small; written and read by `decide/inputs.ts` alone. */
export interface ReadState {
  /** Members of the teams that were looked up. */
  readonly teams: Readonly<Record<string, readonly string[]>>;
  /** Whom accounts and fields named, by what was asked; absent: nothing was. */
  readonly owners?: Readonly<Record<string, string | null>>;
  readonly pools: Readonly<Record<string, readonly (readonly unknown[])[]>>;
  readonly reps: readonly (readonly unknown[])[];
}
