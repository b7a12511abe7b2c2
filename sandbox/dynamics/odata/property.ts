import { badQuery, noProperty } from '../errors.ts';
import type { Column, Table } from '../schema/column.ts';
import { columnOf, type Installed } from '../schema/tables.ts';

const LOOKUP = /^_(\w+)_value$/;

/** Lookups and owners go by `_name_value` in queries and replies. */
export const propertyOf = ({ name, type }: Column): string =>
  type === 'lookup' || type === 'owner' ? `_${name}_value` : name;

/** The column a query means. Throws DynamicsError. */
export const columnOfProperty = (table: Table, property: string, installed: Installed): Column => {
  if (property === 'versionnumber') return { name: 'versionnumber', type: 'integer' };
  const column = columnOf(table, LOOKUP.exec(property)?.[1] ?? property, installed);
  if (!column || propertyOf(column) !== property || column.name.startsWith('sandbox_'))
    throw noProperty(property, table.name);
  if (column.secret)
    throw badQuery(`The property '${property}' cannot be read: it is valid for create and update only.`);
  return column;
};
