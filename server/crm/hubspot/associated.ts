import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { CallHubspot } from './client.ts';
import { PATHS, PRIMARY_PROPERTIES } from './facts.ts';
import { saysNotThere } from './failures.ts';
import { readObjects } from './read-objects.ts';
import { associationsReply, type CrmObject, readBody } from './shapes.ts';

/** What is read of other object types, and of which records. */
export interface Joined {
  readonly objectType: string;
  readonly records: readonly CrmObject[];
  /** Properties wanted, by object type. */
  readonly wanted: ReadonlyMap<string, ReadonlySet<string>>;
}

type Connection = Pick<ConnectionInfo, 'id' | 'externalId'>;
type ByRecord = ReadonlyMap<string, CrmObject>;

/**
 * The primary other record of each record, of each type wanted, with its values. HubSpot keeps the primary ones' ids as
 * properties, so that most need no look at associations. A lead without a company has its contact's.
 */
export const readAssociated = async (
  call: CallHubspot,
  connection: Connection,
  { objectType, records, wanted }: Joined,
): Promise<ReadonlyMap<string, ByRecord>> => {
  const read = async (type: string, properties: ReadonlySet<string>, known: ReadonlyMap<string, string>) => {
    if (records.length === 0) return new Map<string, CrmObject>();
    const chosen = await chooseOthers(call, connection, { objectType, records, type, known });
    return readChosen(call, connection, type, chosen, properties);
  };
  const contacts = wanted.get('contact');
  const through = objectType === 'lead' && contacts !== undefined ? contacts : null;
  const found = new Map<string, ByRecord>();
  if (through !== null) found.set('contact', await read('contact', through, new Map()));
  const others = [...wanted].filter(([type]) => !found.has(type));
  const known = (type: string) => othersOf(found.get('contact') ?? new Map(), 'contact', type);
  const rest = await Promise.all(
    others.map(async ([type, properties]) => [type, await read(type, properties, known(type))] as const),
  );
  return new Map([...found, ...rest]);
};

/** The property of a record that names its primary record of another type, if there is one. */
export const primaryProperty = (objectType: string, type: string): string | undefined =>
  PRIMARY_PROPERTIES[objectType]?.[type];

const othersOf = (records: ByRecord, objectType: string, type: string): ReadonlyMap<string, string> => {
  const property = primaryProperty(objectType, type);
  const named = [...records].flatMap(([id, { properties }]) => {
    const other = property === undefined ? null : properties[property];
    return other ? [[id, other] as const] : [];
  });
  return new Map(named);
};

interface Choice {
  readonly objectType: string;
  readonly records: readonly CrmObject[];
  readonly type: string;
  /** What is known by way of another record, where the record itself names none. */
  readonly known: ReadonlyMap<string, string>;
}

const chooseOthers = async (
  call: CallHubspot,
  connection: Connection,
  { objectType, records, type, known }: Choice,
): Promise<ReadonlyMap<string, string>> => {
  const own = othersOf(new Map(records.map((record) => [record.id, record])), objectType, type);
  const named = new Map([...known, ...own]);
  const unnamed = records.map(({ id }) => id).filter((id) => !named.has(id));
  const joined = await primaryOf(call, connection, objectType, unnamed, type);
  return new Map([...named, ...joined]);
};

const readChosen = async (
  call: CallHubspot,
  connection: Connection,
  type: string,
  chosen: ReadonlyMap<string, string>,
  properties: ReadonlySet<string>,
): Promise<ByRecord> => {
  const values = await readObjects(call, connection, type, [...new Set(chosen.values())], [...properties]);
  const byRecord = [...chosen].flatMap(([id, other]) => {
    const value = values.get(other);
    return value ? [[id, value] as const] : [];
  });
  return new Map(byRecord);
};

/** The record each is joined with: the one labelled primary, else the first. */
export const primaryOf = async (
  call: CallHubspot,
  connection: Connection,
  from: string,
  ids: readonly string[],
  to: string,
): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0) return new Map();
  const reply = await call(connection, {
    method: 'POST',
    path: PATHS.associations(from, to),
    body: { inputs: ids.map((id) => ({ id })) },
    purpose: 'read',
  });
  const results = saysNotThere(reply) ? [] : readBody(associationsReply, reply).results;
  const chosen = results.flatMap(({ from: { id }, to: others }) => {
    const primary = others.find(({ associationTypes }) =>
      associationTypes.some(({ label }) => /primary/i.test(label ?? '')),
    );
    const other = primary ?? others[0];
    return other ? [[id, other.toObjectId] as const] : [];
  });
  return new Map(chosen);
};
