import type { ConnectionInfo, DeliveryResult } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import type { Written } from '../bisect.ts';
import { asResult, DONE, recordGone } from '../delivery/record-write.ts';
import { propertiesByType, valuesOf } from '../sources.ts';
import { primaryOf } from './associated.ts';
import { batchOutcomes } from './batch-outcomes.ts';
import { sendBisecting } from './bisect.ts';
import type { CallHubspot } from './client.ts';
import { PATHS } from './facts.ts';
import { readObjects } from './read-objects.ts';

interface Ways {
  readonly call: CallHubspot;
  readonly connection: ConnectionInfo;
  readonly until: number;
}

/**
 * Writes values onto a record, and onto the contact or company it is about, where they have none. Looked at right before,
 * so that what somebody else wrote stays but for the fraction of a second between.
 */
export const fillEmpty = async (
  ref: RecordRef,
  values: Readonly<Record<string, string>>,
  ways: Ways,
): Promise<DeliveryResult> => {
  const sources = Object.fromEntries(Object.keys(values).map((source) => [source, source]));
  for (const objectType of propertiesByType([sources]).keys()) {
    const id = await idOf(ref, objectType, ways);
    const result =
      id === null
        ? DONE
        : await fillOne({ ...ref, objectType, recordId: id }, valuesOf(objectType, values), ways);
    if (result.outcome !== 'done') return result;
  }
  return DONE;
};

/** null: the record is about none of that type. */
const idOf = async (
  ref: RecordRef,
  objectType: string,
  { call, connection }: Ways,
): Promise<string | null> => {
  if (objectType === ref.objectType) return ref.recordId;
  const found = await primaryOf(call, connection, ref.objectType, [ref.recordId], objectType);
  return found.get(ref.recordId) ?? null;
};

const fillOne = async (
  { objectType, recordId }: RecordRef,
  values: Readonly<Record<string, string>>,
  { call, connection, until }: Ways,
): Promise<DeliveryResult> => {
  const options = { purpose: 'delivery', until } as const;
  const found = await readObjects(call, connection, objectType, [recordId], Object.keys(values), options);
  const record = found.get(recordId);
  if (record === undefined) return recordGone('HubSpot');
  const empty = Object.entries(values).filter(([property]) => !record.properties[property]);
  if (empty.length === 0) return DONE;
  const input = { id: recordId, objectWriteTraceId: recordId, properties: Object.fromEntries(empty) };
  const [outcome] = await sendBisecting([input], {
    send: (inputs) =>
      call(connection, { method: 'POST', path: PATHS.batchUpdate(objectType), body: { inputs }, ...options }),
    read: (inputs, reply) =>
      batchOutcomes(
        inputs.map(({ id }) => ({ recordId: id, traceId: id })),
        reply,
      ),
  });
  return asResult(outcome ?? ({ kind: 'unknown' } satisfies Written));
};
