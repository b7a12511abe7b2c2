import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import type { ChangedRecord } from '../connector.ts';
import { goneSnapshot } from '../gone-snapshot.ts';
import type { CallHubspot } from './client.ts';
import { MERGED_PROPERTY } from './facts.ts';
import { mergedInto, whereTheyWent } from './gone-records.ts';
import { readObjects } from './read-objects.ts';
import type { CrmObject } from './shapes.ts';

const BACKGROUND = { purpose: 'background' } as const;

/**
 * Those of our open records that HubSpot has no more: merged into another, in the recycling bin, or wiped out as privacy
 * laws demand. One call per hundred, and one more for each that is gone.
 */
export const findGone = async (
  call: CallHubspot,
  connection: Pick<ConnectionInfo, 'id' | 'externalId'>,
  objectType: string,
  ids: readonly string[],
): Promise<readonly ChangedRecord[]> => {
  const records = await readObjects(call, connection, objectType, ids, [MERGED_PROPERTY], BACKGROUND);
  const lost = ids.filter((id) => !records.has(id));
  if (lost.length === 0) return [];
  const binned = await readObjects(call, connection, objectType, lost, [], { ...BACKGROUND, archived: true });
  const went = await whereTheyWent(call, connection, objectType, lost, { records, ...BACKGROUND });
  return lost.map((recordId) => {
    const ref = { connectionId: connection.id, objectType, recordId };
    const gone = went.get(recordId) ?? 'missing';
    if (typeof gone === 'object') return goneRecord(ref, gone);
    if (binned.has(recordId)) return goneRecord(ref, 'archived');
    // A person who is neither there nor in the bin was wiped out.
    return goneRecord(ref, objectType === 'contact' ? 'erased' : gone);
  });
};

/** Those of our open records that a record took in by merges. */
export const takenIn = (record: CrmObject, open: readonly RecordRef[]): readonly ChangedRecord[] => {
  const ids = new Set(mergedInto(record));
  return open
    .filter(({ recordId }) => ids.has(recordId) && recordId !== record.id)
    .map((ref) => goneRecord(ref, { mergedInto: record.id }));
};

const goneRecord = (ref: RecordRef, gone: Parameters<typeof goneSnapshot>[1]): ChangedRecord => ({
  ref,
  stamp: `gone ${JSON.stringify(gone)}`,
  snapshot: goneSnapshot(ref, gone),
});
