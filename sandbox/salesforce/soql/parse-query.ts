import type { Path, Query, SelectItem } from './ast.ts';
import { createConditionParser } from './parse-condition.ts';
import { createTokenReader, type TokenReader } from './token-reader.ts';

const AGGREGATES = ['count', 'count_distinct', 'min', 'max', 'sum', 'avg'] as const;

const parseTypeof = (reader: TokenReader): SelectItem => {
  reader.expect('typeof');
  const path = reader.path();
  const cases: { type: string; fields: readonly Path[] }[] = [];
  while (reader.take('when')) {
    const type = reader.next().text;
    reader.expect('then');
    cases.push({ type, fields: reader.list(reader.path) });
  }
  const otherwise = reader.take('else') ? reader.list(reader.path) : [];
  reader.expect('end');
  return { kind: 'typeof', path, cases, otherwise };
};

const parseItem = (reader: TokenReader): SelectItem => {
  if (reader.is('typeof')) return parseTypeof(reader);
  const name = AGGREGATES.find((one) => reader.is(one) && reader.is('(', 1));
  if (name === undefined) return { kind: 'field', path: reader.path(), alias: reader.alias() };
  reader.expect(name, '(');
  if (name === 'count' && reader.take(')')) return { kind: 'count' };
  const path = reader.path();
  reader.expect(')');
  return { kind: 'aggregate', name, path, alias: reader.alias() };
};

const parseOrder = (reader: TokenReader): Query['orderBy'][number] => {
  const path = reader.path();
  const descending = reader.take('desc');
  if (!descending) reader.take('asc');
  if (!reader.take('nulls')) return { path, descending, nullsLast: false };
  const nullsLast = reader.take('last');
  if (!nullsLast) reader.expect('first');
  return { path, descending, nullsLast };
};

const parseNumber = (reader: TokenReader): number => {
  const token = reader.next();
  return token.kind === 'number' ? Number(token.text) : reader.fail(token);
};

const parseSelect = (reader: TokenReader): Query => {
  const parseCondition = createConditionParser(reader, () => parseSelect(reader));
  reader.expect('select');
  const select = reader.list(() => parseItem(reader));
  reader.expect('from');
  const from = reader.objectName();
  reader.alias();
  const where = reader.take('where') ? parseCondition() : null;
  let groupBy: readonly Path[] = [];
  if (reader.take('group')) {
    reader.expect('by');
    groupBy = reader.list(reader.path);
  }
  let orderBy: Query['orderBy'] = [];
  if (reader.take('order')) {
    reader.expect('by');
    orderBy = reader.list(() => parseOrder(reader));
  }
  const limit = reader.take('limit') ? parseNumber(reader) : null;
  const offset = reader.take('offset') ? parseNumber(reader) : 0;
  return {
    select,
    from: { name: from.names.join('.'), at: from.at },
    where,
    groupBy,
    orderBy,
    limit,
    offset,
  };
};

/** The query a text says. Throws SalesforceError MALFORMED_QUERY with the place. */
export const parseQuery = (soql: string): Query => {
  const reader = createTokenReader(soql);
  const query = parseSelect(reader);
  if (reader.peek().kind !== 'end') reader.fail();
  return query;
};
