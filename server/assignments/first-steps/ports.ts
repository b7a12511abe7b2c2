/** What the first steps need of the database. Implemented in `storage/directory`. */
import type { RecordRef, Vendor } from '../types.ts';

/** Somebody a connection told of, with the rep they were matched to. */
export interface KnownPerson {
  readonly connectionId: string;
  readonly vendor: Vendor;
  readonly externalId: string;
  /** Lower case; null: not told. */
  readonly email: string | null;
  readonly name: string | null;
  readonly repId: string | null;
  /** `type` (`PERSON`, `QUEUE`), `teams`, `members`, `managerId`, `times` and whatever else the vendor tells. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Everybody the connections told of. */
export interface KnownPeople {
  /** Of connections that are not disconnected, in the order those were made. */
  readonly list: (tenantId: string) => Promise<readonly KnownPerson[]>;
  /** Those of disconnected connections, too. */
  readonly ever: (tenantId: string) => Promise<readonly KnownPerson[]>;
}

/** Whom an administrator said to be no rep. Addresses in lower case. */
export interface NoReps {
  readonly list: (tenantId: string) => Promise<readonly string[]>;
  readonly add: (
    tenantId: string,
    said: { readonly emails: readonly string[]; readonly by: string; readonly at: number },
  ) => Promise<void>;
  readonly remove: (tenantId: string, emails: readonly string[]) => Promise<void>;
}

/** A lead decided for the log only whose record is looked at for its owner. */
export interface WatchedLead {
  readonly leadId: string;
  readonly record: RecordRef;
  /** Epoch milliseconds. */
  readonly decidedAt: number;
  /** As last seen; null: nobody. */
  readonly ownerId: string | null;
  readonly ownedAt: number | null;
  readonly looks: number;
}

/** What a look at a lead's record saw. `lookAt` null: it is settled. */
export interface SeenOwner {
  readonly leadId: string;
  readonly ownerId: string | null;
  readonly ownedAt: number | null;
  readonly lookAt: number | null;
}

/** A lead with what was decided of it for the log, and who owns it in its CRM. */
export interface ComparedLead {
  readonly leadId: string;
  readonly decisionId: string;
  readonly decidedAt: number;
  readonly connectionId: string;
  readonly ownerId: string | null;
  readonly ownedAt: number | null;
  readonly settled: boolean;
  readonly vendor: Vendor;
  /** Millionths of the lead that each member was owed; null: no turns moved, or several were asked. */
  readonly shares: Readonly<Record<string, number>> | null;
  readonly poolId: string | null;
  /** The rep the decision chose; null: nobody was there to take it, or several were asked. */
  readonly repId: string | null;
  /** null: not known, or not asked for. */
  readonly person: { readonly name: string | null; readonly company: string | null } | null;
}

/** What was decided for the log only, beside the owners its records got. */
export interface Comparisons {
  /** Begins to watch the records of leads decided for the log since it was last asked; how many. */
  readonly begin: (tenantId: string, connectionId: string) => Promise<number>;
  /** Those due, the longest due first. */
  readonly due: (
    tenantId: string,
    asked: { readonly connectionId: string; readonly now: number; readonly limit: number },
  ) => Promise<readonly WatchedLead[]>;
  readonly note: (tenantId: string, seen: readonly SeenOwner[]) => Promise<void>;
  /** Those decided since an instant, in order, at most `limit` of the latest; who the lead is of the latest `named`. */
  readonly list: (
    tenantId: string,
    asked: { readonly since: number; readonly limit: number; readonly named: number },
  ) => Promise<readonly ComparedLead[]>;
  /** Differs once any of those decided since an instant does. */
  readonly mark: (tenantId: string, since: number) => Promise<string>;
  /** Leads that somebody owns, or that are settled without. */
  readonly count: (tenantId: string) => Promise<number>;
}

/** How far a workspace is. */
export interface WorkspaceState {
  readonly name: string;
  readonly mode: 'live' | 'log_only';
  /** The live policy's; 0: none. */
  readonly policyVersion: number;
  /** Whether a lead was ever decided. */
  readonly decided: boolean;
}

export type ReadWorkspace = (tenantId: string) => Promise<WorkspaceState>;
