import type { Environment } from '../environment.ts';
import { badQuery } from '../errors.ts';
import type { Column, Table } from '../schema/column.ts';
import { compileFilter, type Test } from './compile-filter.ts';
import { parseFilter } from './parse-filter.ts';
import { columnOfProperty } from './property.ts';

/** What is asked of a set of rows. */
export interface QueryOptions {
  /** null: every column. */
  readonly select: readonly Column[] | null;
  readonly test: Test | null;
  readonly order: readonly { readonly column: Column; readonly descending: boolean }[];
  readonly top: number | null;
  readonly count: boolean;
}

const KNOWN = new Set([
  '$select',
  '$filter',
  '$orderby',
  '$top',
  '$count',
  '$skiptoken',
  '$deltatoken',
  'tag',
]);

/** Throws DynamicsError for options the stand-in, or the service, does not know. */
export const readOptions = (
  search: URLSearchParams,
  table: Table,
  environment: Environment,
): QueryOptions => {
  for (const name of search.keys())
    if (!KNOWN.has(name)) throw badQuery(`The query parameter ${name} is not supported.`);
  const filter = search.get('$filter');
  const top = search.get('$top');
  if (top !== null && !/^[1-9]\d*$/.test(top))
    throw badQuery(`Invalid value '${top}' for $top query option.`);
  return {
    select: readSelect(search.get('$select'), table, environment),
    test: filter === null ? null : compileFilter(parseFilter(filter), table, environment),
    order: readOrder(search.get('$orderby'), table, environment),
    top: top === null ? null : Number(top),
    count: search.get('$count') === 'true',
  };
};

export const readSelect = (
  select: string | null,
  table: Table,
  { installed }: Environment,
): readonly Column[] | null =>
  select === null
    ? null
    : select.split(',').map((property) => columnOfProperty(table, property.trim(), installed));

const readOrder = (order: string | null, table: Table, { installed }: Environment): QueryOptions['order'] =>
  (order ?? '')
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [property = '', direction = 'asc'] = part.trim().split(/\s+/);
      if (direction !== 'asc' && direction !== 'desc') throw badQuery(`Syntax error in $orderby '${order}'.`);
      return { column: columnOfProperty(table, property, installed), descending: direction === 'desc' };
    });
