import { sql } from 'kysely';
import type { Lease, Leases } from '../../assignments/delivery-ports.ts';
import { inMs } from '../directory/ends-by-itself.ts';
import type { Storage } from '../storage.ts';

/** Leases of one process, known by `holder`. The epoch of a name only ever rises, also over a release. */
export const createLeases = (storage: Storage, holder: string): Leases => ({
  acquire: (name, ttlMs) =>
    storage.directory(async (trx) => {
      const taken = await trx
        .insertInto('lease')
        .values({ name, holder, epoch: 1, expires_at: inMs(ttlMs) })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ holder, epoch: sql`lease.epoch + 1`, expires_at: inMs(ttlMs) })
            .where('lease.expires_at', '<=', sql<Date>`now()`),
        )
        .returning('epoch')
        .executeTakeFirst();
      return taken ? { name, holder, epoch: taken.epoch } : null;
    }),

  renew: (lease, ttlMs) =>
    storage.directory(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('lease')
        .set({ expires_at: inMs(ttlMs) })
        .where('name', '=', lease.name)
        .where('holder', '=', lease.holder)
        .where('epoch', '=', lease.epoch)
        .where('expires_at', '>', sql<Date>`now()`)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    }),

  release: (lease) =>
    storage.directory(async (trx) => {
      // The row stays, ended: its epoch must go on rising.
      await trx
        .updateTable('lease')
        .set({ expires_at: sql<Date>`now()` })
        .where('name', '=', lease.name)
        .where('holder', '=', lease.holder)
        .where('epoch', '=', lease.epoch)
        .execute();
    }),
});

/** Whether a lease still stands, as seen by the transaction that it guards. */
export const leaseStands = async (
  trx: Parameters<Parameters<Storage['withTenant']>[1]>[0],
  lease: Lease,
): Promise<boolean> => {
  const row = await trx
    .selectFrom('lease')
    .select('epoch')
    .where('name', '=', lease.name)
    .where('holder', '=', lease.holder)
    .where('epoch', '=', lease.epoch)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return row !== undefined;
};
