import { sql } from 'kysely';
import type { Ended, Settled, Verdict } from '../../assignments/delivery-ports.ts';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { Trx } from '../storage.ts';
import { type DeliveryRow, toEnded } from './to-delivery.ts';
import { dropIntents, endIntents } from './write-intents.ts';

/** Stores verdicts. A row that somebody else took meanwhile has another count of tries and is left alone. */
export const complete = async (
  trx: Trx,
  connection: ConnectionInfo,
  { verdicts, told }: Settled,
  now: number,
): Promise<readonly Ended[]> => {
  // At once: none of them waits for another's answer.
  const [stored] = await Promise.all([
    store(trx, connection, verdicts, now),
    settleIntents(trx, connection, verdicts, now),
    noteTold(trx, connection, told, now),
  ]);
  return stored
    .filter(({ state, told_at }) => state !== 'pending' && told_at === null)
    .sort((a, b) => a.seq - b.seq)
    .map(toEnded);
};

const store = async (
  trx: Trx,
  { tenantId }: ConnectionInfo,
  verdicts: readonly Verdict[],
  now: number,
): Promise<readonly DeliveryRow[]> => {
  if (verdicts.length === 0) return [];
  const at = new Date(now);
  const { rows } = await sql<DeliveryRow>`
    update delivery set state = new.state, due_at = to_timestamp(new.due_at / 1000.0),
      done_at = case when new.state <> 'pending' then ${at}::timestamptz end,
      told_at = case when new.state <> 'pending' and not new.heard then ${at}::timestamptz end,
      last_code = new.code, remedy = new.remedy, detail = new.detail, failures = new.failures
    from json_to_recordset(${JSON.stringify(verdicts.map(toRow))}::json) as new (id text, attempts int, state text, heard boolean,
      due_at float8, code text, remedy text, detail jsonb, failures int)
    where delivery.tenant_id = ${tenantId} and delivery.id = new.id
      and delivery.state = 'pending' and delivery.attempts = new.attempts
    returning delivery.*`.execute(trx);
  return rows;
};

const toRow = ({ delivery, state, dueAt, code, remedy, detail, failures, heard }: Verdict) => ({
  id: delivery.id,
  attempts: delivery.attempts,
  state,
  heard,
  due_at: dueAt,
  code,
  remedy,
  detail,
  failures,
});

/** Notes that the use cases know how these ended. */
export const noteTold = async (
  trx: Trx,
  { tenantId }: ConnectionInfo,
  ids: readonly string[],
  now: number,
): Promise<void> => {
  if (ids.length === 0) return;
  await trx
    .updateTable('delivery')
    .set({ told_at: new Date(now) })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', sql<string>`any(${ids}::text[])`)
    .execute();
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
  await Promise.all([dropIntents(trx, tenantId, ids(unwritten)), endIntents(trx, tenantId, ids(ended), now)]);
};
