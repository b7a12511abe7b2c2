import { sql } from 'kysely';
import type { Ended, Verdict } from '../../assignments/delivery-ports.ts';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { Trx } from '../storage.ts';
import { type DeliveryRow, toEnded } from './to-delivery.ts';
import { dropIntents, endIntents } from './write-intents.ts';

/** Stores verdicts. A row that somebody else took meanwhile has another count of tries and is left alone. */
export const complete = async (
  trx: Trx,
  connection: ConnectionInfo,
  verdicts: readonly Verdict[],
  now: number,
): Promise<readonly Ended[]> => {
  if (verdicts.length === 0) return [];
  const rows = JSON.stringify(verdicts.map(toRow));
  const { rows: stored } = await sql<DeliveryRow>`
    update delivery set state = new.state, due_at = to_timestamp(new.due_at / 1000.0),
      done_at = case when new.state <> 'pending' then ${new Date(now)}::timestamptz end,
      last_code = new.code, remedy = new.remedy, detail = new.detail, failures = new.failures
    from json_to_recordset(${rows}::json) as new (id text, attempts int, state text, due_at float8, code text,
      remedy text, detail jsonb, failures int)
    where delivery.tenant_id = ${connection.tenantId} and delivery.id = new.id
      and delivery.state = 'pending' and delivery.attempts = new.attempts
    returning delivery.*`.execute(trx);
  await settleIntents(trx, connection, verdicts, now);
  return stored
    .filter(({ state }) => state !== 'pending')
    .sort((a, b) => a.seq - b.seq)
    .map(toEnded);
};

const toRow = ({ delivery, state, dueAt, code, remedy, detail, failures }: Verdict) => ({
  id: delivery.id,
  attempts: delivery.attempts,
  state,
  due_at: dueAt,
  code,
  remedy,
  detail,
  failures,
});

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
