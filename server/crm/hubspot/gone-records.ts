import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordSnapshot } from '../../assignments/types.ts';
import type { CallHubspot } from './client.ts';
import { MERGED_PROPERTY, PATHS } from './facts.ts';
import { saysNotThere } from './failures.ts';
import type { Purpose } from './limits.ts';
import { type CrmObject, crmObject, readBody } from './shapes.ts';

type Gone = NonNullable<RecordSnapshot['gone']>;

/** Ids a record took in by merges, as HubSpot lists them. */
export const mergedInto = ({ properties }: CrmObject): readonly string[] =>
  (properties[MERGED_PROPERTY] ?? '').split(';').filter((id) => id !== '');

/**
 * Where records went that a batch read does not have. One that was merged away is listed by the record it went into, where
 * that is among those read; read by itself it answers under that record's id. There are few: each is asked for singly.
 */
export const whereTheyWent = async (
  call: CallHubspot,
  connection: Pick<ConnectionInfo, 'id' | 'externalId'>,
  objectType: string,
  ids: readonly string[],
  { records, purpose }: { readonly records: ReadonlyMap<string, CrmObject>; readonly purpose: Purpose },
): Promise<ReadonlyMap<string, Gone>> => {
  const survivors = new Map(
    [...records.values()].flatMap((record) => mergedInto(record).map((id) => [id, record.id] as const)),
  );
  const found = ids.map(async (id): Promise<readonly [string, Gone]> => {
    const into = survivors.get(id) ?? (await readSurvivor(call, connection, objectType, id, purpose));
    return [id, into === null ? 'missing' : { mergedInto: into }];
  });
  return new Map(await Promise.all(found));
};

const readSurvivor = async (
  call: CallHubspot,
  connection: Pick<ConnectionInfo, 'id' | 'externalId'>,
  objectType: string,
  id: string,
  purpose: Purpose,
): Promise<string | null> => {
  const reply = await call(connection, { method: 'GET', path: PATHS.object(objectType, id), purpose });
  if (saysNotThere(reply)) return null;
  const survivor = readBody(crmObject, reply).id;
  return survivor === id ? null : survivor;
};
