import type { Selectable } from 'kysely';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { Vendor } from '../../assignments/types.ts';
import type { Schema } from '../schema.ts';
import type { Storage } from '../storage.ts';

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
  /** Adds a connection, or connects the same account of the same tenant anew. null: another tenant has it. */
  readonly put: (connection: ConnectionToStore) => Promise<ConnectionRow | null>;
  readonly setStatus: (id: string, status: ConnectionInfo['status']) => Promise<void>;
  /** Stores refreshed tokens, unless the account was connected anew meanwhile: then false. */
  readonly setTokens: (
    id: string,
    generation: number,
    tokens: string,
    expireAt: number | null,
  ) => Promise<boolean>;
}

const toRow = (row: Selectable<Schema['connection']>): ConnectionRow => ({
  id: row.id,
  tenantId: row.tenant_id,
  vendor: row.vendor as Vendor,
  externalId: row.external_id,
  name: row.name,
  status: row.status as ConnectionInfo['status'],
  settings: row.settings,
  tokens: row.tokens,
  generation: row.generation,
});

const toRowOrNull = (row: Selectable<Schema['connection']> | undefined): ConnectionRow | null =>
  row === undefined ? null : toRow(row);

const instantOrNull = (at: number | null): Date | null => (at === null ? null : new Date(at));

const put = (storage: Storage, given: ConnectionToStore): Promise<ConnectionRow | null> =>
  storage.directory(async (trx) => {
    const fresh = {
      name: given.name,
      scopes: given.scopes,
      settings: JSON.stringify(given.settings),
      tokens: given.tokens,
      token_expires_at: instantOrNull(given.tokensExpireAt),
    };
    const { id, tenantId, vendor, externalId } = given;
    const row = await trx
      .insertInto('connection')
      .values({ id, tenant_id: tenantId, vendor, external_id: externalId, ...fresh })
      .onConflict((conflict) =>
        conflict
          .columns(['vendor', 'external_id'])
          .doUpdateSet(({ eb }) => ({
            ...fresh,
            status: 'active',
            generation: eb('connection.generation', '+', 1),
          }))
          .where('connection.tenant_id', '=', tenantId),
      )
      .returningAll()
      .executeTakeFirst();
    return toRowOrNull(row);
  });

export const createConnectionStore = (storage: Storage): ConnectionStore => ({
  put: (given) => put(storage, given),
  byId: (id) =>
    storage.directory(async (trx) =>
      toRowOrNull(await trx.selectFrom('connection').selectAll().where('id', '=', id).executeTakeFirst()),
    ),
  byAccount: (vendor, externalId) =>
    storage.directory(async (trx) => {
      const account = trx
        .selectFrom('connection')
        .selectAll()
        .where('vendor', '=', vendor)
        .where('external_id', '=', externalId);
      return toRowOrNull(await account.executeTakeFirst());
    }),
  list: (tenantId) =>
    storage.directory(async (trx) => {
      const rows = trx.selectFrom('connection').selectAll().where('tenant_id', '=', tenantId);
      return (await rows.orderBy('created_at').orderBy('id').execute()).map(toRow);
    }),
  setStatus: async (id, status) => {
    await storage.directory((trx) =>
      trx.updateTable('connection').set({ status }).where('id', '=', id).execute(),
    );
  },
  setTokens: (id, generation, tokens, expireAt) =>
    storage.directory(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('connection')
        .set({ tokens, token_expires_at: instantOrNull(expireAt) })
        .where('id', '=', id)
        .where('generation', '=', generation)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    }),
});
