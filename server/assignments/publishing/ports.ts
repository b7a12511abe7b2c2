import type { PolicyProblem } from '../../routing/policy/problems.ts';

/** How versions go live in a tenant. */
export interface PublishingRules {
  /** How many people besides its authors have to approve a draft: none or one. */
  readonly approvals: 0 | 1;
  /** Whether warnings of the check keep a policy from going live, as errors always do. */
  readonly cleanCheck: boolean;
  /** Whether a draft has to be tried on the past before it goes live. */
  readonly simulation: boolean;
}

/** What a simulation said of a draft's text beside the live policy, in short. */
export interface DraftSimulation {
  readonly by: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly days: number;
  /** Leads that were tried. */
  readonly leads: number;
  /** Of them those that go to somebody else; null: no policy was live. */
  readonly moved: number | null;
  /** Leads that did not find anybody at once. */
  readonly waited: number;
  /** Leads without a rep at the end: those that still wait, and those in queues. */
  readonly unowned: number;
  /** The furthest anybody was from what they were owed, over all pools. Millionths of a lead. */
  readonly worstLag: number;
}

/** A policy that is not live yet. Instants are epoch milliseconds. */
export interface StoredDraft {
  readonly id: string;
  /** Raised by every change: an approval or a publish of another revision is refused. */
  readonly revision: number;
  readonly state: 'open' | 'scheduled' | 'published' | 'discarded';
  /** YAML or JSON, as it was written. */
  readonly source: string;
  readonly note: string | null;
  /** Everybody who wrote it. */
  readonly authors: readonly string[];
  readonly approvedBy: string | null;
  readonly approvedAt: number | null;
  /** null: this text was not tried on the past. */
  readonly simulation: DraftSimulation | null;
  /** When it goes live; null: when somebody says so. */
  readonly publishAt: number | null;
  /** Who had it scheduled. */
  readonly askedBy: string | null;
  /** The version it became. */
  readonly version: number | null;
  /** Why it did not go live when it was to. */
  readonly refusal: string | null;
  readonly createdAt: number;
  readonly changedAt: number;
}

export type DraftChange = Partial<
  Omit<StoredDraft, 'id' | 'revision' | 'version' | 'createdAt' | 'changedAt'>
>;

/** A tenant's drafts. Implemented in `storage`. */
export interface PolicyDrafts {
  readonly add: (tenantId: string, draft: StoredDraft) => Promise<void>;
  readonly find: (tenantId: string, id: string) => Promise<StoredDraft | null>;
  /** Those that are open or scheduled, the one changed last first. */
  readonly list: (tenantId: string) => Promise<readonly StoredDraft[]>;
  /** Scheduled ones whose time has come, the earliest first. */
  readonly due: (tenantId: string, now: number) => Promise<readonly StoredDraft[]>;
  /** Changes the draft and raises its revision; false: it is not of this revision any more. */
  readonly change: (
    tenantId: string,
    draft: StoredDraft,
    change: DraftChange,
    at: number,
  ) => Promise<boolean>;
}

/** A published version, without what it says. */
export interface PolicyVersion {
  readonly version: number;
  readonly publishedAt: number;
  readonly by: string;
  readonly approvedBy: string | null;
  readonly note: string | null;
  /** The version it went back to. */
  readonly restores: number | null;
}

/** One thing the check has to say about a policy. */
export interface PolicyFinding {
  readonly severity: 'error' | 'warning' | 'info';
  /** lower_snake. */
  readonly code: string;
  /** JSON pointer into the document. */
  readonly field: string;
  readonly path: PolicyProblem['path'];
  readonly message: string;
}

/** YAML or JSON text, read. */
export type ReadText =
  | {
      readonly ok: true;
      readonly document: unknown;
      /** The line (from 1) at which a path of the document stands; the nearest there is. */
      readonly lineOf: (path: PolicyProblem['path']) => number;
    }
  | { readonly ok: false; readonly problems: readonly { readonly line: number; readonly message: string }[] };
