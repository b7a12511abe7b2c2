/** What is kept of a tenant's settings, policies and people besides the lane's own rows. Implemented in `storage`. */
import type { StoredPolicy } from './lane-store.ts';
import type { PersonTimes } from './person-times.ts';
import type { ConnectionInfo } from './ports.ts';
import type { PolicyVersion, PublishingRules, StoredDraft } from './publishing/ports.ts';

/** The versions of a tenant's policy. One is live; none is ever changed. */
export interface Policies {
  /** Stores a document as the next version and makes it the live one. */
  readonly publish: (tenantId: string, policy: NewPolicy) => Promise<number>;
  /** null: nothing was published yet. */
  readonly live: (tenantId: string) => Promise<StoredPolicy | null>;
  readonly version: (tenantId: string, version: number) => Promise<PolicyText | null>;
  /** The newest first, at most `limit` of them. */
  readonly history: (tenantId: string, limit: number) => Promise<readonly PolicyVersion[]>;
  /** How versions go live. */
  readonly rules: (tenantId: string) => Promise<PublishingRules>;
}

/** A version with all that was said of it. */
export type PolicyText = StoredPolicy & PolicyVersion & { readonly source: string | null };

export interface NewPolicy {
  /** As it was written: what the console edits. */
  readonly document: unknown;
  readonly hash: string;
  readonly by: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The text it was written as; null: it came as JSON. */
  readonly source: string | null;
  readonly note?: string | null;
  readonly approvedBy?: string | null;
  /** The version it goes back to. */
  readonly restores?: number;
  /** The draft that becomes it, as it was read: changed meanwhile, nothing is published (AppError `conflict`). */
  readonly draft?: Pick<StoredDraft, 'id' | 'revision'>;
}

/** A tenant's directory of reps. */
export interface Reps {
  /**
   * Replaces the directory. A rep who is not in it any more is kept as inactive, by id and name only; people in the
   * connections are matched to the reps anew.
   */
  readonly replace: (tenantId: string, reps: readonly NewRep[]) => Promise<void>;
  /** The active reps' documents, in id order. */
  readonly list: (tenantId: string) => Promise<readonly RepRow[]>;
}

export interface NewRep {
  readonly id: string;
  readonly name: string;
  /** As it was written. */
  readonly document: unknown;
}

export interface RepRow {
  readonly id: string;
  readonly email: string | null;
  readonly document: unknown;
}

/** How a tenant's lane works. */
export interface LaneSettings {
  readonly change: (
    tenantId: string,
    settings: {
      readonly mode?: 'live' | 'log_only';
      readonly paused?: boolean;
      readonly publishing?: PublishingRules;
    },
  ) => Promise<void>;
}

/** A person of a CRM or Slack, who may be a rep. `kind`: `owner` for a CRM's owner id, `user` for a Slack user id. */
export interface Person {
  readonly kind: string;
  readonly externalId: string;
  /** null: not told. */
  readonly email: string | null;
  readonly name: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
  /** When they work and when they are out of office, where a CRM knows: decisions go by it. */
  readonly times?: PersonTimes;
}

/** Reads the people of one vendor's connections. Implemented in `crm` and `slack`. */
export interface DirectoryReader {
  readonly vendor: string;
  /** Absent: a change of people, their hours or time off is not pushed, so they are imported by the hour. */
  readonly pushesChanges?: true;
  /** `repEmails`: whom to look for, where the vendor can only be asked about one at a time. */
  readonly read: (
    connection: Pick<ConnectionInfo, 'id' | 'externalId' | 'settings'>,
    repEmails: readonly string[],
  ) => Promise<readonly Person[]>;
}

/** Who the reps are in each connection. */
export interface RepIdentities {
  /** Replaces what is known of a connection's people. Returns the rep each was matched to by e-mail, or null. */
  readonly replace: (
    tenantId: string,
    connectionId: string,
    people: readonly Person[],
  ) => Promise<readonly { readonly person: Person; readonly repId: string | null }[]>;
}
