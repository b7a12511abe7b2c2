import type { SlackNotices } from '../../assignments/ports.ts';
import type { Storage } from '../storage.ts';

/** Notices of SLAs that were posted, or are about to be, by the delivery that posts them. */
export const createNotices = (storage: Storage): SlackNotices => ({
  begin: (tenantId, deliveryId) =>
    storage.withTenant(tenantId, async (trx) => {
      const begun = await trx
        .insertInto('sla_notice')
        .values({ tenant_id: tenantId, delivery_id: deliveryId })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'delivery_id']).doNothing())
        .executeTakeFirst();
      return (begun.numInsertedOrUpdatedRows ?? 0n) > 0n;
    }),
  undo: (tenantId, deliveryId) =>
    storage.withTenant(tenantId, async (trx) => {
      await trx
        .deleteFrom('sla_notice')
        .where('tenant_id', '=', tenantId)
        .where('delivery_id', '=', deliveryId)
        .execute();
    }),
});
