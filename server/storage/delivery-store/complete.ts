import type { Ended, Verdict } from '../../assignments/delivery-ports.ts';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { Pipeline, Trx } from '../storage.ts';
import { type DeliveryRow, toEnded } from './to-delivery.ts';
import { dropIntents, endIntents } from './write-intents.ts';

/** Stores verdicts. A row that somebody else took meanwhile has another count of tries and is left alone. */
export const complete = async (
  trx: Trx,
  { pipeline }: Pipeline,
  connection: ConnectionInfo,
  verdicts: readonly Verdict[],
  now: number,
): Promise<readonly Ended[]> => {
  const stored = await pipeline(verdicts.map((verdict) => storeOne(trx, verdict, now).compile()));
  await settleIntents(trx, connection, verdicts, now);
  const rows = stored.flatMap((result) => result.rows as DeliveryRow[]);
  return rows.filter(({ state }) => state !== 'pending').map(toEnded);
};

const storeOne = (trx: Trx, verdict: Verdict, now: number) => {
  const { delivery, state } = verdict;
  return trx
    .updateTable('delivery')
    .set({
      state,
      due_at: new Date(verdict.dueAt),
      done_at: state === 'pending' ? null : new Date(now),
      last_code: verdict.code,
      remedy: verdict.remedy,
      detail: JSON.stringify(verdict.detail),
      failures: verdict.failures,
    })
    .where('tenant_id', '=', delivery.tenantId)
    .where('id', '=', delivery.id)
    .where('state', '=', 'pending')
    .where('attempts', '=', delivery.attempts)
    .returningAll();
};

const settleIntents = async (
  trx: Trx,
  { tenantId }: ConnectionInfo,
  verdicts: readonly Verdict[],
  now: number,
): Promise<void> => {
  const ended = verdicts.filter(
    ({ state, delivery }) => state !== 'pending' && delivery.kind === 'owner_write',
  );
  // A first try that did not end in a write has certainly not reached the record; a later one may have.
  const unwritten = ended.filter(({ state, delivery }) => state !== 'done' && delivery.attempts === 1);
  const ids = (some: readonly Verdict[]) => some.map(({ delivery }) => delivery.id);
  await dropIntents(trx, tenantId, ids(unwritten));
  await endIntents(trx, tenantId, ids(ended), now);
};
