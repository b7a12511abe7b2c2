import { sql } from 'kysely';
import type { CardKey, SlackMessages, StoredCard } from '../../assignments/slack-ports.ts';
import type { Trx } from '../driver/transaction.ts';
import type { Storage } from '../storage.ts';
import { createNotices } from './create-notices.ts';
import { createReminders } from './create-reminders.ts';

const rows = (trx: Trx, tenantId: string, assignmentId: string) =>
  trx
    .selectFrom('slack_message')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('assignment_id', '=', assignmentId);

type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number];

const toCard = (row: Row): StoredCard => ({
  tenantId: row.tenant_id,
  assignmentId: row.assignment_id,
  repId: row.rep_id,
  connectionId: row.connection_id,
  deliveryId: row.delivery_id,
  channel: row.channel,
  ts: row.ts,
  version: row.version,
  reminderTs: row.reminder_ts,
});

const change = (trx: Trx, key: CardKey) =>
  trx
    .updateTable('slack_message')
    .where('tenant_id', '=', key.tenantId)
    .where('assignment_id', '=', key.assignmentId)
    .where('rep_id', '=', key.repId);

/** Where cards stand in Slack, in the tenant's rows: one per assignment and rep. */
export const createSlackStore = (storage: Storage): SlackMessages => ({
  find: (key) =>
    storage.withTenant(key.tenantId, async (trx) => {
      const row = await rows(trx, key.tenantId, key.assignmentId)
        .where('rep_id', '=', key.repId)
        .executeTakeFirst();
      return row === undefined ? null : toCard(row);
    }),
  list: (tenantId, assignmentId) =>
    storage.withTenant(tenantId, async (trx) => {
      const found = await rows(trx, tenantId, assignmentId).orderBy('rep_id').execute();
      return found.map(toCard);
    }),
  begin: (intent) =>
    storage.withTenant(intent.tenantId, async (trx) => {
      const place = {
        connection_id: intent.connectionId,
        delivery_id: intent.deliveryId,
        channel: null,
        ts: null,
        version: 0,
        reminder_delivery_id: null,
        reminder_ts: null,
      };
      const key = { tenant_id: intent.tenantId, assignment_id: intent.assignmentId, rep_id: intent.repId };
      await trx
        .insertInto('slack_message')
        .values({ ...key, ...place })
        .onConflict((conflict) =>
          conflict.columns(['tenant_id', 'assignment_id', 'rep_id']).doUpdateSet(place),
        )
        .execute();
    }),
  posted: (key, { channel, ts, version }) =>
    storage.withTenant(key.tenantId, async (trx) => {
      await change(trx, key)
        .set({ channel, ts, version: sql`greatest(version, ${version})` })
        .execute();
    }),
  raise: (key, version) =>
    storage.withTenant(key.tenantId, async (trx) => {
      const raised = await change(trx, key)
        .where('version', '<=', version)
        .set({ version })
        .executeTakeFirst();
      return raised.numUpdatedRows > 0n;
    }),
  drop: (key) =>
    storage.withTenant(key.tenantId, async (trx) => {
      await trx
        .deleteFrom('slack_message')
        .where('tenant_id', '=', key.tenantId)
        .where('assignment_id', '=', key.assignmentId)
        .where('rep_id', '=', key.repId)
        .execute();
    }),
  reminders: createReminders(storage),
  notices: createNotices(storage),
});
