import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { DecisionView } from '../../assignments/views.ts';
import type { CallHubspot, Reply } from './client.ts';
import { PATHS, REASON_GROUP, REASON_PROPERTIES } from './facts.ts';
import { propertiesReply, readBody } from './shapes.ts';

type Connection = Pick<ConnectionInfo, 'id' | 'externalId'>;

/** Whether an account has the properties that hold the reason, making them where it allows that. */
export interface ReasonFields {
  /** true: the properties are there. Throws AppError when HubSpot cannot be asked. */
  readonly ensure: (connection: Connection, objectType: string, until?: number) => Promise<boolean>;
  /** Somebody deleted a property: look again next time. */
  readonly forget: (connection: Connection, objectType: string) => void;
}

/**
 * Asked once per account, object type and process. An account that refuses the properties is asked again after a
 * restart or a new connection; meanwhile the reason goes into a note.
 */
export const createReasonFields = (call: CallHubspot): ReasonFields => {
  const known = new Map<string, boolean>();
  const keyOf = (connection: Connection, objectType: string) => `${connection.id} ${objectType}`;
  return {
    ensure: async (connection, objectType, until) => {
      const key = keyOf(connection, objectType);
      const present = known.get(key) ?? (await ensureProperties(call, connection, objectType, until));
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

const DEFINITIONS = [
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
] as const;

/** Makes the properties that are missing. false: the account does not let the app make them. */
const ensureProperties = async (
  call: CallHubspot,
  connection: Connection,
  objectType: string,
  until?: number,
): Promise<boolean> => {
  const options = { purpose: 'delivery', ...(until !== undefined && { until }) } as const;
  const missing = await missingProperties(call, connection, objectType, options);
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

const missingProperties = async (
  call: CallHubspot,
  connection: Connection,
  objectType: string,
  options: { readonly purpose: 'delivery'; readonly until?: number },
) => {
  const reply = await call(connection, { ...options, method: 'GET', path: PATHS.properties(objectType) });
  const found = readBody(propertiesReply, reply).results;
  const names = new Set(found.map(({ name }) => name));
  return DEFINITIONS.filter(({ name }) => !names.has(name));
};

/** Refused for good (a scope or the plan's number of properties) is false; a failure of the moment throws. */
const accepted = (reply: Reply): boolean => {
  if (reply.status < 300) return true;
  if (reply.status >= 400 && reply.status < 423) return false;
  readBody(propertiesReply, reply);
  return false;
};
