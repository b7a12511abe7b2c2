import type { AdjustmentView } from '../../assignments/queries.ts';
import type { Trx } from '../storage.ts';
import { MILLIONTHS } from './read-overview.ts';
import type { TenantReads } from './tenant-reads.ts';

/** What people changed in a pool's ledger, newest first. Reps who are gone go by their id. */
export const readAdjustments = async (
  trx: Trx,
  tenantId: string,
  asked: { readonly pool: string; readonly limit: number },
  reads: TenantReads,
): Promise<readonly AdjustmentView[]> => {
  const rows = await trx
    .selectFrom('adjustment as a')
    .leftJoin('assignment as s', (join) =>
      join.onRef('s.tenant_id', '=', 'a.tenant_id').onRef('s.id', '=', 'a.assignment_id'),
    )
    .select(['a.id', 'a.at', 'a.rep_id', 'a.kind', 'a.amount', 'a.skip', 'a.made_by', 'a.reason'])
    .select(['a.assignment_id', 's.decision_id'])
    .where('a.tenant_id', '=', tenantId)
    .where('a.pool_id', '=', asked.pool)
    .orderBy('a.seq', 'desc')
    .limit(asked.limit)
    .execute();
  const { reps } = await reads.roster(trx, tenantId);
  const nameOf = (id: string): string => reps.get(id)?.rep.name ?? id;
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    rep: { id: row.rep_id, name: nameOf(row.rep_id) },
    kind: row.kind as AdjustmentView['kind'],
    leads: row.amount / MILLIONTHS,
    skip: row.kind === 'skip' ? ((row.skip ?? 'none') as AdjustmentView['skip']) : null,
    reason: row.reason,
    by: nameOf(row.made_by),
    assignment: row.assignment_id,
    decision: row.decision_id,
  }));
};
