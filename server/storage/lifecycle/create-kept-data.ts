import type { Erasure, KeptData } from '../../assignments/lifecycle/ports.ts';
import { retentionOf } from '../../assignments/lifecycle/retention.ts';
import type { Storage, Trx } from '../storage.ts';
import { leadsOf, oldLeads } from './find-leads.ts';
import { prune } from './prune.ts';
import { pruneDirectory } from './prune-directory.ts';

const readRetention = async (trx: Trx, tenantId: string) => {
  const row = await trx
    .selectFrom('lane')
    .select(['retention', 'retained_at'])
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst();
  return { retention: retentionOf(row?.retention ?? {}), lastRoundAt: row?.retained_at?.getTime() ?? null };
};

const noteErasure = async (trx: Trx, tenantId: string, erasure: Erasure): Promise<void> => {
  const { id, by, because, leads } = erasure;
  const removed = JSON.stringify(erasure.removed);
  await trx
    .insertInto('erasure')
    .values({ tenant_id: tenantId, id, at: new Date(erasure.at), asked_by: by, because, leads, removed })
    // Its leads are there already, counted as they were erased.
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet({ removed }))
    .execute();
};

/** What is kept of a tenant, in its own rows; and the directory's. */
export const createKeptData = (storage: Storage): KeptData => ({
  retention: (tenantId) =>
    storage.withTenant(tenantId, async (trx) => (await readRetention(trx, tenantId)).retention),
  setRetention: (tenantId, retention) =>
    storage.withTenant(tenantId, async (trx) => {
      await trx
        .updateTable('lane')
        .set({ retention: JSON.stringify(retention) })
        .where('tenant_id', '=', tenantId)
        .execute();
    }),
  leadsOf: (tenantId, person) => storage.withTenant(tenantId, (trx) => leadsOf(trx, tenantId, person)),
  oldLeads: (tenantId, asked, limit) =>
    storage.withTenant(tenantId, (trx) => oldLeads(trx, tenantId, asked, limit)),
  prune: (tenantId, before, most) =>
    storage.withTenant(tenantId, (trx) => prune(trx, tenantId, before, most)),
  pruneDirectory: () => storage.directory(pruneDirectory),
  roundMade: (tenantId, at, erasure) =>
    storage.withTenant(tenantId, async (trx) => {
      await trx
        .updateTable('lane')
        .set({ retained_at: new Date(at) })
        .where('tenant_id', '=', tenantId)
        .execute();
      if (erasure !== null) await noteErasure(trx, tenantId, erasure);
    }),
  erasures: (tenantId, limit) =>
    storage.withTenant(tenantId, async (trx) => {
      const { lastRoundAt } = await readRetention(trx, tenantId);
      const rows = await trx
        .selectFrom('erasure')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      const erasures = rows.map(({ id, at, asked_by: by, because, leads, removed }) => ({
        ...{ id, at: at.getTime(), by, because, leads, removed },
      }));
      return { lastRoundAt, erasures };
    }),
});
