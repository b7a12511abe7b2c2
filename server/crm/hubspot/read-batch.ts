import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordSnapshot } from '../../assignments/types.ts';
import type { Wanted } from '../gather-reads.ts';
import { goneSnapshot } from '../gone-snapshot.ts';
import { propertiesByType } from '../sources.ts';
import { primaryProperty, readAssociated } from './associated.ts';
import type { CallHubspot } from './client.ts';
import { MERGED_PROPERTY } from './facts.ts';
import { whereTheyWent } from './gone-records.ts';
import { readObjects } from './read-objects.ts';
import type { Stages } from './stages.ts';
import { ownProperties, personProperties, type RecordPlace, toSnapshot } from './to-snapshot.ts';

export interface ReadWays {
  readonly call: CallHubspot;
  readonly stages: Pick<Stages, 'closed'>;
  readonly place: RecordPlace;
}

/**
 * Reads up to a hundred records of one connection and type: one call, and one more for each other object type the
 * sources name (two, where the records do not say themselves which record of that type is theirs). A lead's person is
 * its contact. Answers in the order asked. Throws AppError `crm_read_failed`.
 */
export const readBatch = async (
  { call, stages, place }: ReadWays,
  connection: ConnectionInfo,
  wanted: readonly Wanted[],
): Promise<readonly RecordSnapshot[]> => {
  const objectType = wanted[0]?.ref.objectType ?? '';
  const { own, others } = propertiesFor(objectType, wanted);
  const ids = [...new Set(wanted.map(({ ref }) => ref.recordId))];
  const records = await readObjects(call, connection, objectType, ids, own);
  const alive = ids.flatMap((id) => records.get(id) ?? []);
  const lost = ids.filter((id) => !records.has(id));
  const gone = await whereTheyWent(call, connection, objectType, lost, { records, purpose: 'read' });
  const associated = await readAssociated(call, connection, { objectType, records: alive, wanted: others });
  const closed = await stages.closed(connection, objectType);
  return wanted.map(({ ref, sources }) => {
    const record = records.get(ref.recordId);
    if (!record) return goneSnapshot(ref, gone.get(ref.recordId) ?? 'missing');
    if (record.archived) return goneSnapshot(ref, 'archived');
    const values = Object.fromEntries(
      [...associated].map(([type, byRecord]) => [type, byRecord.get(ref.recordId)?.properties]),
    );
    return toSnapshot(ref, { ...values, [objectType]: record.properties }, sources, { place, closed });
  });
};

/** What to read of the records themselves, and of what they are joined with. */
const propertiesFor = (objectType: string, wanted: readonly Wanted[]) => {
  const needed = propertiesByType(wanted.map(({ sources }) => sources));
  // Of a contact's several leads none is the one: fields of a lead are the lead's own.
  const others = new Map([...needed].filter(([type]) => type !== objectType && type !== 'lead'));
  if (objectType === 'lead') {
    const company = others.has('company') ? primaryProperty('contact', 'company') : undefined;
    const person = [...personProperties('contact'), ...(company === undefined ? [] : [company])];
    others.set('contact', new Set([...person, ...(others.get('contact') ?? [])]));
  }
  const primaries = [...others.keys()].flatMap((type) => primaryProperty(objectType, type) ?? []);
  const own = [
    MERGED_PROPERTY,
    ...ownProperties(objectType),
    ...primaries,
    ...(needed.get(objectType) ?? []),
  ];
  return { own: [...new Set(own)], others };
};
