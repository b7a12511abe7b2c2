import type { ReadWorkspace } from '../../assignments/first-steps/ports.ts';
import type { Storage } from '../storage.ts';

/** How far a workspace is: its mode, its policy, and whether a lead was ever decided. */
export const createReadWorkspace =
  (storage: Storage): ReadWorkspace =>
  (tenantId) =>
    storage.withTenant(tenantId, async (trx) => {
      const lane = await trx
        .selectFrom('lane')
        .innerJoin('tenant', 'tenant.id', 'lane.tenant_id')
        .select(['tenant.name', 'lane.mode', 'lane.policy_version'])
        .where('lane.tenant_id', '=', tenantId)
        .executeTakeFirstOrThrow();
      const first = await trx
        .selectFrom('decision')
        .select('id')
        .where('tenant_id', '=', tenantId)
        .limit(1)
        .executeTakeFirst();
      return {
        name: lane.name,
        mode: lane.mode === 'log_only' ? 'log_only' : 'live',
        policyVersion: lane.policy_version,
        decided: first !== undefined,
      };
    });
