import { sql } from 'kysely';
import type { Vendor } from '../../assignments/types.ts';
import type { InstallStore } from '../../installs/oauth/install-store.ts';
import type { Storage } from '../storage.ts';
import { inMs, standing } from './ends-by-itself.ts';

/** Installs under way in the directory. What is over is cleared away as others come. */
export const createInstallStore = (storage: Storage): InstallStore => ({
  putUnderWay: (hash, { tenantId, ...install }, lastsMs) =>
    storage.directory(async (trx) => {
      await trx.deleteFrom('install').where('expires_at', '<=', sql<Date>`now()`).execute();
      await trx
        .insertInto('install')
        .values({ hash, tenant_id: tenantId, ...install, expires_at: inMs(lastsMs) })
        .execute();
    }),
  takeUnderWay: (hash) =>
    storage.directory(async (trx) => {
      const row = await trx
        .deleteFrom('install')
        .where('hash', '=', hash)
        .returning(['tenant_id', 'vendor', 'browser', 'details', standing.as('standing')])
        .executeTakeFirst();
      if (!row?.standing) return null;
      const { tenant_id: tenantId, browser, details } = row;
      return { tenantId, vendor: row.vendor as Vendor, browser, details };
    }),
  park: (hash, account, lastsMs) =>
    storage.directory(async (trx) => {
      await trx.deleteFrom('parked_install').where('expires_at', '<=', sql<Date>`now()`).execute();
      await trx
        .insertInto('parked_install')
        .values({ hash, ...account, expires_at: inMs(lastsMs) })
        .execute();
    }),
  parked: (hash) =>
    storage.directory(async (trx) => {
      const row = await trx
        .selectFrom('parked_install')
        .select(['vendor', 'account'])
        .where('hash', '=', hash)
        .where(standing)
        .executeTakeFirst();
      return row ? { vendor: row.vendor as Vendor, account: row.account } : null;
    }),
  takeParked: (hash) =>
    storage.directory(async (trx) => {
      const row = await trx
        .deleteFrom('parked_install')
        .where('hash', '=', hash)
        .returning(['vendor', 'account', standing.as('standing')])
        .executeTakeFirst();
      return row?.standing ? { vendor: row.vendor as Vendor, account: row.account } : null;
    }),
});
