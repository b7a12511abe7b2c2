import type { DecisionInputs } from '../routing/decision.ts';
import type { LeadValues } from '../routing/lead.ts';
import type { StoredDecision } from './stored.ts';

/** A stored decision with what it was made from, and what became of its lead. */
export interface PastDecision {
  readonly seq: number;
  readonly decision: StoredDecision;
  readonly inputs: DecisionInputs;
  /** What it read of the lead; null: erased. */
  readonly values: LeadValues | null;
  /** Keeps the digest of the values; empty once they are erased. */
  readonly salt: string;
  /** Who has the lead now, or had it when it was closed; null: nobody. */
  readonly repId: string | null;
  /** Epoch milliseconds; null: the lead is open. */
  readonly closedAt: number | null;
}

/** Which past decisions are read, oldest first. */
export interface PastAsked {
  /** Only decisions made since; epoch milliseconds. */
  readonly since?: number;
  /** Only decisions after this sequence number. */
  readonly after?: number;
  /** Only the first decision of each assignment that asked the rules: what was held back counts from when it no longer is. */
  readonly firstOnly?: boolean;
  /** At most so many: the newest. */
  readonly newest?: number;
}

/** Whether the policy was asked at all: not where a record could not be read, nor while the tenant was paused. */
export const askedPolicy = ({ result: { outcome } }: StoredDecision): boolean =>
  outcome.kind !== 'waiting' || outcome.because === undefined || outcome.because === 'held';

/** Who a past lead was, as far as its CRM told. */
export interface PastPerson {
  readonly name: string | null;
  readonly company: string | null;
}

/** Reads the past; locks nothing. Implemented in `storage/queries`. */
export interface PastDecisions {
  /** Oldest first, a page at a time. */
  readonly pages: (tenantId: string, asked: PastAsked) => AsyncIterable<readonly PastDecision[]>;
  readonly count: (tenantId: string, asked: PastAsked) => Promise<number>;
  /** Who the leads of these decisions were, by lead; erased ones are not there. */
  readonly people: (
    tenantId: string,
    decisionIds: readonly string[],
  ) => Promise<ReadonlyMap<string, PastPerson>>;
  /** null: there is no decision of that id. */
  readonly one: (tenantId: string, decisionId: string) => Promise<PastDecision | null>;
}
