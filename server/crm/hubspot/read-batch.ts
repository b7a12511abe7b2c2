import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordSnapshot } from '../../assignments/types.ts';
import type { Wanted } from '../gather-reads.ts';
import { goneSnapshot } from '../gone-snapshot.ts';
import { propertiesByType } from '../sources.ts';
import type { CallHubspot } from './client.ts';
import { BATCH_LIMIT, MERGED_PROPERTY, PATHS } from './facts.ts';
import type { Purpose } from './limits.ts';
import { associationsReply, batchReply, type CrmObject, crmObject, readBody } from './shapes.ts';
import { ownProperties, type RecordPlace, toSnapshot } from './to-snapshot.ts';

/**
 * Reads up to a hundred records of one connection and type: one call, and two more for each other object type the
 * sources name (which records, then their values). Answers in the order asked. Throws AppError `crm_read_failed`.
 */
export const readBatch = async (
  call: CallHubspot,
  connection: ConnectionInfo,
  wanted: readonly Wanted[],
  place: RecordPlace,
): Promise<readonly RecordSnapshot[]> => {
  const objectType = wanted[0]?.ref.objectType ?? '';
  const needed = propertiesByType(wanted.map(({ sources }) => sources));
  const ids = [...new Set(wanted.map(({ ref }) => ref.recordId))];
  const own = [
    ...new Set([MERGED_PROPERTY, ...ownProperties(objectType), ...(needed.get(objectType) ?? [])]),
  ];
  const records = await readObjects(call, connection, objectType, ids, own);
  const alive = ids.filter((id) => records.has(id));
  const lost = ids.filter((id) => !records.has(id));
  const gone = await whereTheyWent(call, connection, objectType, lost, records);
  const others = [...needed].filter(([type]) => type !== objectType);
  const associated = await Promise.all(
    others.map(async ([type, properties]) => {
      const values = await readAssociated(call, connection, objectType, alive, type, [...properties]);
      return [type, values] as const;
    }),
  );
  return wanted.map(({ ref, sources }) => {
    const record = records.get(ref.recordId);
    if (!record) return goneSnapshot(ref, gone.get(ref.recordId) ?? 'missing');
    if (record.archived) return goneSnapshot(ref, 'archived');
    const values = Object.fromEntries(
      associated.map(([type, byRecord]) => [type, byRecord.get(ref.recordId)?.properties]),
    );
    return toSnapshot(ref, { ...values, [objectType]: record.properties }, sources, place);
  });
};

/** Objects of one type by id; what HubSpot does not have is not among them. */
export const readObjects = async (
  call: CallHubspot,
  connection: Pick<ConnectionInfo, 'id' | 'externalId'>,
  objectType: string,
  ids: readonly string[],
  properties: readonly string[],
  options: { readonly purpose: Purpose; readonly until?: number } = { purpose: 'read' },
): Promise<ReadonlyMap<string, CrmObject>> => {
  const found = new Map<string, CrmObject>();
  for (let from = 0; from < ids.length; from += BATCH_LIMIT) {
    const inputs = ids.slice(from, from + BATCH_LIMIT).map((id) => ({ id }));
    const body = { inputs, properties, propertiesWithHistory: [] };
    const reply = await call(connection, {
      method: 'POST',
      path: PATHS.batchRead(objectType),
      body,
      ...options,
    });
    // Of ids that are all unknown some versions make a 404 of the whole call.
    const results = reply.status === 404 ? [] : readBody(batchReply, reply).results;
    for (const record of results) found.set(record.id, record);
  }
  return found;
};

/**
 * Where records went that a batch does not have. One that was merged away is listed by the record it went into, where
 * that is among those read; read by itself it answers under that record's id. There are few: each is asked for singly.
 */
const whereTheyWent = async (
  call: CallHubspot,
  connection: ConnectionInfo,
  objectType: string,
  ids: readonly string[],
  records: ReadonlyMap<string, CrmObject>,
): Promise<ReadonlyMap<string, NonNullable<RecordSnapshot['gone']>>> => {
  const found = ids.map(async (id) => {
    const listed = [...records.values()].find(({ properties }) =>
      properties[MERGED_PROPERTY]?.split(';').includes(id),
    );
    const into = listed?.id ?? (await readSurvivor(call, connection, objectType, id));
    return [id, into === null ? 'missing' : { mergedInto: into }] as const;
  });
  return new Map(await Promise.all(found));
};

const readSurvivor = async (
  call: CallHubspot,
  connection: ConnectionInfo,
  objectType: string,
  id: string,
): Promise<string | null> => {
  const reply = await call(connection, {
    method: 'GET',
    path: PATHS.object(objectType, id),
    purpose: 'read',
  });
  if (reply.status === 404) return null;
  const survivor = readBody(crmObject, reply).id;
  return survivor === id ? null : survivor;
};

const readAssociated = async (
  call: CallHubspot,
  connection: ConnectionInfo,
  from: string,
  ids: readonly string[],
  to: string,
  properties: readonly string[],
): Promise<ReadonlyMap<string, CrmObject>> => {
  if (ids.length === 0) return new Map();
  const chosen = await primaryOf(call, connection, from, ids, to);
  const values = await readObjects(call, connection, to, [...new Set(chosen.values())], properties);
  const byRecord = [...chosen].flatMap(([id, other]) => {
    const value = values.get(other);
    return value ? [[id, value] as const] : [];
  });
  return new Map(byRecord);
};

/** The associated object of each record: the one labelled primary, else the first. */
const primaryOf = async (
  call: CallHubspot,
  connection: ConnectionInfo,
  from: string,
  ids: readonly string[],
  to: string,
): Promise<ReadonlyMap<string, string>> => {
  const body = { inputs: ids.map((id) => ({ id })) };
  const reply = await call(connection, {
    method: 'POST',
    path: PATHS.associations(from, to),
    body,
    purpose: 'read',
  });
  const results = reply.status === 404 ? [] : readBody(associationsReply, reply).results;
  const chosen = results.flatMap(({ from: { id }, to: others }) => {
    const primary = others.find(({ associationTypes }) =>
      associationTypes.some(({ label }) => /primary/i.test(label ?? '')),
    );
    const other = primary ?? others[0];
    return other ? [[id, other.toObjectId] as const] : [];
  });
  return new Map(chosen);
};
