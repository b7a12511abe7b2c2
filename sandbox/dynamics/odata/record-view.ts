import { type Environment, rowsOf } from '../environment.ts';
import type { Column, Table } from '../schema/column.ts';
import { columnOf, tableNamed } from '../schema/tables.ts';
import { isRef, type Row, type Value } from '../types.ts';
import { propertyOf } from './property.ts';

const FORMATTED = 'OData.Community.Display.V1.FormattedValue';
const LOOKUP_TABLE = 'Microsoft.Dynamics.CRM.lookuplogicalname';

/** Which annotations a caller wants, of `Prefer: odata.include-annotations="…"`. */
export type Annotations = (name: string) => boolean;

export const readAnnotations = (prefer: string): Annotations => {
  const wanted = /odata\.include-annotations="([^"]*)"/.exec(prefer)?.[1]?.split(',') ?? [];
  return (name) =>
    wanted.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : one.trim() === name));
};

export const etagOf = ({ version }: Row): string => `W/"${version}"`;

/** A record as a read answers it: its key and ETag are always there. */
export const viewOf = (
  row: Row,
  table: Table,
  environment: Environment,
  select: readonly Column[] | null,
  annotations: Annotations,
): Readonly<Record<string, unknown>> => {
  const columns = select ?? readable(table, environment);
  const view: Record<string, unknown> = { '@odata.etag': etagOf(row) };
  for (const column of columns) addColumn(view, row, column, environment, annotations);
  view[table.primaryId] = row.id;
  return view;
};

const readable = (table: Table, { installed }: Environment): readonly Column[] =>
  [...table.columns.values()].filter(
    ({ name, secret }) =>
      !secret && !name.startsWith('sandbox_') && columnOf(table, name, installed) !== undefined,
  );

const addColumn = (
  view: Record<string, unknown>,
  row: Row,
  column: Column,
  environment: Environment,
  annotations: Annotations,
): void => {
  const property = propertyOf(column);
  const value: Value = column.name === 'versionnumber' ? row.version : (row.values[column.name] ?? null);
  if (column.type === 'id') return;
  const formatted = value === null ? null : formattedOf(value, column, environment);
  if (formatted !== null && annotations(FORMATTED)) view[`${property}@${FORMATTED}`] = formatted;
  if (isRef(value) && annotations(LOOKUP_TABLE)) view[`${property}@${LOOKUP_TABLE}`] = value.table;
  view[property] = isRef(value) ? value.id : value;
};

const formattedOf = (value: Value, column: Column, environment: Environment): string | null => {
  if (isRef(value)) {
    const table = tableNamed(value.table);
    const name = table && rowsOf(environment, value.table).get(value.id)?.values[table.primaryName];
    return name === undefined || name === null ? null : String(name);
  }
  if (column.type === 'boolean') return value ? 'Yes' : 'No';
  if (column.labels) return column.labels[Number(value)] ?? null;
  if (typeof value === 'number') return value.toLocaleString('en-US');
  if (column.type === 'datetime') return new Date(String(value)).toLocaleString('en-US', { timeZone: 'UTC' });
  return null;
};
