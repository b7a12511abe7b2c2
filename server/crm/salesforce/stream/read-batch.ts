import type { Type } from 'avsc';
import type { ConnectionInfo } from '../../../assignments/ports.ts';
import type { Heard } from '../../connector.ts';
import { CLIENT_NAME, MODIFIED, PUBSUB } from '../facts.ts';
import { objectTypeOf } from '../ids.ts';
import { fieldsToRead } from '../to-snapshot.ts';
import { type ChangeEvent, decodeChange } from './change-event.ts';
import type { FetchResponse } from './pubsub-client.ts';

/** What reading a batch takes. */
export interface BatchParts {
  readonly connection: ConnectionInfo;
  readonly schema: (schemaId: string) => Promise<Type>;
  /** Declared field → source, as the live policy has them. */
  readonly sources: () => Promise<Readonly<Record<string, string>>>;
}

/**
 * What a batch of events says: the records that changed in something that is read here, by others than us. Our own
 * writes were looked at after they were made. An event that cannot be read is told as `incomplete`.
 */
export const readBatch = async (
  { events }: FetchResponse,
  parts: BatchParts,
): Promise<Omit<Heard, 'cursor'>> => {
  const changes: ChangeEvent[] = [];
  let incomplete = false;
  for (const { event } of events) {
    const change = event && (await decode(event, parts));
    if (change) changes.push(change);
    incomplete ||= change === null || change.kind === 'overflow';
  }
  const wanted = new Set(changes.length > 0 ? fieldsToRead('lead', [await parts.sources()]) : []);
  // It changes with whatever else does.
  wanted.delete(MODIFIED);
  return {
    records: changes
      .filter((change) => concerns(change, wanted))
      .flatMap((change) => toRecords(change, parts)),
    events: events.length,
    incomplete,
  };
};

const decode = async (
  { schema_id, payload }: NonNullable<FetchResponse['events'][number]['event']>,
  { schema }: BatchParts,
): Promise<ChangeEvent | null> => {
  const type = await schema(schema_id);
  try {
    return decodeChange(type, payload);
  } catch {
    return null;
  }
};

const concerns = ({ kind, origin, fields }: ChangeEvent, wanted: ReadonlySet<string>): boolean => {
  if (kind === 'overflow') return false;
  if (kind === 'changed' && isOurs(origin)) return false;
  return fields === null || fields.some((name) => wanted.has(name));
};

/** `com/salesforce/api/rest/67.0;client=Fairlead` */
const isOurs = (origin: string): boolean => origin.split(';').includes(`client=${CLIENT_NAME}`);

const toRecords = ({ recordIds, key }: ChangeEvent, { connection }: BatchParts): Heard['records'] =>
  recordIds.flatMap((recordId) => {
    const objectType = objectTypeOf(recordId);
    if (objectType !== PUBSUB.objectType) return [];
    return [{ ref: { connectionId: connection.id, objectType, recordId }, key: `${key}/${recordId}` }];
  });
