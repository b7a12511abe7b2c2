/** What installs need of the database. Implemented in `storage/directory/connections`. */
import type { LeaveStep } from '../assignments/leave-ports.ts';
import type { ConnectionInfo } from '../assignments/ports.ts';
import type { Vendor } from '../assignments/types.ts';

/** A connection with its sealed tokens. */
export interface ConnectionRow extends ConnectionInfo {
  /** Sealed; null: none. */
  readonly tokens: string | null;
  /** Rises each time the account is connected anew. */
  readonly generation: number;
  /** null: nothing is left to do for an account that was disconnected, or it was not. */
  readonly leaving: Leaving | null;
}

/** What is left to do for an account that was disconnected. Its tokens are kept, sealed, while that is tried. */
export interface Leaving {
  /** Who disconnected it. */
  readonly by: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** `leads`: its open leads are still to be ended. */
  readonly left: readonly (LeaveStep | 'leads')[];
  /** Those of them that only a person can do. */
  readonly byHand: readonly LeaveStep[];
  readonly attempts: number;
}

export interface ConnectionToStore {
  readonly id: string;
  readonly tenantId: string;
  readonly vendor: Vendor;
  readonly externalId: string;
  readonly name: string;
  readonly scopes: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly tokens: string | null;
  /** Epoch milliseconds; null: they do not expire. */
  readonly tokensExpireAt: number | null;
}

/** Installed CRM accounts and Slack workspaces. */
export interface ConnectionStore {
  readonly byId: (id: string) => Promise<ConnectionRow | null>;
  readonly byAccount: (vendor: Vendor, externalId: string) => Promise<ConnectionRow | null>;
  /** In the order they were made. */
  readonly list: (tenantId: string) => Promise<readonly ConnectionRow[]>;
  /** Those in use, of every tenant, in the order they were made. */
  readonly listActive: () => Promise<readonly ConnectionRow[]>;
  /**
   * Adds a connection, or connects the same account of the same tenant anew. null: another tenant has it, and has not
   * disconnected it, or its vendor is still being told.
   */
  readonly put: (connection: ConnectionToStore) => Promise<ConnectionRow | null>;
  /**
   * The vendor took the account back: its tokens are deleted. Only while it was not connected anew, its tokens are those
   * (where named), and it did not end before. Returns whether it did now.
   */
  readonly end: (
    ended: Pick<ConnectionRow, 'id' | 'generation'> & { readonly tokens?: string },
    status: 'needs_reconnecting' | 'uninstalled',
  ) => Promise<boolean>;
  /** Disconnects an account, unless it is, or was connected anew; `leaving` is due at once. Returns whether it did. */
  readonly leave: (row: Pick<ConnectionRow, 'id' | 'generation'>, leaving: Leaving) => Promise<boolean>;
  /**
   * Keeps what is left to do, unless the account was connected anew. `dueAt`: when it is tried again, in epoch
   * milliseconds; null: no more, and its tokens are deleted.
   */
  readonly keepLeaving: (
    row: Pick<ConnectionRow, 'id' | 'generation'>,
    leaving: Leaving | null,
    dueAt: number | null,
  ) => Promise<void>;
  /** Disconnected accounts with something to do by now. */
  readonly leavingDue: (now: number) => Promise<readonly ConnectionRow[]>;
  /** The same tokens under another seal, only while they read as they did. */
  readonly reseal: (id: string, from: string, to: string) => Promise<boolean>;
  /**
   * Stores refreshed tokens, and settings the vendor told anew beside the others, unless the account was connected anew
   * meanwhile, or ended and has none any more: then false.
   */
  readonly setTokens: (
    id: string,
    generation: number,
    tokens: string,
    expireAt: number | null,
    settings?: Readonly<Record<string, unknown>>,
  ) => Promise<boolean>;
}
