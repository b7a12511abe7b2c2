import { namesOf } from '../../assignments/names.ts';
import { fairnessOf, lagsOf, type PoolFairness, type PoolLags } from '../../assignments/pool-fairness.ts';
import type { Storage, Trx } from '../storage.ts';
import { hasEntries, readLedger } from './read-ledger.ts';
import type { TenantReads } from './tenant-reads.ts';

/** How fairly a pool shared its leads, from its entries; null: there is no such pool, nor was there ever. */
export const readFairness = async (
  storage: Storage,
  tenantId: string,
  poolId: string,
  reads: TenantReads,
): Promise<PoolFairness | null> => {
  const known = await storage.withTenant(tenantId, (trx) => readNames(trx, tenantId, poolId, reads));
  if (known === null) return null;
  const pool = { id: poolId, name: known.pool(poolId) };
  return fairnessOf(pool, readLedger(storage, tenantId, poolId), known.rep);
};

/** How a pool's lags went over time; null: there is no such pool, nor was there ever. */
export const readLags = async (
  storage: Storage,
  tenantId: string,
  poolId: string,
  reads: TenantReads,
): Promise<PoolLags | null> => {
  const known = await storage.withTenant(tenantId, (trx) => readNames(trx, tenantId, poolId, reads));
  return known && lagsOf(readLedger(storage, tenantId, poolId), known.rep);
};

const readNames = async (trx: Trx, tenantId: string, poolId: string, reads: TenantReads) => {
  const { policy_version } = await trx
    .selectFrom('lane')
    .select('policy_version')
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow();
  const live = await reads.policy(trx, tenantId, policy_version);
  const isLive = live?.policy.pools.some(({ id }) => id === poolId) === true;
  if (!isLive && !(await hasEntries(trx, tenantId, poolId))) return null;
  return namesOf(live?.policy ?? null, await reads.roster(trx, tenantId));
};
