/** What the life of a tenant's data needs of the world: how long it is kept, its export, its end. Implemented in `storage/lifecycle`. */
import type { RecordRef } from '../types.ts';

/** How long things are kept, in whole days; null: as long as the workspace. */
export interface Retention {
  /** Personal data of leads that are closed. */
  readonly closedLeadsDays: number | null;
  /** Personal data of leads whose record was deleted in its CRM: until no recycle bin holds it any more. */
  readonly deletedLeadsDays: number | null;
  /** Deliveries that have ended, closed alerts, and events that could not be worked on. */
  readonly deliveriesDays: number;
  /** Replies kept for requests that are repeated. */
  readonly repliesDays: number;
}

/** Why personal data was erased: somebody here asked for it, a CRM told of it, or its time was over. */
export type ErasedBecause = 'asked' | 'vendor' | 'retention';

/** That personal data was erased, without whose. `at` in epoch milliseconds. */
export interface Erasure {
  readonly id: string;
  readonly at: number;
  readonly by: string;
  readonly because: ErasedBecause;
  readonly leads: number;
  /** Other rows that went, by table. */
  readonly removed: Readonly<Record<string, number>>;
}

/** A person whose data is to be erased: by e-mail address, or by a record of theirs. */
export type PersonAsked = { readonly email: string } | { readonly record: RecordRef };

/** Which closed leads are old enough: epoch milliseconds; null: none. */
export interface OldLeads {
  readonly closedBefore: number | null;
  readonly deletedBefore: number | null;
}

/** What of a tenant is kept, and for how long. */
export interface KeptData {
  readonly retention: (tenantId: string) => Promise<Retention>;
  readonly setRetention: (tenantId: string, retention: Retention) => Promise<void>;
  /** The leads of a person that hold personal data: by an address wherever it stands, or by a record and its addresses. */
  readonly leadsOf: (tenantId: string, person: PersonAsked) => Promise<readonly string[]>;
  /** Closed leads that hold personal data for too long, the oldest first. */
  readonly oldLeads: (tenantId: string, asked: OldLeads, limit: number) => Promise<readonly string[]>;
  /** Removes some of what has ended before these instants; how many of each table. Called until there is nothing more. */
  readonly prune: (
    tenantId: string,
    before: { readonly deliveries: number; readonly replies: number },
    most: number,
  ) => Promise<Readonly<Record<string, number>>>;
  /** Likewise of what belongs to no tenant yet, or to none any more. */
  readonly pruneDirectory: () => Promise<void>;
  /** Notes that the round was made, and what it removed; nothing: only that it was made. */
  readonly roundMade: (tenantId: string, at: number, erasure: Erasure | null) => Promise<void>;
  /** When the last round was made (null: none was), and what was erased, the latest first. */
  readonly erasures: (
    tenantId: string,
    limit: number,
  ) => Promise<{ readonly lastRoundAt: number | null; readonly erasures: readonly Erasure[] }>;
}

/** A workspace that is to be deleted. Epoch milliseconds. */
export interface Deletion {
  readonly askedAt: number;
  readonly askedBy: string;
  readonly deletesAt: number;
}

export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** null: it stays. */
  readonly deletion: Deletion | null;
}

/** The end of tenants. Their instants are the database's. */
export interface Workspaces {
  readonly find: (tenantId: string) => Promise<Workspace | null>;
  /** Asks for the deletion, unless it is asked for. */
  readonly askDeletion: (tenantId: string, by: string, graceMs: number) => Promise<void>;
  /** Takes it back; false: there was nothing to take back any more. */
  readonly takeBack: (tenantId: string) => Promise<boolean>;
  /** Those whose time has come, and since how many milliseconds. */
  readonly due: () => Promise<readonly { readonly tenantId: string; readonly overdueMs: number }[]>;
  /** Removes every row of one whose time has come, some thousand at a time. */
  readonly remove: (tenantId: string) => Promise<void>;
}

/** Ends a tenant's accounts at their vendors. */
export interface Departures {
  /** Disconnects every account that is not; whether nothing of it is left to be tried. */
  readonly leaveAll: (tenantId: string, by: string) => Promise<boolean>;
}

/** Everything of a tenant, as lines of JSON. */
export interface Exports {
  /**
   * Writes the export to a file of its own, a page at a time, and gives its lines from there: nobody waits for it, or for
   * whoever takes them slowly. What is given is a stream: it is to be read or destroyed. Throws AppError `workspace_closing`.
   */
  readonly open: (tenantId: string) => Promise<AsyncIterable<Uint8Array>>;
}
