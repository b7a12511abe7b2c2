import type { Condition, Literal, Operator, Query } from './ast.ts';
import type { TokenReader } from './token-reader.ts';

const RANGES =
  /^(today|yesterday|tomorrow|this_week|last_week|this_month|last_month|(last|next)_n_days:\d+)$/i;

const parseLiteral = (reader: TokenReader): Literal => {
  const { kind, text, at } = reader.next();
  if (kind === 'string' || kind === 'number') return { kind, value: text, at };
  if (kind === 'moment') return { kind: text.includes('T') ? 'datetime' : 'date', value: text, at };
  if (kind !== 'word') return reader.fail({ kind, text, at });
  const word = text.toLowerCase();
  if (word === 'null') return { kind: 'null', at };
  if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true', at };
  if (RANGES.test(word)) return { kind: 'range', value: word, at };
  return reader.fail({ kind, text, at });
};

const OPERATORS: Readonly<Record<string, Operator>> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  like: 'like',
};

/** What may stand in a WHERE clause. `parseQuery` reads the query of a semi-join. */
export const createConditionParser = (reader: TokenReader, parseQuery: () => Query) => {
  const parseIn = (path: Condition & { kind: 'in' }): Condition => {
    reader.expect('(');
    const query = reader.is('select') ? parseQuery() : null;
    const values = query ? [] : reader.list(() => parseLiteral(reader));
    reader.expect(')');
    return { ...path, values, query };
  };

  const parseCompare = (): Condition => {
    const path = reader.path();
    const empty = { kind: 'in', path, values: [], query: null } as const;
    if (reader.take('in')) return parseIn({ ...empty, negated: false });
    if (reader.is('not') && reader.is('in', 1)) {
      reader.expect('not', 'in');
      return parseIn({ ...empty, negated: true });
    }
    const token = reader.next();
    const op = OPERATORS[token.text.toLowerCase()];
    if (op === undefined || token.kind === 'string') return reader.fail(token);
    return { kind: 'compare', path, op, value: parseLiteral(reader) };
  };

  const parsePart = (): Condition => {
    if (reader.take('not')) return { kind: 'not', part: parsePart() };
    if (!reader.take('(')) return parseCompare();
    const condition = parseCondition();
    reader.expect(')');
    return condition;
  };

  /** ANDs or ORs. Both in one row without parentheses are no query: the other word is an unexpected token. */
  const parseCondition = (): Condition => {
    const parts = [parsePart()];
    const word = reader.is('and') ? 'and' : 'or';
    while (reader.take(word)) parts.push(parsePart());
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind: word, parts };
  };

  return parseCondition;
};
