import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { DecisionView } from '../../assignments/views.ts';
import type { CallHubspot, Reply } from './client.ts';
import { KEY_PROPERTY, PATHS, REASON_GROUP, REASON_PROPERTIES } from './facts.ts';
import { propertiesReply, readBody } from './shapes.ts';

type Connection = Pick<ConnectionInfo, 'id' | 'externalId'>;

/** Whether an account has certain properties of our own, making them where it allows that. */
export interface OwnFields {
  /** true: the properties are there. Throws AppError when HubSpot cannot be asked. */
  readonly ensure: (connection: Connection, objectType: string, until?: number) => Promise<boolean>;
  /** Somebody deleted a property: look again next time. */
  readonly forget: (connection: Connection, objectType: string) => void;
}

/** The properties that hold the reason; where an account refuses them it goes into a note. */
export const createReasonFields = (call: CallHubspot): OwnFields => createOwnFields(call, REASON_DEFINITIONS);

/** The unique property by which a record that we made is known again. */
export const createKeyField = (call: CallHubspot): OwnFields => createOwnFields(call, [KEY_DEFINITION]);

/**
 * Asked once per account, object type and process. An account that refuses the properties is asked again after a
 * restart or a new connection.
 */
const createOwnFields = (call: CallHubspot, definitions: readonly Definition[]): OwnFields => {
  const known = new Map<string, boolean>();
  const keyOf = (connection: Connection, objectType: string) => `${connection.id} ${objectType}`;
  return {
    ensure: async (connection, objectType, until) => {
      const key = keyOf(connection, objectType);
      const present =
        known.get(key) ?? (await ensureProperties(call, connection, objectType, { definitions, until }));
      known.set(key, present);
      return present;
    },
    forget: (connection, objectType) => void known.delete(keyOf(connection, objectType)),
  };
};

/** The reason as property values. */
export const reasonProperties = (decision: DecisionView): Readonly<Record<string, string>> => ({
  [REASON_PROPERTIES.reason]: decision.reason,
  [REASON_PROPERTIES.decision]: decision.id,
  [REASON_PROPERTIES.rule]: decision.rule?.name ?? '',
  [REASON_PROPERTIES.pool]: decision.pool?.name ?? '',
  [REASON_PROPERTIES.decidedAt]: decision.decidedAt,
});

const TEXT = { type: 'string', fieldType: 'text' } as const;

interface Definition {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly fieldType: string;
  readonly hasUniqueValue?: boolean;
}

const KEY_DEFINITION: Definition = {
  name: KEY_PROPERTY,
  label: 'Fairlead: lead',
  ...TEXT,
  hasUniqueValue: true,
};

const REASON_DEFINITIONS: readonly Definition[] = [
  {
    name: REASON_PROPERTIES.reason,
    label: 'Fairlead: why this owner',
    type: 'string',
    fieldType: 'textarea',
  },
  { name: REASON_PROPERTIES.decision, label: 'Fairlead: decision', ...TEXT },
  { name: REASON_PROPERTIES.rule, label: 'Fairlead: rule', ...TEXT },
  { name: REASON_PROPERTIES.pool, label: 'Fairlead: pool', ...TEXT },
  { name: REASON_PROPERTIES.decidedAt, label: 'Fairlead: decided at', type: 'datetime', fieldType: 'date' },
];

/** Makes the properties that are missing. false: the account does not let the app make them. */
const ensureProperties = async (
  call: CallHubspot,
  connection: Connection,
  objectType: string,
  { definitions, until }: { readonly definitions: readonly Definition[]; readonly until: number | undefined },
): Promise<boolean> => {
  const options = { purpose: 'delivery', ...(until !== undefined && { until }) } as const;
  const names = await propertyNames(call, connection, objectType, options);
  const missing = definitions.filter(({ name }) => !names.has(name));
  if (missing.length === 0) return true;
  const group = { name: REASON_GROUP, label: 'Fairlead' };
  const grouped = await call(connection, {
    ...options,
    method: 'POST',
    path: PATHS.propertyGroups(objectType),
    body: group,
  });
  // 409: the group is there already.
  if (grouped.status !== 409 && !accepted(grouped)) return false;
  const inputs = missing.map((definition) => ({ ...definition, groupName: REASON_GROUP, formField: false }));
  return accepted(
    await call(connection, {
      ...options,
      method: 'POST',
      path: PATHS.createProperties(objectType),
      body: { inputs },
    }),
  );
};

const propertyNames = async (
  call: CallHubspot,
  connection: Connection,
  objectType: string,
  options: { readonly purpose: 'delivery'; readonly until?: number },
): Promise<ReadonlySet<string>> => {
  const reply = await call(connection, { ...options, method: 'GET', path: PATHS.properties(objectType) });
  return new Set(readBody(propertiesReply, reply).results.map(({ name }) => name));
};

/** Refused for good (a scope or the plan's number of properties) is false; a failure of the moment throws. */
const accepted = (reply: Reply): boolean => {
  if (reply.status < 300) return true;
  if (reply.status >= 400 && reply.status < 423) return false;
  readBody(propertiesReply, reply);
  return false;
};
