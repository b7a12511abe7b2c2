import { parseDateTime } from '../dates.ts';
import { type Org, tableOf } from '../org.ts';
import { knownModule } from '../records/context.ts';
import type { FieldDef } from '../schema/field.ts';
import type { ModuleDef } from '../schema/modules.ts';
import type { Lookup, Row } from '../types.ts';
import {
  type Condition,
  invalidColumn,
  invalidLiteral,
  type Literal,
  type Query,
  type Selected,
} from './query.ts';

type Scalar = string | number | boolean | null;

const fieldOf = (module: ModuleDef, column: string): FieldDef | null => {
  if (column === 'id') return null;
  const [name = '', rest] = column.split('.', 2);
  const def = module.fields.find(({ api_name }) => api_name === name);
  const isLookup = def?.data_type.endsWith('lookup') ?? false;
  if (!def || (rest !== undefined && (rest !== 'id' || !isLookup))) throw invalidColumn(column);
  return def;
};

/** A column's value to compare with: of lookups the id. */
const scalar = (row: Row, column: string): Scalar => {
  const value = row[column.split('.', 1)[0] ?? ''] ?? null;
  return typeof value === 'object' && value !== null ? value.id : value;
};

/** Values of unequal kinds are refused before anything is compared. */
const checkLiteral = (def: FieldDef | null, column: string, value: Literal): void => {
  const type = def?.data_type ?? 'bigint';
  const fits =
    type === 'boolean'
      ? typeof value === 'boolean'
      : type === 'integer' || type === 'currency'
        ? typeof value === 'number'
        : type === 'datetime'
          ? parseDateTime(value) !== null
          : typeof value === 'string';
  if (!fits) throw invalidLiteral(column, value);
};

const comparable = (def: FieldDef | null, value: Scalar): Scalar => {
  if (def?.data_type === 'datetime') return parseDateTime(value);
  return typeof value === 'string' ? value.toLowerCase() : value;
};

const like = (text: Scalar, pattern: Literal): boolean => {
  const escaped = String(pattern)
    .toLowerCase()
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*');
  return new RegExp(`^${escaped}$`, 's').test(String(text ?? ''));
};

type Test = (row: Row) => boolean;

const compile = (module: ModuleDef, condition: Condition): Test => {
  if (condition.kind === 'join') {
    const [left, right] = [compile(module, condition.left), compile(module, condition.right)];
    return condition.either ? (row) => left(row) || right(row) : (row) => left(row) && right(row);
  }
  const { column } = condition;
  const def = fieldOf(module, column);
  const of = (row: Row): Scalar => comparable(def, scalar(row, column));
  const wanted = (value: Literal): Scalar => {
    checkLiteral(def, column, value);
    return comparable(def, value);
  };
  switch (condition.kind) {
    case 'null':
      return (row) => (of(row) === null) !== condition.not;
    case 'in': {
      const values = condition.values.map(wanted);
      return (row) => of(row) !== null && values.includes(of(row)) !== condition.not;
    }
    case 'between': {
      const [from, to] = [wanted(condition.from), wanted(condition.to)];
      return (row) => of(row) !== null && of(row)! >= from! && of(row)! <= to!;
    }
    case 'compare':
      return comparison(condition.operator, of, wanted(condition.value), condition.value);
    default:
      return condition satisfies never;
  }
};

const comparison = (
  operator: Extract<Condition, { kind: 'compare' }>['operator'],
  of: (row: Row) => Scalar,
  value: Scalar,
  pattern: Literal,
): Test => {
  const known =
    (test: (one: NonNullable<Scalar>) => boolean): Test =>
    (row) => {
      const one = of(row);
      return one !== null && test(one);
    };
  switch (operator) {
    case '=':
      return known((one) => one === value);
    case '!=':
      return known((one) => one !== value);
    case '<':
      return known((one) => one < value!);
    case '>':
      return known((one) => one > value!);
    case '<=':
      return known((one) => one <= value!);
    case '>=':
      return known((one) => one >= value!);
    case 'like':
      return known((one) => like(one, pattern));
    case 'not like':
      return known((one) => !like(one, pattern));
    default:
      return operator satisfies never;
  }
};

const byOrder =
  (module: ModuleDef, orderBy: Query['orderBy']) =>
  (one: Row, other: Row): number => {
    for (const { column, descending } of [...orderBy, { column: 'id', descending: false }]) {
      const def = fieldOf(module, column);
      const [left, right] = [comparable(def, scalar(one, column)), comparable(def, scalar(other, column))];
      if (left === right) continue;
      const less = left === null || (right !== null && left < right);
      return less !== descending ? -1 : 1;
    }
    return 0;
  };

/** Lookups come with their id only. */
const shown = (row: Row, column: string): unknown => {
  const value = row[column] ?? null;
  if (typeof value === 'object' && value !== null) return { id: (value as Lookup).id };
  return column.includes('.') ? scalar(row, column) : value;
};

const aggregated = ({ column, aggregate }: Selected, rows: readonly Row[]): unknown => {
  const values = rows.map((row) => scalar(row, column)).filter((value) => value !== null);
  if (aggregate === 'count') return values.length;
  if (aggregate === 'sum') return values.reduce<number>((sum, value) => sum + Number(value), 0);
  return values.sort((a, b) => (a < b ? -1 : 1)).at(aggregate === 'min' ? 0 : -1) ?? null;
};

const project = ({ select }: Query, rows: readonly Row[]): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(
    select.map((one) => [
      one.as,
      one.aggregate === null ? shown(rows[0]!, one.column) : aggregated(one, rows),
    ]),
  ),
});

/** Every page of rows a query finds. Throws ZohoError. */
export const runQuery = (org: Org, query: Query) => {
  const module = knownModule(org, query.from);
  for (const { column } of query.select) fieldOf(module, column);
  const test = compile(module, query.where);
  const grouped = query.groupBy.length > 0 || query.select.some(({ aggregate }) => aggregate !== null);
  const stray = query.select.find(
    ({ column, aggregate }) => grouped && aggregate === null && !query.groupBy.includes(column),
  );
  if (stray) throw invalidColumn(stray.column);
  const found = [...tableOf(org, query.from).values()].filter(test).sort(byOrder(module, query.orderBy));
  const rows = grouped
    ? [
        ...Map.groupBy(found, (row) =>
          query.groupBy.map((column) => String(scalar(row, column))).join(' '),
        ).values(),
      ].map((group) => project(query, group))
    : found.map((row) => ({ ...project(query, [row]), id: row.id }));
  const page = rows.slice(query.offset, query.offset + query.limit);
  return { data: page, info: { count: page.length, more_records: rows.length > query.offset + query.limit } };
};
