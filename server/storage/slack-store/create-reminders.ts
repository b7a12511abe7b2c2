import type { CardKey, SlackReminders } from '../../assignments/slack-ports.ts';
import type { Storage, Trx } from '../storage.ts';

interface Reminder {
  readonly reminder_delivery_id?: string | null;
  readonly reminder_ts?: string | null;
}

const change = (trx: Trx, key: CardKey, to: Reminder) =>
  trx
    .updateTable('slack_message')
    .set(to)
    .where('tenant_id', '=', key.tenantId)
    .where('assignment_id', '=', key.assignmentId)
    .where('rep_id', '=', key.repId);

/** Reminders, in the rows of the cards that they belong to. */
export const createReminders = (storage: Storage): SlackReminders => ({
  begin: (key, deliveryId) =>
    storage.withTenant(key.tenantId, async (trx) => {
      const begun = await change(trx, key, { reminder_delivery_id: deliveryId })
        .where('reminder_delivery_id', 'is', null)
        .executeTakeFirst();
      return begun.numUpdatedRows > 0n;
    }),
  undo: (key, deliveryId) =>
    storage.withTenant(key.tenantId, async (trx) => {
      await change(trx, key, { reminder_delivery_id: null })
        .where('reminder_delivery_id', '=', deliveryId)
        .where('reminder_ts', 'is', null)
        .execute();
    }),
  posted: (key, ts) =>
    storage.withTenant(key.tenantId, async (trx) => {
      await change(trx, key, { reminder_ts: ts }).execute();
    }),
  removed: (key) =>
    storage.withTenant(key.tenantId, async (trx) => {
      await change(trx, key, { reminder_ts: null }).execute();
    }),
});
