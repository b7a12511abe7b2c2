import type { PolicyChange } from '../../routing/diff/policy-diff.ts';
import type { PolicyInWords } from '../../routing/words/policy-words.ts';
import type { PastSimulation } from '../simulate-policy.ts';
import type { DraftSimulation, PublishingRules } from './ports.ts';

export type { PastSimulation, PolicyChange, PolicyInWords, PublishingRules };

/** Everything that is done with policies before and after they are live. Instants shown are ISO 8601 in UTC. */
export interface Publishing {
  /** The versions there were, the newest first, the drafts there are, and how versions go live. */
  readonly overview: (tenantId: string) => Promise<PolicyOverview>;
  /** null: there is no such version. */
  readonly version: (tenantId: string, version: number) => Promise<VersionView | null>;
  /** null: there is no such draft. */
  readonly draft: (tenantId: string, id: string, signal?: AbortSignal) => Promise<DraftView | null>;
  /** What is different, in words. A version by its number, a draft by its id. Throws AppError `not_found`. */
  readonly diff: (tenantId: string, from: string, to: string) => Promise<readonly PolicyChange[]>;
  /** Keeps a text as a new draft, or in place of a draft's. Throws AppError `not_found` or `conflict`. */
  readonly save: (
    command: Draft & { readonly id: string | null; readonly text: string; readonly note: string | null },
  ) => Promise<DraftView>;
  /**
   * Tries a draft on the past of the last days, beside the live policy or `against`: a version by its number, a draft
   * by its id. Beside the live policy, what it said is kept with the draft in short.
   */
  readonly simulate: (
    command: Named & {
      readonly days: number;
      readonly against: string | null;
      readonly progress?: ((done: number, of: number) => void) | undefined;
    },
  ) => Promise<PastSimulation>;
  readonly discard: (command: Named) => Promise<DraftView>;
  /** Agrees that a draft goes live. Throws AppError `own_draft` for whoever wrote some of it, or can act as somebody who did. */
  readonly approve: (command: AsRead) => Promise<DraftView>;
  /** Makes a draft the live version, or has it made so at `at` (epoch milliseconds). */
  readonly publish: (command: AsRead & { readonly at: number | null }) => Promise<DraftView>;
  /** A scheduled draft goes live only when somebody says so. */
  readonly unschedule: (command: Named) => Promise<DraftView>;
  /** Makes an earlier version live again, at once, as a version of its own. */
  readonly rollBack: (
    command: Draft & { readonly version: number; readonly note: string | null },
  ) => Promise<{ readonly version: number; readonly warnings: readonly string[] }>;
  /**
   * Changes how versions go live. Where two people publish, two have to ask for less than that: the first one's call
   * throws AppError `approval_needed`, the second one's does it.
   */
  readonly setRules: (
    command: Draft & {
      readonly rules: { readonly [Rule in keyof PublishingRules]?: PublishingRules[Rule] | undefined };
    },
  ) => Promise<PublishingRules>;
}

interface Draft {
  readonly tenantId: string;
  /** Who asks, as proven: `key:<name>` or `console`. */
  readonly by: string;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
}

/** `id`: a draft's. */
export type Named = Draft & { readonly id: string };

/** `revision`: the one somebody has read; of another one nothing is done (AppError `conflict`). null: whichever stands. */
export type AsRead = Named & { readonly revision: number | null };

export interface PolicyOverview {
  readonly live: number | null;
  readonly rules: PublishingRules;
  readonly versions: readonly VersionSummary[];
  readonly drafts: readonly DraftSummary[];
}

export interface VersionSummary {
  readonly version: number;
  readonly publishedAt: string;
  readonly by: string;
  readonly approvedBy: string | null;
  readonly note: string | null;
  readonly restores: number | null;
}

export type VersionView = VersionSummary & {
  readonly document: unknown;
  /** As it was written; what came as JSON is written as YAML. */
  readonly text: string;
  readonly words: PolicyInWords;
};

export interface DraftSummary {
  readonly id: string;
  /** Raised by every change. */
  readonly revision: number;
  readonly state: 'open' | 'scheduled' | 'published' | 'discarded';
  readonly note: string | null;
  readonly authors: readonly string[];
  readonly approvedBy: string | null;
  /** What trying its text on the past said, in short; null: it was not tried. */
  readonly simulation: SimulationInShort | null;
  readonly publishAt: string | null;
  /** The version it became. */
  readonly version: number | null;
  /** Why it did not go live when it was to. */
  readonly refusal: string | null;
  readonly changedAt: string;
}

export type DraftView = DraftSummary & {
  readonly text: string;
  readonly findings: readonly FindingView[];
  /** What is different from the live version; empty where the draft cannot be read. */
  readonly changes: readonly PolicyChange[];
  /** What keeps it from going live: `correction`, `clean_check`, `simulation`, `approval`. */
  readonly needs: readonly DraftNeed[];
};

export type DraftNeed = 'correction' | 'clean_check' | 'simulation' | 'approval';

/** As it is kept; `at` is ISO 8601. */
export type SimulationInShort = Omit<DraftSimulation, 'at'> & { readonly at: string };

export interface FindingView {
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: string;
  readonly field: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}
