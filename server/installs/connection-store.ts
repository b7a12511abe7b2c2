/** What installs need of the database. Implemented in `storage/directory/connections`. */
import type { ConnectionInfo } from '../assignments/ports.ts';
import type { Vendor } from '../assignments/types.ts';

/** A connection with its sealed tokens. */
export interface ConnectionRow extends ConnectionInfo {
  /** Sealed; null: none. */
  readonly tokens: string | null;
  /** Rises each time the account is connected anew. */
  readonly generation: number;
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
  /** Adds a connection, or connects the same account of the same tenant anew. null: another tenant has it. */
  readonly put: (connection: ConnectionToStore) => Promise<ConnectionRow | null>;
  /** `generation`: only while it is still that one. Returns whether it was changed. */
  readonly setStatus: (id: string, status: ConnectionInfo['status'], generation?: number) => Promise<boolean>;
  /** The same tokens under another seal, only while they read as they did. */
  readonly reseal: (id: string, from: string, to: string) => Promise<boolean>;
  /**
   * Stores refreshed tokens, and settings the vendor told anew beside the others, unless the account was connected anew
   * meanwhile: then false.
   */
  readonly setTokens: (
    id: string,
    generation: number,
    tokens: string,
    expireAt: number | null,
    settings?: Readonly<Record<string, unknown>>,
  ) => Promise<boolean>;
}
