import type { Org } from '../org.ts';
import type { ObjectDef } from '../schema/object.ts';
import type { Row, Value } from '../types.ts';
import type { Condition, Literal, Operator } from './ast.ts';
import { rangeOf } from './date-ranges.ts';
import { folded, literalValue } from './literal-value.ts';
import { queryError } from './query-error.ts';
import { resolvePath } from './resolve-path.ts';

type Test = (row: Row) => boolean;

export interface CompileContext {
  readonly org: Org;
  readonly soql: string;
  readonly object: ObjectDef;
  /** The values a semi-join's query finds. */
  readonly joined: (condition: Condition & { kind: 'in' }) => readonly Value[];
}

const ordered = (a: Value, b: Value): number =>
  a === null || b === null ? Number.NaN : a < b ? -1 : a > b ? 1 : 0;

const COMPARE: Readonly<Record<Exclude<Operator, 'like'>, (a: Value, b: Value) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => ordered(a, b) < 0,
  '<=': (a, b) => ordered(a, b) <= 0,
  '>': (a, b) => ordered(a, b) > 0,
  '>=': (a, b) => ordered(a, b) >= 0,
};

const inRange = (op: Operator, from: string, to: string): ((value: Value) => boolean) => {
  const within = (value: Value) => ordered(value, from) >= 0 && ordered(value, to) < 0;
  switch (op) {
    case '=':
      return within;
    case '!=':
      return (value) => !within(value);
    case '<':
      return (value) => ordered(value, from) < 0;
    case '<=':
      return (value) => ordered(value, to) < 0;
    case '>':
      return (value) => ordered(value, to) >= 0;
    default:
      return (value) => ordered(value, from) >= 0;
  }
};

/** LIKE: % for any text, _ for one letter, without case. */
const likePattern = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern.replace(/\\[%_]|[%_]|[.*+?^${}()|[\]\\]/g, (part) =>
      part === '%' ? '[^]*' : part === '_' ? '[^]' : `\\${part.at(-1)}`,
    )}$`,
    'i',
  );

const compileCompare = (context: CompileContext, condition: Condition & { kind: 'compare' }): Test => {
  const { org, soql, object } = context;
  const { field, read } = resolvePath(org, soql, object, condition.path);
  const { op, value } = condition;
  if (field.type === 'textarea' && field.length > 255)
    throw queryError(
      'INVALID_FIELD',
      soql,
      condition.path.at,
      `field '${field.name}' can not be filtered in a query call`,
    );
  if (value.kind === 'range') {
    if (field.type !== 'date' && field.type !== 'datetime') literalValue(field, value as Literal, soql);
    const [from, to] = rangeOf(org, value.value, field.type === 'date' ? 'date' : 'datetime');
    const test = inRange(op, from, to);
    return (row) => test(read(row));
  }
  if (op === 'like') {
    const pattern = likePattern(String(literalValue(field, value, soql)));
    return (row) => pattern.test(String(read(row) ?? ''));
  }
  const wanted = literalValue(field, value, soql);
  const compare = COMPARE[op];
  return (row) => compare(folded(field, read(row)), wanted);
};

const compileIn = (context: CompileContext, condition: Condition & { kind: 'in' }): Test => {
  const { org, soql, object } = context;
  const { field, read } = resolvePath(org, soql, object, condition.path);
  const values = condition.query
    ? context.joined(condition)
    : condition.values.map((literal) => literalValue(field, literal, soql));
  const wanted = new Set(values.map((value) => folded(field, value)));
  return (row) => wanted.has(folded(field, read(row))) !== condition.negated;
};

/** A WHERE clause as a test of rows. Throws SalesforceError for unknown fields and values of the wrong type. */
export const compileCondition = (context: CompileContext, condition: Condition): Test => {
  switch (condition.kind) {
    case 'and': {
      const parts = condition.parts.map((part) => compileCondition(context, part));
      return (row) => parts.every((part) => part(row));
    }
    case 'or': {
      const parts = condition.parts.map((part) => compileCondition(context, part));
      return (row) => parts.some((part) => part(row));
    }
    case 'not': {
      const part = compileCondition(context, condition.part);
      return (row) => !part(row);
    }
    case 'in':
      return compileIn(context, condition);
    case 'compare':
      return compileCompare(context, condition);
  }
};
