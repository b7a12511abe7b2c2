import { sql } from 'kysely';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { Trx } from '../storage.ts';
import type { DeliveryRow } from './to-delivery.ts';
import { endIntents } from './write-intents.ts';

/** Of these only the newest of a key is sent. */
const ONLY_NEWEST: readonly string[] = ['owner_write', 'slack_refresh'];
/** These are for an owner: pointless once another one is to be written. */
const FOR_AN_OWNER: readonly string[] = ['task', 'reason_write'];

type Sibling = Pick<DeliveryRow, 'id' | 'key' | 'kind' | 'seq' | 'state' | 'attempts'>;

/** A row whose turn it is, and whether it or an earlier one of its key was tried. */
export type TurnRow = DeliveryRow & { readonly tried_before: boolean };

/**
 * Of due rows, those whose turn it is. Of owner writes and Slack refreshes with one key only the newest is sent, and a
 * task or reason for an owner who was replaced before it went out is not sent at all: those are dropped, and so are
 * older ones of the same keys. A newer one counts also when it has already ended: an old one tried again must not undo
 * it. Other rows wait for an earlier pending one of their key. Worked out here and not by joins, which a planner that
 * knows nothing yet of a fresh table turns into a comparison of everything with everything.
 */
export const takeTurns = async (
  trx: Trx,
  connection: ConnectionInfo,
  due: readonly DeliveryRow[],
  now: number,
): Promise<readonly TurnRow[]> => {
  if (due.length === 0) return [];
  const [rows, replaced] = await Promise.all([
    loadSiblings(trx, connection, due),
    loadReplaced(trx, connection, due),
  ]);
  const siblings = Map.groupBy(rows, ({ key }) => key);
  const dropped = new Set([
    ...[...siblings.values()].flatMap(olderOf),
    ...due.filter((row) => isReplaced(row, replaced)).map(({ id }) => id),
  ]);
  await drop(trx, connection, [...dropped], now);
  const earlierOf = (row: DeliveryRow) => (siblings.get(row.key) ?? []).filter(({ seq }) => seq < row.seq);
  const waits = (row: DeliveryRow) =>
    earlierOf(row).some(({ id, state }) => state === 'pending' && !dropped.has(id));
  return due
    .filter((row) => !dropped.has(row.id) && !waits(row))
    .map((row) => ({
      ...row,
      tried_before: row.attempts > 0 || earlierOf(row).some(({ attempts }) => attempts > 0),
    }));
};

const loadSiblings = (
  trx: Trx,
  { id, tenantId }: ConnectionInfo,
  due: readonly DeliveryRow[],
): Promise<Sibling[]> =>
  trx
    .selectFrom('delivery')
    .select(['id', 'key', 'kind', 'seq', 'state', 'attempts'])
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', id)
    .where('key', '=', sql<string>`any(${[...new Set(due.map(({ key }) => key))]}::text[])`)
    // What was superseded before it was tried never was anything.
    .where(({ eb, or }) => or([eb('state', '<>', 'superseded'), eb('attempts', '>', 0)]))
    .execute();

/** Pending ones of a key that a newer one of their kind makes pointless. */
const olderOf = (siblings: readonly Sibling[]): readonly string[] =>
  ONLY_NEWEST.flatMap((kind) => {
    const own = siblings.filter((sibling) => sibling.kind === kind);
    const newest = Math.max(...own.map(({ seq }) => seq));
    return own.filter(({ seq, state }) => seq < newest && state === 'pending').map(({ id }) => id);
  });

/** The latest version in which each assignment's owner was, or is to be, written. */
const loadReplaced = async (trx: Trx, { tenantId }: ConnectionInfo, due: readonly DeliveryRow[]) => {
  const wanted = due
    .filter(({ kind }) => FOR_AN_OWNER.includes(kind))
    .flatMap((row) => row.assignment_id ?? []);
  if (wanted.length === 0) return new Map<string | null, number>();
  const rows = await trx
    .selectFrom('delivery')
    .select(({ fn }) => ['assignment_id', fn.max('version').as('version')])
    .where('tenant_id', '=', tenantId)
    .where('assignment_id', '=', sql<string>`any(${[...new Set(wanted)]}::text[])`)
    .where('kind', '=', 'owner_write')
    .groupBy('assignment_id')
    .execute();
  return new Map(rows.map((row) => [row.assignment_id, row.version]));
};

const isReplaced = (row: DeliveryRow, replaced: ReadonlyMap<string | null, number>): boolean =>
  FOR_AN_OWNER.includes(row.kind) && row.version < (replaced.get(row.assignment_id) ?? 0);

const drop = async (
  trx: Trx,
  { tenantId }: ConnectionInfo,
  ids: readonly string[],
  now: number,
): Promise<void> => {
  if (ids.length === 0) return;
  await trx
    .updateTable('delivery')
    .set({ state: 'superseded', done_at: new Date(now), told_at: new Date(now) })
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', [...ids])
    .execute();
  await endIntents(trx, tenantId, ids, now);
};
