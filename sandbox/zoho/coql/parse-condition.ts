import { tooMany } from '../errors.ts';
import type { Condition, Literal } from './query.ts';
import type { Reader } from './tokenize.ts';

/** Values of one `in`, and criteria of one query. */
const MOST_VALUES = 50;
const MOST_CRITERIA = 25;

const OPERATORS = ['=', '!=', '<=', '>=', '<', '>', 'like'] as const;

const literal = (reader: Reader): Literal => {
  const token = reader.next('text', 'number', 'word');
  if (token.kind === 'text') return token.text;
  if (token.kind === 'number') return Number(token.text);
  const word = token.text.toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : reader.fail();
};

const literals = (reader: Reader): readonly Literal[] => {
  const values: Literal[] = [];
  if (!reader.take('(')) reader.fail();
  do values.push(literal(reader));
  while (reader.take(','));
  if (!reader.take(')')) reader.fail();
  if (values.length > MOST_VALUES) throw tooMany(MOST_VALUES, { operator: 'in' });
  return values;
};

const criterion = (reader: Reader): Condition => {
  const column = reader.next('word').text;
  if (reader.take('is', 'null')) return { kind: 'null', column, not: false };
  if (reader.take('is', 'not', 'null')) return { kind: 'null', column, not: true };
  if (reader.take('not', 'in')) return { kind: 'in', column, not: true, values: literals(reader) };
  if (reader.take('in')) return { kind: 'in', column, not: false, values: literals(reader) };
  if (reader.take('not', 'like'))
    return { kind: 'compare', column, operator: 'not like', value: literal(reader) };
  if (reader.take('between')) {
    const from = literal(reader);
    if (!reader.take('and')) reader.fail();
    return { kind: 'between', column, from, to: literal(reader) };
  }
  const operator = OPERATORS.find((one) => reader.take(one)) ?? reader.fail();
  return { kind: 'compare', column, operator, value: literal(reader) };
};

/**
 * Reads a condition. Every `and` and `or` joins two: a third criterion needs brackets around a pair, as Zoho demands.
 * Throws SYNTAX_ERROR, LIMIT_EXCEEDED.
 */
export const parseCondition = (reader: Reader): Condition => {
  let criteria = 0;
  const operand = (): Condition => {
    if (reader.take('(')) {
      const inner = pair();
      if (!reader.take(')')) reader.fail();
      return inner;
    }
    criteria += 1;
    if (criteria > MOST_CRITERIA) throw tooMany(MOST_CRITERIA, { clause: 'where' });
    return criterion(reader);
  };
  const pair = (): Condition => {
    const left = operand();
    if (reader.take('and')) return { kind: 'join', either: false, left, right: operand() };
    if (reader.take('or')) return { kind: 'join', either: true, left, right: operand() };
    return left;
  };
  return pair();
};
