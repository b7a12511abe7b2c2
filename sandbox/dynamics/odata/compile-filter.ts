import { type Environment, rowsOf } from '../environment.ts';
import { badQuery, noProperty } from '../errors.ts';
import type { Column, Table } from '../schema/column.ts';
import { columnOf, tableNamed } from '../schema/tables.ts';
import { isRef, type Row, type Value } from '../types.ts';
import type { Condition, Literal, Operator } from './condition.ts';
import { columnOfProperty } from './property.ts';

export type Test = (row: Row) => boolean;

/** Conditions of one query, whatever they are made of. */
const MOST_CONDITIONS = 500;

/** A filter as a test of rows. Throws DynamicsError for what the service would refuse. */
export const compileFilter = (condition: Condition, table: Table, environment: Environment): Test => {
  if (countOf(condition) > MOST_CONDITIONS)
    throw badQuery('Number of conditions in query exceeded maximum limit.');
  return compile(condition, table, environment);
};

const countOf = (condition: Condition): number => {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return countOf(condition.left) + countOf(condition.right);
    case 'not':
      return countOf(condition.of);
    case 'in':
    case 'text':
    case 'compare':
      return 1;
    default:
      return condition satisfies never;
  }
};

const compile = (condition: Condition, table: Table, environment: Environment): Test => {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const left = compile(condition.left, table, environment);
      const right = compile(condition.right, table, environment);
      return condition.kind === 'and' ? (row) => left(row) && right(row) : (row) => left(row) || right(row);
    }
    case 'not': {
      const inner = compile(condition.of, table, environment);
      return (row) => !inner(row);
    }
    case 'in':
      return compileIn(condition, table, environment);
    case 'text': {
      const { value, test } = condition;
      const { read } = reader(condition.path, table, environment);
      const wanted = value.toLowerCase();
      const matches = {
        contains: (text: string) => text.includes(wanted),
        startswith: (text: string) => text.startsWith(wanted),
        endswith: (text: string) => text.endsWith(wanted),
      }[test];
      return (row) => matches(String(read(row) ?? '').toLowerCase());
    }
    case 'compare':
      return compileCompare(condition, table, environment);
    default:
      return condition satisfies never;
  }
};

const compileIn = (
  { column, values }: Extract<Condition, { kind: 'in' }>,
  table: Table,
  environment: Environment,
): Test => {
  if (!columnOf(table, column, environment.installed)) throw noProperty(column, table.name);
  const wanted = new Set(values.map((value) => value.toLowerCase()));
  const id = column === table.primaryId;
  return (row) => {
    const value = id ? row.id : comparable(row.values[column]);
    return value !== null && wanted.has(String(value).toLowerCase());
  };
};

const EDM: Readonly<Record<string, string>> = {
  id: 'Edm.Guid',
  guid: 'Edm.Guid',
  lookup: 'Edm.Guid',
  owner: 'Edm.Guid',
  string: 'Edm.String',
  memo: 'Edm.String',
  boolean: 'Edm.Boolean',
  datetime: 'Edm.DateTimeOffset',
  integer: 'Edm.Int32',
  decimal: 'Edm.Decimal',
  money: 'Edm.Decimal',
  choice: 'Edm.Int32',
  state: 'Edm.Int32',
  status: 'Edm.Int32',
};
const LITERALS: Readonly<Record<Literal['kind'], string>> = {
  string: 'Edm.String',
  guid: 'Edm.Guid',
  moment: 'Edm.DateTimeOffset',
  number: 'Edm.Int32',
  boolean: 'Edm.Boolean',
  null: 'null',
};

const compileCompare = (
  { path, operator, value }: Extract<Condition, { kind: 'compare' }>,
  table: Table,
  environment: Environment,
): Test => {
  const { read, column } = reader(path, table, environment);
  const [left, right] = [EDM[column.type] ?? '', LITERALS[value.kind]];
  const numbers = right === 'Edm.Int32' && left === 'Edm.Decimal';
  if (value.kind !== 'null' && left !== right && !numbers)
    throw badQuery(
      `A binary operator with incompatible types was detected. Found operand types '${left}' and '${right}' for operator kind '${operator}'.`,
    );
  const wanted = literalValue(value);
  return (row) => compareWith(operator, toOrder(read(row), column), wanted);
};

const literalValue = ({ kind, text }: Literal): string | number | boolean | null => {
  if (kind === 'null') return null;
  if (kind === 'number') return Number(text);
  if (kind === 'boolean') return text === 'true';
  if (kind === 'moment') return Date.parse(text);
  return text.toLowerCase();
};

const toOrder = (value: string | number | boolean | null, column: Column) => {
  if (value === null) return null;
  if (column.type === 'datetime') return Date.parse(String(value));
  return typeof value === 'string' ? value.toLowerCase() : value;
};

type Simple = string | number | boolean | null;

const compareWith = (operator: Operator, left: Simple, right: Simple): boolean => {
  if (operator === 'eq') return left === right;
  if (operator === 'ne') return left !== right;
  if (left === null || right === null) return false;
  const order = left < right ? -1 : left > right ? 1 : 0;
  return { gt: order > 0, ge: order >= 0, lt: order < 0, le: order <= 0 }[operator];
};

const comparable = (value: Value | undefined): Simple => (isRef(value) ? value.id : (value ?? null));

/** What a path reads: a property of the row, or of the row a lookup points at. */
const reader = (
  path: string,
  table: Table,
  environment: Environment,
): { readonly read: (row: Row) => Simple; readonly column: Column } => {
  const [first = '', rest] = path.split('/', 2);
  if (rest === undefined) {
    const column = columnOfProperty(table, first, environment.installed);
    return { read: (row) => (column.type === 'id' ? row.id : comparable(row.values[column.name])), column };
  }
  const lookup = columnOf(table, first, environment.installed);
  const target = lookup?.targets?.length === 1 ? tableNamed(lookup.targets[0] ?? '') : undefined;
  if (!lookup || !target) throw noProperty(first, table.name);
  const inner = reader(rest, target, environment);
  return {
    column: inner.column,
    read: (row) => {
      const ref = row.values[lookup.name];
      const found = isRef(ref) ? rowsOf(environment, ref.table).get(ref.id) : undefined;
      return found ? inner.read(found) : null;
    },
  };
};
