import { sql } from 'kysely';
import type { Ended, Taken, TakeOptions } from '../../assignments/delivery-ports.ts';
import type { ConnectionInfo, Delivery } from '../../assignments/ports.ts';
import type { Statement } from '../driver/statement.ts';
import type { Trx } from '../storage.ts';
import { STATE } from './states.ts';
import { type TurnRow, takeTurns } from './take-turns.ts';
import { type DeliveryRow, toDelivery, toEnded } from './to-delivery.ts';
import {
  addIntents,
  type Intents,
  loadIntents,
  type OwnerWrite,
  ownersOfOurs,
  writesInLastHour,
} from './write-intents.ts';

/** How many due rows the first look takes in where nothing is known: enough for most batches of a Slack workspace. */
const FIRST_LOOK = 32;
/** Where so many looks for the rest of a batch find hardly any whose turn it is, a smaller batch is sent. */
const MOST_LOOKS = 3;

type Batch = Omit<Extract<Taken, { kind: 'taken' }>, 'kind'>;

/** What is taken once `last` is committed: those statements go along with the commit. */
export interface TakenBatch extends Batch {
  readonly last: readonly Statement[];
}

/**
 * Takes the next batch of a connection: what is due, by priority and oldest first, all of the first one's kind. A
 * delivery with an earlier pending one of the same key waits for it. Tries are counted and write intents committed
 * along with it, before anything is sent.
 */
export const take = async (
  trx: Trx,
  connection: ConnectionInfo,
  options: TakeOptions,
): Promise<TakenBatch> => {
  const { now } = options;
  const { batch, intents } = await findBatch(trx, connection, options);
  if (batch.length === 0)
    return { deliveries: [], ended: [], nextDueAt: await nextDue(trx, connection, now), last: [] };
  const chosen = batch.map(
    (row): Delivery => ({
      ...toDelivery({ ...row, attempts: row.attempts + 1 }),
      triedBefore: row.tried_before,
    }),
  );
  const { allowed, refused, last } = await admit(trx, connection, chosen, intents, options);
  return { deliveries: allowed, ended: refused, nextDueAt: null, last };
};

/** Looks along the line until the batch is full: at every kind before its first is found, and then at that one alone. */
const findBatch = async (
  trx: Trx,
  connection: ConnectionInfo,
  { now, batchSize, bulk, underWay = [], expected = 0 }: TakeOptions,
): Promise<{ readonly batch: readonly TurnRow[]; readonly intents: Intents }> => {
  const batch: TurnRow[] = [];
  let intents: Intents = new Map();
  let kind: Delivery['kind'] | undefined;
  let after: DeliveryRow | undefined;
  let wanted = Math.max(FIRST_LOOK, expected);
  let size = wanted;
  for (let looks = 0; ; ) {
    const seen = await loadDue(trx, connection, { now, kind, after, limit: wanted, underWay });
    const [due, known] = await Promise.all([
      takeTurns(trx, connection, seen, now),
      loadIntents(trx, connection, seen.map(toDelivery).filter(isOwnerWrite)),
    ]);
    intents = new Map([...intents, ...known]);
    if (kind === undefined && due[0] !== undefined) {
      kind = due[0].kind as Delivery['kind'];
      const many = bulk?.(kind) ?? null;
      size =
        many !== null && (await areDue(trx, connection, due[0], { now, underWay }, many.from))
          ? many.most
          : batchSize(kind);
    }
    batch.push(...due.filter((row) => row.kind === kind).slice(0, size - batch.length));
    if (batch.length > 0) looks++;
    if (seen.length < wanted || batch.length === size || looks === MOST_LOOKS) return { batch, intents };
    after = seen.at(-1);
    wanted = Math.max(FIRST_LOOK, size - batch.length);
  }
};

/** Whether more than `count` like this one are due: of its kind, and no less urgent. */
const areDue = async (
  trx: Trx,
  connection: ConnectionInfo,
  { kind, priority }: DeliveryRow,
  free: Pick<Look, 'now' | 'underWay'>,
  count: number,
): Promise<boolean> => {
  const beyond = await dueOf(trx, connection, free)
    .select('id')
    .where('kind', '=', kind)
    .where('priority', '=', priority)
    .orderBy('seq')
    .offset(count)
    .limit(1)
    .executeTakeFirst();
  return beyond !== undefined;
};

const pendingOf = (trx: Trx, connection: ConnectionInfo) =>
  trx
    .selectFrom('delivery')
    .where('tenant_id', '=', connection.tenantId)
    .where('connection_id', '=', connection.id)
    .where('state', '=', STATE.pending);

