import { sql } from 'kysely';
import { ACCOUNT_GONE } from '../../assignments/account-status.ts';
import type { ConnectionInfo, DeliveryKind } from '../../assignments/ports.ts';
import type { Trx } from '../storage.ts';
import { STATE } from './states.ts';
import { endIntents } from './write-intents.ts';

/** Drawn anew from what stands by then, or over by then: nobody misses one that was not sent. */
const PASSING: readonly DeliveryKind[] = [
  'slack_refresh',
  'slack_reminder',
  'slack_home',
  'slack_alert',
  'callback',
];
/** What is still wanted once the account is connected again. The rest is done another way by then. */
const STILL_WANTED: readonly DeliveryKind[] = [
  'owner_write',
  'reason_write',
  'task',
  'enter',
  'fill',
  'convert',
];

type Account = Pick<ConnectionInfo, 'id' | 'tenantId' | 'name'>;

/** Ends everything that is queued for an account that is gone: what somebody might miss stands among the refused. */
export const refusePending = async (
  trx: Trx,
  { id, tenantId, name }: Account,
  now: number,
): Promise<void> => {
  const remedy = `${name} is not connected any more. Connect it again: then this is done by itself, where it is still wanted.`;
  const passing = JSON.stringify(PASSING);
  const { rows: ended } = await sql<{ id: string }>`
    update delivery set
      state = case when kind = any (array(select jsonb_array_elements_text(${passing}::jsonb))) then 'superseded' else 'refused' end,
      told_at = case when kind = any (array(select jsonb_array_elements_text(${passing}::jsonb))) then ${new Date(now)}::timestamptz end,
      done_at = ${new Date(now)}::timestamptz, last_code = ${ACCOUNT_GONE}, remedy = ${remedy}
    where tenant_id = ${tenantId} and connection_id = ${id} and state = 'pending'
    returning id`.execute(trx);
  await endIntents(
    trx,
    tenantId,
    ended.map((row) => row.id),
    now,
  );
};

/** What a refused delivery is set to, to be tried like a new one. */
export const pendingAgain = (now: number) => ({
  state: 'pending',
  failures: 0,
  due_at: new Date(now),
  done_at: null,
  told_at: null,
  last_code: null,
  remedy: null,
});

/** The account is connected again: what ended so, and is still wanted, is queued again. */
export const queueAgain = async (trx: Trx, { id, tenantId }: Account, now: number): Promise<void> => {
  await trx
    .updateTable('delivery')
    .set(pendingAgain(now))
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', id)
    .where('state', '=', STATE.refused)
    .where('last_code', '=', ACCOUNT_GONE)
    .where('kind', 'in', [...STILL_WANTED])
    .execute();
};
