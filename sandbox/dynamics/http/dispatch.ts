import { rowsOf } from '../environment.ts';
import { DynamicsError, missingPrivilege, noSegment } from '../errors.ts';
import type { Transaction } from '../rows/transaction.ts';
import type { Table } from '../schema/column.ts';
import { systemuser, team } from '../schema/people.ts';
import { isInstalled, tableOfSet } from '../schema/tables.ts';
import { merge, qualify } from './actions.ts';
import { readDefinition } from './definitions.ts';
import { expandCalendar } from './expand-calendar.ts';
import type { Operation, Reply } from './operation.ts';
import { readRows } from './read-rows.ts';
import { createRow, deleteRow, patchRow, readRow } from './row-endpoints.ts';

const ROW = /^(\w+)\(([0-9a-fA-F-]{36})\)(?:\/([\w.]+))?$/;
const DEFINITION = /^EntityDefinitions\(LogicalName='(\w+)'\)(?:\/(\w+))?$/;
const SET = /^\w+$/;
const EXPAND =
  /^calendars\(([0-9a-fA-F-]{36})\)\/Microsoft\.Dynamics\.CRM\.ExpandCalendar\(Start=@\w+,End=@\w+\)$/;

/** Carries out one operation. Throws DynamicsError. */
export const dispatch = (operation: Operation, tx: Transaction): Reply => {
  const { method, path, api } = operation;
  if (path === 'WhoAmI' || path === 'WhoAmI()') return whoAmI(operation);
  if (path === 'Merge' && method === 'POST') return merge(operation, tx);
  const calendar = EXPAND.exec(path);
  if (calendar && method === 'GET') return expandCalendar(operation, calendar[1]!.toLowerCase(), tx);
  const definition = DEFINITION.exec(path);
  if (definition) return readDefinition(operation, definition[1] ?? '', definition[2]);
  const row = ROW.exec(path);
  const table = tableOfSet(row?.[1] ?? (SET.test(path) ? path : ''));
  if (!table || !isInstalled(table, api.environment.installed)) throw noSegment(row?.[1] ?? path);
  checkPrivileges(operation, table);
  const id = row?.[2]?.toLowerCase();
  return id === undefined ? onSet(operation, table, tx) : onRow(operation, table, id, row?.[3], tx);
};

const VERBS: Readonly<Record<string, string>> = {
  GET: 'Read',
  POST: 'Create',
  PATCH: 'Write',
  DELETE: 'Delete',
};

/** What the application user's role lacks; an owner is written with a privilege of its own. Throws DynamicsError 403. */
const checkPrivileges = ({ method, body, actor, api }: Operation, { name }: Table): void => {
  const { lackingPrivileges } = api.environment;
  const isApp = rowsOf(api.environment, 'systemuser').get(actor.userId)?.values.applicationid != null;
  if (!isApp || lackingPrivileges.size === 0) return;
  const assigns = method === 'PATCH' && body.includes('ownerid@odata.bind');
  for (const verb of [VERBS[method] ?? '', ...(assigns ? ['Assign'] : [])]) {
    const privilege = `prv${verb}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    if (lackingPrivileges.has(privilege)) throw missingPrivilege(actor.userId, privilege, name);
  }
};

const notAllowed = (method: string): DynamicsError =>
  new DynamicsError(405, '0x8006088a', `The requested resource does not support http method '${method}'.`);

const onSet = (operation: Operation, table: Table, tx: Transaction): Reply => {
  if (operation.method === 'GET') return readRows(operation, table);
  if (operation.method === 'POST') return createRow(operation, table, tx);
  throw notAllowed(operation.method);
};

const onRow = (
  operation: Operation,
  table: Table,
  id: string,
  rest: string | undefined,
  tx: Transaction,
): Reply => {
  const { method } = operation;
  if (rest !== undefined) return below(operation, table, id, rest, tx);
  if (method === 'GET') return readRow(operation, table, id);
  if (method === 'PATCH') return patchRow(operation, table, id, tx);
  if (method === 'DELETE') return deleteRow(operation, table, id, tx);
  throw notAllowed(method);
};

const below = (operation: Operation, table: Table, id: string, rest: string, tx: Transaction): Reply => {
  const { method } = operation;
  if (table.name === 'lead' && rest === 'Microsoft.Dynamics.CRM.QualifyLead' && method === 'POST')
    return qualify(operation, id, tx);
  if (rest === 'teammembership_association' && method === 'GET') {
    const members = rowsOf(operation.api.environment, 'teammembership');
    const [own, other, of] =
      table === team
        ? (['teamid', 'systemuserid', systemuser] as const)
        : (['systemuserid', 'teamid', team] as const);
    const ids = [...members.values()]
      .filter(({ values }) => values[own] === id)
      .map(({ values }) => String(values[other]));
    return readRows(operation, of, new Set(ids));
  }
  throw noSegment(rest);
};

const whoAmI = ({ api, actor }: Operation): Reply => ({
  status: 200,
  body: {
    '@odata.context': `${api.url()}/api/data/v9.2/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse`,
    BusinessUnitId: api.environment.businessUnitId,
    UserId: actor.userId,
    OrganizationId: api.environment.id,
  },
});
