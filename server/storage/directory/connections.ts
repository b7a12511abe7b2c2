import { type Selectable, sql } from 'kysely';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { Vendor } from '../../assignments/types.ts';
import type { ConnectionRow, ConnectionStore, ConnectionToStore } from '../../installs/connection-store.ts';
import type { Schema } from '../schema.ts';
import type { Storage } from '../storage.ts';

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
  listActive: () =>
    storage.directory(async (trx) => {
      const rows = trx
        .selectFrom('connection')
        .selectAll()
        .where('status', '=', 'active')
        // Nothing is read or listened to for a workspace that is to be deleted.
        .where(({ eb, selectFrom }) =>
          eb('tenant_id', 'not in', selectFrom('tenant').select('id').where('deletes_at', 'is not', null)),
        );
      return (await rows.orderBy('created_at').orderBy('id').execute()).map(toRow);
    }),
  setStatus: (id, status, generation) =>
    storage.directory(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('connection')
        .set({ status })
        .where('id', '=', id)
        .$if(generation !== undefined, (update) => update.where('generation', '=', generation!))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    }),
  reseal: (id, from, to) =>
    storage.directory(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('connection')
        .set({ tokens: to })
        .where('id', '=', id)
        .where('tokens', '=', from)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    }),
  setTokens: (id, generation, tokens, expireAt, settings) =>
    storage.directory(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('connection')
        .set({
          tokens,
          token_expires_at: instantOrNull(expireAt),
          ...(settings && { settings: sql`settings || ${JSON.stringify(settings)}::jsonb` }),
        })
        .where('id', '=', id)
        .where('generation', '=', generation)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    }),
});
