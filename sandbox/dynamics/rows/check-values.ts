import { badPayload, noRecord, refused } from '../errors.ts';
import type { Column, Table } from '../schema/column.ts';
import { columnOf, tableNamed, tableOfSet } from '../schema/tables.ts';
import type { Ref, Value } from '../types.ts';
import type { Transaction } from './transaction.ts';

export type Body = Readonly<Record<string, unknown>>;

const BIND = '@odata.bind';

/** A body's values by column. Throws DynamicsError for names and values the service would refuse. */
export const checkValues = (body: Body, table: Table, tx: Transaction): Readonly<Record<string, Value>> => {
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(body)) {
    if (name === '@odata.type' || name === table.primaryId) continue;
    if (name.endsWith(BIND)) {
      const { column, ref } = bound(name.slice(0, -BIND.length), value, table, tx);
      values[column] = ref;
      continue;
    }
    const column = columnOf(table, name, tx.environment.installed);
    if (!column || column.type === 'lookup' || column.type === 'owner')
      throw badPayload(
        `An undeclared property '${name}' which only has property annotations in the payload but no property value was found in the payload. Type: Microsoft.Dynamics.CRM.${table.name}.`,
      );
    if (!column.readOnly) values[name] = typed(value, column);
  }
  return values;
};

const bound = (
  name: string,
  value: unknown,
  table: Table,
  tx: Transaction,
): { readonly column: string; readonly ref: Ref | null } => {
  const navigation = table.navigations.get(name);
  if (!navigation)
    throw badPayload(
      `An undeclared property '${name}' was found in the payload for Microsoft.Dynamics.CRM.${table.name}.`,
    );
  if (value === null) return { column: navigation.column, ref: null };
  const found = /^\/?(?:.*\/)?(\w+)\(([0-9a-f-]{36})\)$/i.exec(String(value));
  const target = found && tableOfSet(found[1] ?? '');
  if (!target || !navigation.targets.includes(target.name))
    throw badPayload(`The value '${String(value)}' cannot be bound to '${name}'.`);
  const id = (found[2] ?? '').toLowerCase();
  if (!tx.get(target.name, id)) throw noRecord(target.name, id);
  return { column: navigation.column, ref: { table: target.name, id } };
};

const wrongType = (value: unknown, edm: string): Error =>
  badPayload(`Cannot convert the literal '${String(value)}' to the expected type '${edm}'.`);

const typed = (value: unknown, column: Column): Value => {
  if (value === null) return null;
  switch (column.type) {
    case 'string':
    case 'memo':
      return text(value, column);
    case 'integer':
    case 'choice':
    case 'state':
    case 'status':
      return wholeNumber(value, column);
    case 'decimal':
    case 'money':
      if (typeof value !== 'number') throw wrongType(value, 'Edm.Decimal');
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType(value, 'Edm.Boolean');
      return value;
    case 'datetime': {
      const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
      if (Number.isNaN(at)) throw wrongType(value, 'Edm.DateTimeOffset');
      return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
    }
    case 'id':
    case 'guid':
    case 'lookup':
    case 'owner':
      return String(value).toLowerCase();
    default:
      return column.type satisfies never;
  }
};

const text = (value: unknown, { name, max = 100 }: Column): string => {
  if (typeof value !== 'string') throw wrongType(value, 'Edm.String');
  if (value.length > max)
    throw refused(
      `A validation error occurred. The length of the '${name}' attribute of the entity exceeded the maximum allowed length of '${max}'.`,
      '0x80044331',
    );
  return value;
};

const wholeNumber = (value: unknown, { name, labels, type }: Column): number => {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(value, 'Edm.Int32');
  if (type !== 'integer' && labels && !(value in labels))
    throw refused(
      `A validation error occurred. The value ${value} of '${name}' is outside the valid range.`,
      '0x8004431a',
    );
  return value;
};

/** Who may own: an active user, or a team that has a role and is no access team. Throws DynamicsError. */
export const checkOwner = (owner: Value | undefined, tx: Transaction): void => {
  if (owner === null || typeof owner !== 'object' || !tableNamed(owner.table))
    throw refused('The owner is required.', '0x80040203');
  const row = tx.get(owner.table, owner.id);
  if (!row) throw noRecord(owner.table, owner.id);
  if (owner.table === 'systemuser' && row.values.isdisabled === true)
    throw refused('Cannot assign the record: the user is disabled or does not have a license.', '0x80042f09');
  if (owner.table === 'team' && (row.values.teamtype === 1 || row.values.sandbox_hasroles === false))
    throw refused(
      `Principal team (Id=${owner.id}) is missing prvReadLead privilege: the team has no role that lets it own records.`,
      '0x80042f09',
    );
};
