import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import { ReadFailed } from '../failures.ts';
import { ACTIVITY, ACTIVITY_TYPES, type ActivityType, LAST_ACTIVITY } from './activity-facts.ts';
import type { CallHubspot } from './client.ts';
import { BATCH_LIMIT, PATHS } from './facts.ts';
import { saysNotThere } from './failures.ts';
import { markOf } from './mark.ts';
import { readObjects } from './read-objects.ts';
import { associationsReply, type CrmObject, readBody } from './shapes.ts';

type Connection = Pick<ConnectionInfo, 'id' | 'externalId'>;

/** A record, and since when (epoch ms) something done about it counts. */
export interface ActivityWanted {
  readonly ref: RecordRef;
  readonly since: number;
}

const BACKGROUND = { purpose: 'background' } as const;

/**
 * The first call, e-mail, meeting or note of a person on each record since an instant; null: none yet. Epoch ms, in
 * order. Without a search: contacts say themselves when something was last logged on them, one call for a hundred, and
 * only where that is since then are the activities looked at.
 */
export const firstActivity = async (
  call: CallHubspot,
  connection: Connection,
  wanted: readonly ActivityWanted[],
): Promise<readonly (number | null)[]> => {
  const first = new Map<string, number>();
  for (const objectType of new Set(wanted.map(({ ref }) => ref.objectType))) {
    const own = wanted.filter(({ ref }) => ref.objectType === objectType);
    const active = await withActivity(call, connection, objectType, own);
    const found = await Promise.all(
      ACTIVITY_TYPES.map((type) => findActivities(call, connection, active, type).catch(noneWithoutScope)),
    );
    for (const { ref, since } of active)
      for (const activities of found)
        for (const at of activities.get(ref.recordId) ?? [])
          if (at >= since) first.set(keyOf(ref), Math.min(at, first.get(keyOf(ref)) ?? at));
  }
  return wanted.map(({ ref }) => first.get(keyOf(ref)) ?? null);
};

const keyOf = ({ objectType, recordId }: RecordRef): string => `${objectType}/${recordId}`;

/** Reading e-mails takes a scope of its own: without it the other activities have to do. */
const noneWithoutScope = (error: unknown): ReadonlyMap<string, readonly number[]> => {
  if (error instanceof ReadFailed && error.failure.code === 'missing_scope') return new Map();
  throw error;
};

/** Those on which anything was logged since; of types that do not say, all. */
const withActivity = async (
  call: CallHubspot,
  connection: Connection,
  objectType: string,
  wanted: readonly ActivityWanted[],
): Promise<readonly ActivityWanted[]> => {
  const property = LAST_ACTIVITY[objectType];
  if (property === undefined) return wanted;
  const ids = [...new Set(wanted.map(({ ref }) => ref.recordId))];
  const records = await readObjects(call, connection, objectType, ids, [property], BACKGROUND);
  return wanted.filter(({ ref, since }) => {
    const last = Date.parse(records.get(ref.recordId)?.properties[property] ?? '');
    return last >= since;
  });
};

/** When people did something of one kind about each record. */
const findActivities = async (
  call: CallHubspot,
  connection: Connection,
  wanted: readonly ActivityWanted[],
  type: ActivityType,
): Promise<ReadonlyMap<string, readonly number[]>> => {
  const objectType = wanted[0]?.ref.objectType;
  if (objectType === undefined) return new Map();
  const ofRecord = new Map<string, readonly string[]>();
  const ids = [...new Set(wanted.map(({ ref }) => ref.recordId))];
  for (let from = 0; from < ids.length; from += BATCH_LIMIT) {
    const body = { inputs: ids.slice(from, from + BATCH_LIMIT).map((id) => ({ id })) };
    const path = PATHS.associations(objectType, type);
    const reply = await call(connection, { method: 'POST', path, body, ...BACKGROUND });
    for (const { from: record, to } of saysNotThere(reply) ? [] : readBody(associationsReply, reply).results)
      ofRecord.set(
        record.id,
        to.map(({ toObjectId }) => toObjectId),
      );
  }
  const all = [...new Set([...ofRecord.values()].flat())];
  const activities = await readObjects(call, connection, type, all, ACTIVITY[type].properties, BACKGROUND);
  const instants = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const activity = activities.get(id);
      return activity && isPersons(activity, type) ? instantOf(activity) : [];
    });
  return new Map([...ofRecord].map(([record, its]) => [record, instants(its)]));
};

/** Done by somebody: not received, not ours, and with a person to it. */
const isPersons = ({ properties }: CrmObject, type: ActivityType): boolean => {
  const { received, body } = ACTIVITY[type];
  if (received !== undefined && properties[received.property] === received.value) return false;
  if (body !== undefined && (properties[body] ?? '').includes(markOf(''))) return false;
  return Boolean(properties[ACTIVITY.owner] || properties[ACTIVITY.createdBy]);
};

/** What was logged later happened when it says; a meeting that is still to come was made when it was put down. */
const instantOf = ({ properties }: CrmObject): readonly number[] => {
  const told = [properties[ACTIVITY.timestamp], properties[ACTIVITY.created]].map((text) =>
    Date.parse(text ?? ''),
  );
  const known = told.filter((at) => !Number.isNaN(at));
  return known.length === 0 ? [] : [Math.min(...known)];
};
