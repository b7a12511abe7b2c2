import { sql } from 'kysely';
import type { Policies } from '../../assignments/directory-ports.ts';
import { AppError } from '../../base/app-error.ts';
import type { Storage } from '../storage.ts';

const unknownTenant = (): AppError =>
  new AppError('unknown_tenant', 'There is no such tenant.', { status: 404 });

/** Policy versions. The lane's row is locked while one is published, so no decision sees half of it. */
export const createPolicies = (storage: Storage): Policies => {
  const version: Policies['version'] = (tenantId, wanted) =>
    storage.withTenant(tenantId, async (trx) => {
      const rows = trx
        .selectFrom('policy')
        .select(['version', 'hash', 'document'])
        .where('tenant_id', '=', tenantId);
      return (await rows.where('version', '=', wanted).executeTakeFirst()) ?? null;
    });
  return {
    version,
    live: (tenantId) =>
      storage.withTenant(tenantId, async (trx) => {
        const row = await trx
          .selectFrom('lane')
          .innerJoin('policy', (join) =>
            join
              .onRef('policy.tenant_id', '=', 'lane.tenant_id')
              .onRef('policy.version', '=', 'lane.policy_version'),
          )
          .select(['policy.version', 'policy.hash', 'policy.document'])
          .where('lane.tenant_id', '=', tenantId)
          .executeTakeFirst();
        return row ?? null;
      }),
    publish: (tenantId, { document, hash, by }) =>
      storage.withTenant(tenantId, async (trx) => {
        const lane = await trx
          .updateTable('lane')
          .set(({ eb }) => ({ policy_version: eb('policy_version', '+', 1), drain_at: sql<Date>`now()` }))
          .where('tenant_id', '=', tenantId)
          .returning('policy_version')
          .executeTakeFirst();
        if (lane === undefined) throw unknownTenant();
        await trx
          .insertInto('policy')
          .values({
            tenant_id: tenantId,
            version: lane.policy_version,
            document: JSON.stringify(document),
            hash,
            published_by: by,
          })
          .execute();
        return lane.policy_version;
      }),
  };
};
