import { sql } from 'kysely';
import type { ConnectionInfo, Delivery } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import type { Statement } from '../driver/statement.ts';
import type { Trx } from '../storage.ts';

export type OwnerWrite = Extract<Delivery, { kind: 'owner_write' }>;

const HOUR_MS = 3_600_000;

/** Names a record within its connection. */
export const recordKey = (record: Pick<RecordRef, 'objectType' | 'recordId'>): string =>
  `${record.objectType}/${record.recordId}`;

interface StoredIntent {
  readonly deliveryId: string;
  readonly ownerId: string;
  readonly writtenAt: number;
  readonly ended: boolean;
  /** The write is known to have been made. */
  readonly certain: boolean;
}

/** Intents by the key of their record, the latest first. */
export type Intents = ReadonlyMap<string, readonly StoredIntent[]>;

/** The intents of the records that owner writes are for. */
export const loadIntents = async (
  trx: Trx,
  connection: ConnectionInfo,
  writes: readonly OwnerWrite[],
): Promise<Intents> => {
  if (writes.length === 0) return new Map();
  const rows = await trx
    .selectFrom('write_intent as i')
    .leftJoin('delivery as d', (join) =>
      join.onRef('d.tenant_id', '=', 'i.tenant_id').onRef('d.id', '=', 'i.delivery_id'),
    )
    .select(['object_type', 'record_id', 'delivery_id', 'owner_id', 'written_at', 'ended_at', 'd.state'])
    .where('i.tenant_id', '=', connection.tenantId)
    .where('i.connection_id', '=', connection.id)
    .where('object_type', 'in', [...new Set(writes.map(({ body }) => body.record.objectType))])
    .where(
      'record_id',
      '=',
      sql<string>`any(${[...new Set(writes.map(({ body }) => body.record.recordId))]}::text[])`,
    )
    .orderBy('i.seq', 'desc')
    .execute();
  const byRecord = Map.groupBy(rows, (row) =>
    recordKey({ objectType: row.object_type, recordId: row.record_id }),
  );
  return new Map([...byRecord].map(([key, own]) => [key, own.map(toIntent)]));
};

const toIntent = (row: {
  readonly delivery_id: string;
  readonly owner_id: string;
  readonly written_at: Date;
  readonly ended_at: Date | null;
  readonly state: string | null;
}): StoredIntent => ({
  deliveryId: row.delivery_id,
  ownerId: row.owner_id,
  writtenAt: row.written_at.getTime(),
  ended: row.ended_at !== null,
  certain: row.state === 'done',
});

/** Other deliveries' owner writes onto the record within the last hour. */
export const writesInLastHour = (intents: Intents, write: OwnerWrite, now: number): number =>
  ofRecord(intents, write).filter(({ writtenAt }) => writtenAt > now - HOUR_MS).length;

/** What we last put on the record: the latest write known to be made, and whatever later one may have reached it. */
export const ownersOfOurs = (intents: Intents, write: OwnerWrite): readonly string[] => {
  const earlier = ofRecord(intents, write);
  const latest = earlier.findIndex(({ certain }) => certain);
  const standing = latest < 0 ? earlier : earlier.slice(0, latest + 1);
  return [...new Set(standing.map(({ ownerId }) => ownerId))];
};

/** Those of other deliveries. */
const ofRecord = (intents: Intents, { id, body }: OwnerWrite): readonly StoredIntent[] =>
  (intents.get(recordKey(body.record)) ?? []).filter(({ deliveryId }) => deliveryId !== id);

/** Notes what is about to be written, once while the delivery is under way: an owner event that equals it is our echo. */
export const addIntents = (
  trx: Trx,
  writes: readonly OwnerWrite[],
  known: Intents,
  now: number,
): readonly Statement[] => {
  const stands = ({ id, body }: OwnerWrite) =>
    known.get(recordKey(body.record))?.some(({ deliveryId, ended }) => deliveryId === id && !ended) ?? false;
  const rows = writes
    .filter((write) => !stands(write))
    .map((write) => ({
      tenant_id: write.tenantId,
      connection_id: write.connectionId,
      object_type: write.body.record.objectType,
      record_id: write.body.record.recordId,
      delivery_id: write.id,
      owner_id: write.body.ownerId,
      expected_owner_id: write.body.expectedOwnerId,
      version: write.version,
    }));
  if (rows.length === 0) return [];
  // One text however many they are: the database plans it once.
  const added = sql`
    insert into write_intent (tenant_id, connection_id, object_type, record_id, delivery_id, owner_id, expected_owner_id,
      version, written_at)
    select new.*, ${new Date(now)}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as new (tenant_id text, connection_id text, object_type text,
      record_id text, delivery_id text, owner_id text, expected_owner_id text, version int)`;
  return [added.compile(trx)];
};

/** The deliveries have ended; an event of a moment long after this is no echo of theirs. */
export const endIntents = async (
  trx: Trx,
  tenantId: string,
  deliveryIds: readonly string[],
  now: number,
): Promise<void> => {
  if (deliveryIds.length === 0) return;
  await trx
    .updateTable('write_intent')
    .set({ ended_at: new Date(now) })
    .where('tenant_id', '=', tenantId)
    .where('delivery_id', '=', sql<string>`any(${deliveryIds}::text[])`)
    .where('ended_at', 'is', null)
    .execute();
};

/** Nothing was written: an event that equals such an intent would be somebody's choice. */
export const dropIntents = async (
  trx: Trx,
  tenantId: string,
  deliveryIds: readonly string[],
): Promise<void> => {
  if (deliveryIds.length === 0) return;
  await trx
    .deleteFrom('write_intent')
    .where('tenant_id', '=', tenantId)
    .where('delivery_id', 'in', [...deliveryIds])
    .execute();
};
