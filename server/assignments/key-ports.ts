import type { Permission } from '../base/permissions.ts';

/** An API key, without its secrets. Instants are ISO 8601 in UTC. */
export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  readonly state: 'active' | 'expired' | 'revoked';
  readonly scopes: readonly Permission[];
  /** null: made before that was kept, or set as BOOTSTRAP_API_KEY. */
  readonly madeBy: string | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  /** To within some minutes; null: never. */
  readonly lastUsedAt: string | null;
  /** Those that still serve, the newest first: two while one replaces the other. */
  readonly secrets: readonly {
    /** The first characters, by which people tell keys apart; null: not kept. */
    readonly prefix: string | null;
    readonly createdAt: string;
    /** null: with the key. */
    readonly endsAt: string | null;
  }[];
}

export interface NewApiKey {
  readonly tenantId: string;
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly madeBy: string;
  /** ISO 8601; null: it does not expire. */
  readonly expiresAt: string | null;
}

/** Keys of the HTTP API, as those who administer see them. */
export interface ApiKeys {
  /** Newest first, revoked ones too: the audit log names them. */
  readonly list: (tenantId: string) => Promise<readonly ApiKeyView[]>;
  /** Makes a key: `fl_` and 32 random bytes. It cannot be shown again. null: a key has or had that name. */
  readonly create: (key: NewApiKey) => Promise<{ readonly id: string; readonly key: string } | null>;
  /**
   * Another secret for the same key, which `by` is shown; those before end after `overlapMs`. null: there is no such key,
   * or it is revoked.
   */
  readonly rotate: (
    tenantId: string,
    id: string,
    asked: { readonly by: string; readonly overlapMs: number },
  ) => Promise<string | null>;
  /** Ends a key. false: there is no such key, or it was revoked before. */
  readonly revoke: (tenantId: string, id: string) => Promise<boolean>;
}

/** Who stands behind whom. */
export interface KeyHolders {
  /**
   * Everybody who can act as a caller: the caller, and where that is a key whoever made it or replaced its secret, and
   * whoever is behind those.
   */
  readonly behind: (tenantId: string, subject: string) => Promise<ReadonlySet<string>>;
}
