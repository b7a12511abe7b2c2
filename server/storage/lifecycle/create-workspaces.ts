import { sql } from 'kysely';
import type { Workspaces } from '../../assignments/lifecycle/ports.ts';
import { inMs } from '../directory/ends-by-itself.ts';
import type { Storage } from '../storage.ts';

/** Rows that one transaction removes. */
const AT_ONCE = 5_000;

/** The end of tenants, in the directory. What removes rows is `remove_tenant` of the database: see data-lifecycle.sql. */
export const createWorkspaces = (storage: Storage): Workspaces => ({
  find: (tenantId) =>
    storage.directory(async (trx) => {
      const row = await trx.selectFrom('tenant').selectAll().where('id', '=', tenantId).executeTakeFirst();
      if (row === undefined) return null;
      const { id, name, deletion_asked_at: askedAt, deletion_asked_by: askedBy, deletes_at: deletesAt } = row;
      if (askedAt === null || deletesAt === null) return { id, name, deletion: null };
      const deletion = {
        askedAt: askedAt.getTime(),
        askedBy: askedBy ?? '',
        deletesAt: deletesAt.getTime(),
      };
      return { id, name, deletion };
    }),
  askDeletion: (tenantId, by, graceMs) =>
    storage.directory(async (trx) => {
      await trx
        .updateTable('tenant')
        .set({
          deletion_asked_at: sql<Date>`coalesce(deletion_asked_at, now())`,
          deletion_asked_by: sql<string>`coalesce(deletion_asked_by, ${by})`,
          // Asked for again it may come sooner, and never later.
          deletes_at: sql<Date>`least(deletes_at, ${inMs(graceMs)})`,
        })
        .where('id', '=', tenantId)
        .execute();
    }),
  takeBack: (tenantId) =>
    storage.directory(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('tenant')
        .set({ deletion_asked_at: null, deletion_asked_by: null, deletes_at: null })
        .where('id', '=', tenantId)
        .where('deletes_at', '>', sql<Date>`now()`)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    }),
  due: () =>
    storage.directory(async (trx) => {
      const found = await sql<{ id: string; overdue: number }>`
        select id, extract(epoch from now() - deletes_at)::float8 * 1000 as overdue
        from tenant where deletes_at <= now() order by deletes_at, id`.execute(trx);
      return found.rows.map(({ id, overdue }) => ({ tenantId: id, overdueMs: overdue }));
    }),
  remove: async (tenantId) => {
    for (let removed = 1; removed > 0; )
      removed = await storage.directory(async (trx) => {
        const found = await sql<{ n: number }>`select remove_tenant(${tenantId}, ${AT_ONCE}) as n`.execute(
          trx,
        );
        return found.rows[0]?.n ?? 0;
      });
  },
});
