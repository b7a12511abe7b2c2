import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordSnapshot } from '../../assignments/types.ts';
import { parseSource } from '../sources.ts';
import { factsOf, toSnapshot } from './to-snapshot.ts';

/** A record as Apex sends it: values by `Lead.Country`. */
export interface PayloadRecord {
  readonly objectType: string;
  readonly recordId: string;
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * A snapshot straight from the request, which saves the read: only when it holds the owner, whether the record is
 * converted, and every field the policy reads, all of the record itself. undefined: read the record.
 */
export const snapshotFromPayload = (
  connection: Pick<ConnectionInfo, 'id' | 'settings'>,
  { objectType, recordId, fields }: PayloadRecord,
  sources: Readonly<Record<string, string>>,
): RecordSnapshot | undefined => {
  const { api, converts } = factsOf(objectType);
  const needed = ['OwnerId', ...(converts ? ['IsConverted'] : [])].map((name) => `${api}.${name}`);
  const sent = [...needed, ...Object.values(sources)].every(
    (source) => parseSource(source)?.objectType === objectType && Object.hasOwn(fields, source),
  );
  if (!sent) return undefined;
  const row = Object.fromEntries(
    Object.entries(fields).map(([source, value]) => [source.slice(source.indexOf('.') + 1), value]),
  );
  const ref = { connectionId: connection.id, objectType, recordId };
  const { instanceUrl } = connection.settings;
  return toSnapshot(ref, row, sources, typeof instanceUrl === 'string' ? instanceUrl : '');
};
