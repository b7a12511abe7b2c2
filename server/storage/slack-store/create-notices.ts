import type { SlackNotices } from '../../assignments/slack-ports.ts';
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
  posted: ({ tenantId, deliveryId, assignmentId, connectionId, channel, ts }) =>
    place(storage, tenantId, deliveryId, {
      assignment_id: assignmentId,
      connection_id: connectionId,
      channel,
      ts,
    }),
  list: (tenantId, assignmentId) =>
    storage.withTenant(tenantId, async (trx) => {
      const rows = await trx
        .selectFrom('sla_notice')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('assignment_id', '=', assignmentId)
        .where('ts', 'is not', null)
        .orderBy('delivery_id')
        .execute();
      return rows.map((row) => ({
        tenantId,
        deliveryId: row.delivery_id,
        assignmentId,
        connectionId: row.connection_id!,
        channel: row.channel!,
        ts: row.ts!,
      }));
    }),
  cleared: ({ tenantId, deliveryId }) => place(storage, tenantId, deliveryId, { channel: null, ts: null }),
});

const place = (
  storage: Storage,
  tenantId: string,
  deliveryId: string,
  at: Readonly<Record<string, string | null>>,
): Promise<void> =>
  storage.withTenant(tenantId, async (trx) => {
    await trx
      .updateTable('sla_notice')
      .set(at)
      .where('tenant_id', '=', tenantId)
      .where('delivery_id', '=', deliveryId)
      .execute();
  });