/** What is due and does not wait for something under way. */
const dueOf = (trx: Trx, connection: ConnectionInfo, { now, underWay }: Pick<Look, 'now' | 'underWay'>) =>
  pendingOf(trx, connection)
    .where('due_at', '<=', new Date(now))
    .$if(underWay.length > 0, (query) => query.where(isFree(underWay)));

interface Look {
  readonly now: number;
  /** undefined: any. */
  readonly kind: Delivery['kind'] | undefined;
  /** The last row of the look before. */
  readonly after: DeliveryRow | undefined;
  readonly limit: number;
  readonly underWay: readonly Delivery[];
}

const loadDue = (
  trx: Trx,
  connection: ConnectionInfo,
  { now, kind, after, limit, underWay }: Look,
): Promise<DeliveryRow[]> =>
  dueOf(trx, connection, { now, underWay })
    .selectAll()
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind!))
    .$if(after !== undefined, (query) =>
      query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('priority', 'seq'), '>', tuple(after!.priority, after!.seq)),
      ),
    )
    .orderBy('priority')
    .orderBy('seq')
    .limit(limit)
    .execute();

/** Neither under way, nor of the key of what is, nor about its assignment. */
const isFree = (underWay: readonly Delivery[]) => {
  const keys = [...new Set(underWay.map(({ key }) => key))];
  const assignments = [...new Set(underWay.flatMap(({ assignmentId }) => assignmentId ?? []))];
  return sql<boolean>`key <> all(${keys}::text[]) and (assignment_id is null or assignment_id <> all(${assignments}::text[]))`;
};

/** When the next one is due: those that are due already wait for one of these. */
const nextDue = async (trx: Trx, connection: ConnectionInfo, now: number): Promise<number | null> => {
  const row = await pendingOf(trx, connection)
    .select(({ fn }) => fn.min('due_at').as('at'))
    .where('due_at', '>', new Date(now))
    .executeTakeFirst();
  return row?.at ? row.at.getTime() : null;
};

/** Owner writes pass while their record has not had its share of them; the rest are refused for a person to look at. */
const admit = async (
  trx: Trx,
  connection: ConnectionInfo,
  chosen: readonly Delivery[],
  intents: Intents,
  options: TakeOptions,
) => {
  const writes = chosen.filter(isOwnerWrite);
  const over = new Set(
    writes
      .filter((write) => writesInLastHour(intents, write, options.now) >= options.ownerWritesPerHour)
      .map(({ id }) => id),
  );
  const allowed = chosen
    .filter(({ id }) => !over.has(id))
    .map(
      (delivery): Delivery =>
        delivery.kind === 'owner_write' ? { ...delivery, ours: ownersOfOurs(intents, delivery) } : delivery,
    );
  const admitted = writes.filter(({ id }) => !over.has(id));
  return {
    allowed,
    refused: await refuse(trx, connection, [...over], options),
    last: [...addIntents(trx, admitted, intents, options.now), ...countTries(trx, connection, allowed)],
  };
};

const isOwnerWrite = (delivery: Delivery): delivery is OwnerWrite => delivery.kind === 'owner_write';

const refuse = async (
  trx: Trx,
  connection: ConnectionInfo,
  ids: readonly string[],
  options: TakeOptions,
): Promise<readonly Ended[]> => {
  if (ids.length === 0) return [];
  const rows = await trx
    .updateTable('delivery')
    .set({
      state: 'refused',
      last_code: 'too_many_owner_writes',
      remedy: `The record's owner was written ${options.ownerWritesPerHour} times within an hour, so something else probably changes it too. Look for a workflow or an integration that sets the owner, then retry.`,
      done_at: new Date(options.now),
    })
    .where('tenant_id', '=', connection.tenantId)
    .where('id', 'in', [...ids])
    .returningAll()
    .execute();
  return rows.map(toEnded);
};

const countTries = (
  trx: Trx,
  connection: ConnectionInfo,
  deliveries: readonly Delivery[],
): readonly Statement[] => {
  if (deliveries.length === 0) return [];
  const counted = trx
    .updateTable('delivery')
    .set(({ eb }) => ({ attempts: eb('attempts', '+', 1) }))
    .where('tenant_id', '=', connection.tenantId)
    .where('id', '=', sql<string>`any(${deliveries.map(({ id }) => id)}::text[])`);
  return [counted.compile()];
};
