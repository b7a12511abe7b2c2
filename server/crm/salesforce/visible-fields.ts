import { z } from 'zod';
import type { Alerts, ConnectionInfo } from '../../assignments/ports.ts';
import type { Clock } from '../../base/clock.ts';
import { ReadFailed } from '../failures.ts';
import { type CallSalesforce, VENDOR } from './client.ts';
import { PATHS } from './facts.ts';
import { UNKNOWN_FIELD } from './failures.ts';
import { type Row, readBody } from './query.ts';

type Read = (fields: readonly string[]) => Promise<readonly Row[]>;

/**
 * Reads fields of an object (by API name; a parent's as `Account.Industry`) although Salesforce refuses a query whole
 * for one that its user may not see, or that is not there: without those, which an alert names. They are tried again
 * after an hour. Throws what `read` throws for any other reason.
 */
export type ReadVisible = (
  connection: ConnectionInfo,
  api: string,
  fields: readonly string[],
  read: Read,
) => Promise<readonly Row[]>;

const TRY_AGAIN_MS = 3_600_000;
const ALERT = 'field_hidden';
const NONE: ReadonlySet<string> = new Set();

export const createReadVisible = (call: CallSalesforce, alerts: Alerts, clock: Clock): ReadVisible => {
  const known = new Map<string, { readonly hidden: ReadonlySet<string>; readonly until: number }>();
  return async (connection, api, fields, read) => {
    const key = `${connection.id}/${api}`;
    const before = known.get(key);
    const hidden = before !== undefined && clock.now() < before.until ? before.hidden : NONE;
    const without = (some: ReadonlySet<string>) => fields.filter((field) => !some.has(field));
    const keep = (some: ReadonlySet<string>) =>
      known.set(key, { hidden: some, until: clock.now() + TRY_AGAIN_MS });
    try {
      const rows = await read(without(hidden));
      if (before === undefined || hidden !== before.hidden) {
        keep(NONE);
        await alerts.close(connection.tenantId, ALERT, key);
      }
      return rows;
    } catch (error) {
      if (!(error instanceof ReadFailed) || error.failure.code !== UNKNOWN_FIELD) throw error;
      const found = await hiddenOf(call, connection, api, fields);
      if (found.every((field) => hidden.has(field))) throw error;
      const all = new Set([...hidden, ...found]);
      keep(all);
      await alerts.open(connection.tenantId, alertOf(connection, key, api, [...all]));
      return read(without(all));
    }
  };
};

const described = z.object({
  fields: z.array(z.object({ name: z.string(), relationshipName: z.string().nullish() })),
});

const namesOf = async (call: CallSalesforce, connection: ConnectionInfo, api: string) => {
  const reply = await call(connection, { method: 'GET', path: PATHS.describe(api), purpose: 'read' });
  // An object that its user may not see at all is not found.
  if (reply.status === 404) return { fields: new Set<string>(), parents: new Set<string>() };
  const { fields } = readBody(described, reply);
  return {
    fields: new Set(fields.map(({ name }) => name.toLowerCase())),
    parents: new Set(fields.flatMap(({ relationshipName }) => relationshipName?.toLowerCase() ?? [])),
  };
};

/** Those of the fields that the org does not describe to our user. */
const hiddenOf = async (
  call: CallSalesforce,
  connection: ConnectionInfo,
  api: string,
  fields: readonly string[],
): Promise<readonly string[]> => {
  const own = await namesOf(call, connection, api);
  const parents = new Map<string, ReadonlySet<string>>();
  for (const field of fields) {
    const [parent, name] = field.split('.');
    if (name === undefined || parents.has(parent!) || !own.parents.has(parent!.toLowerCase())) continue;
    parents.set(parent!, (await namesOf(call, connection, parent!)).fields);
  }
  return fields.filter((field) => {
    const [first, name] = field.split('.') as [string, string | undefined];
    const visible = name === undefined ? own.fields : parents.get(first);
    return visible?.has((name ?? first).toLowerCase()) !== true;
  });
};

const alertOf = (connection: ConnectionInfo, subject: string, api: string, hidden: readonly string[]) => {
  const names = hidden.map((field) => (field.includes('.') ? field : `${api}.${field}`));
  const list = names.join(', ');
  return {
    kind: ALERT,
    subject,
    detail: {
      text: `${VENDOR} (${connection.name}) does not show Fairlead's user ${list}: leads are decided as if they had no such value. In Setup, give a permission set of that user (Fairlead Routing, or one of your own) read access to ${list}; where there is no such field, correct the policy's fields. It is tried again within the hour.`,
      connectionId: connection.id,
      fields: names,
    },
  };
};
