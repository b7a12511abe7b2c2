import type { AuditReport } from '../routing/audit/audit-report.ts';
import type { LeadsProblem, OwnerColumns } from '../routing/audit/collect-owned-leads.ts';
import type { Finding } from '../routing/check/finding.ts';
import type { Policy, Rep } from '../routing/policy/schema.ts';
import type { Comparison } from '../routing/simulate/compare.ts';
import type { PastDecision } from './past-decision.ts';

/** A policy to be made ready in a thread: its references to reps are resolved. */
export interface PolicyToCompile {
  readonly version: number;
  readonly hash: string;
  readonly policy: Policy;
}

/** Work that takes longer than the event loop can wait: what it is given first, what page by page, and what it answers. */
export interface ThreadWork {
  readonly check: {
    readonly input: {
      readonly policy: Policy;
      readonly reps: readonly Rep[];
      /** Leads a month that the caps must take. */
      readonly volume?: number;
      /** Epoch milliseconds. */
      readonly now: number;
    };
    readonly page: never;
    readonly answer: readonly Finding[];
  };
  readonly simulate: {
    readonly input: {
      readonly policy: PolicyToCompile;
      readonly against: PolicyToCompile | null;
      readonly reps: readonly Rep[];
      /** Limits that speed is told by, in minutes. */
      readonly minutes: readonly number[];
    };
    /** Decisions whose values are not erased, oldest first. */
    readonly page: readonly PastDecision[];
    readonly answer: Comparison;
  };
  readonly audit: {
    readonly input: {
      /** CSV; the first line names the columns. */
      readonly text: string;
      readonly columns: OwnerColumns;
      /** The zone that hours of the day are told in. */
      readonly timezone: string;
    };
    readonly page: never;
    readonly answer:
      | { readonly ok: true; readonly report: AuditReport; readonly says: readonly string[] }
      | { readonly ok: false; readonly problems: readonly LeadsProblem[] };
  };
}

export type ThreadWorkKind = keyof ThreadWork;

/** How a piece of work is fed and ended. */
export interface ThreadOptions<Page> {
  /** Ends it where nobody waits for it any more (AppError `request_aborted`). */
  readonly signal?: AbortSignal | undefined;
  /** Fed as fast as they are taken. */
  readonly pages?: AsyncIterable<Page>;
}

/**
 * Does a piece of work in a thread, so that the event loop goes on. Implemented in `threads`. Rejects with AppError
 * `took_too_long` where it needs more time or memory than it may have, `unavailable` where too many wait.
 */
export type RunInThread = <Kind extends ThreadWorkKind>(
  kind: Kind,
  input: ThreadWork[Kind]['input'],
  options?: ThreadOptions<ThreadWork[Kind]['page']>,
) => Promise<ThreadWork[Kind]['answer']>;
