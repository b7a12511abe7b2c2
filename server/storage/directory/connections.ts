import { type Selectable, sql } from 'kysely';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { Vendor } from '../../assignments/types.ts';
import type { ConnectionRow, ConnectionStore, ConnectionToStore } from '../../installs/connection-store.ts';
import type { Schema } from '../schema.ts';
import type { Storage, Trx } from '../storage.ts';

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
  scopes: row.scopes.split(' ').filter(Boolean),
  leaving: row.leaving,
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
    await letGo(trx, given);
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
            leaving: null,
            leaving_due_at: null,
          }))
          .where('connection.tenant_id', '=', tenantId),
      )
      .returningAll()
      .executeTakeFirst();
    return toRowOrNull(row);
  });

/** A tenant that has disconnected an account keeps what it was, and another may connect it. */
const letGo = async (trx: Trx, { tenantId, vendor, externalId }: ConnectionToStore): Promise<void> => {
  await trx
    .updateTable('connection')
    .set({ external_id: sql`external_id || ' until ' || to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS.US')` })
    .where('vendor', '=', vendor)
    .where('external_id', '=', externalId)
    .where('tenant_id', '<>', tenantId)
    .where('status', '=', 'disconnected')
    .where('tokens', 'is', null)
    .execute();
};

const leavings = (
  storage: Storage,
): Pick<ConnectionStore, 'end' | 'leave' | 'keepLeaving' | 'leavingDue'> => ({
  end: ({ id, generation, tokens }, status) =>
    storage.directory(async (trx) => {
      const before = status === 'uninstalled' ? ['active', 'needs_reconnecting'] : ['active'];
      const { numUpdatedRows } = await trx
        .updateTable('connection')
        .set({ status, tokens: null, token_expires_at: null })
        .where('id', '=', id)
        .where('generation', '=', generation)
        .where('status', 'in', before)
        .$if(tokens !== undefined, (update) => update.where('tokens', '=', tokens!))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    }),
  leave: ({ id, generation }, leaving) =>
    storage.directory(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('connection')
        .set({
          status: 'disconnected',
          leaving: JSON.stringify(leaving),
          leaving_due_at: new Date(leaving.at),
        })
        .where('id', '=', id)
        .where('generation', '=', generation)
        .where('status', '<>', 'disconnected')
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    }),
  keepLeaving: ({ id, generation }, leaving, dueAt) =>
    storage.directory(async (trx) => {
      await trx
        .updateTable('connection')
        .set({
          leaving: leaving && JSON.stringify(leaving),
          leaving_due_at: instantOrNull(dueAt),
          ...(dueAt === null && { tokens: null, token_expires_at: null }),
        })
        .where('id', '=', id)
        .where('generation', '=', generation)
        .where('status', '=', 'disconnected')
        .execute();
    }),
  leavingDue: (now) =>
    storage.directory(async (trx) => {
      const rows = trx.selectFrom('connection').selectAll().where('leaving_due_at', '<=', new Date(now));
      return (await rows.orderBy('leaving_due_at').execute()).map(toRow);
    }),
});

export const createConnectionStore = (storage: Storage): ConnectionStore => ({
  ...leavings(storage),
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
        // An account that ended meanwhile has none, and gets none again.
        .where('tokens', 'is not', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    }),
});
