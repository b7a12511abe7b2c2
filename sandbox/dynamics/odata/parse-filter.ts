import { badQuery } from '../errors.ts';
import type { Condition, Literal, Operator } from './condition.ts';
import { type Token, tokenize } from './tokenize.ts';

const OPERATORS: ReadonlySet<string> = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);
const TESTS: ReadonlySet<string> = new Set(['contains', 'startswith', 'endswith']);
const IN = 'Microsoft.Dynamics.CRM.In';

/** A filter's conditions, for the part of OData that is asked for here. Throws DynamicsError. */
export const parseFilter = (filter: string): Condition => {
  const tokens = tokenize(filter);
  let at = 0;
  const peek = (): Token => tokens[at]!;
  const next = (): Token => tokens[at++]!;
  const fail = (): never => {
    throw badQuery(`Syntax error near '${peek().text}' in '${filter}'.`);
  };
  const expect = (text: string): void => {
    if (next().text !== text) {
      at--;
      fail();
    }
  };
  const isWord = (text: string): boolean => peek().kind === 'word' && peek().text === text;

  const either = (): Condition => {
    let left = both();
    while (isWord('or')) {
      next();
      left = { kind: 'or', left, right: both() };
    }
    return left;
  };
  const both = (): Condition => {
    let left = single();
    while (isWord('and')) {
      next();
      left = { kind: 'and', left, right: single() };
    }
    return left;
  };
  const single = (): Condition => {
    if (isWord('not')) {
      next();
      return { kind: 'not', of: single() };
    }
    if (peek().text === '(' && peek().kind === 'mark') {
      next();
      const inner = either();
      expect(')');
      return inner;
    }
    if (peek().kind !== 'word') return fail();
    const { text } = next();
    if (text === IN) return membership();
    if (TESTS.has(text)) return textTest(text as 'contains');
    return comparison(text);
  };
  const comparison = (path: string): Condition => {
    const operator = next().text;
    if (!OPERATORS.has(operator)) {
      at--;
      fail();
    }
    return { kind: 'compare', path, operator: operator as Operator, value: literal() };
  };
  const literal = (): Literal => {
    const { kind, text } = next();
    if (kind === 'word' && (text === 'true' || text === 'false')) return { kind: 'boolean', text };
    if (kind === 'word' && text === 'null') return { kind: 'null', text };
    if (kind === 'word' || kind === 'mark' || kind === 'end') {
      at--;
      return fail();
    }
    return { kind, text };
  };
  const textTest = (test: 'contains' | 'startswith' | 'endswith'): Condition => {
    expect('(');
    const path = next().text;
    expect(',');
    const value = next();
    if (value.kind !== 'string') fail();
    expect(')');
    return { kind: 'text', test, path, value: value.text };
  };
  const membership = (): Condition => {
    expect('(');
    expect('PropertyName');
    expect('=');
    const column = next();
    expect(',');
    expect('PropertyValues');
    expect('=');
    const values = list();
    expect(')');
    if (column.kind !== 'string' || values.length === 0) fail();
    return { kind: 'in', column: column.text, values };
  };
  const list = (): readonly string[] => {
    expect('[');
    const values: string[] = [];
    while (peek().kind === 'string') {
      values.push(next().text);
      if (peek().text === ',') next();
    }
    expect(']');
    return values;
  };

  const condition = either();
  if (peek().kind !== 'end') fail();
  return condition;
};
