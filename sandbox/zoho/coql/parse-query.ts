import { tooMany } from '../errors.ts';
import { parseCondition } from './parse-condition.ts';
import { missingClause, type Query, type Selected } from './query.ts';
import { createReader, type Reader, tokenize } from './tokenize.ts';

const MOST_COLUMNS = 50;
const MOST_ROWS = 2_000;
const MOST_OFFSET = 100_000;
const DEFAULT_ROWS = 200;
const AGGREGATES = ['count', 'max', 'min', 'sum'] as const;

const selected = (reader: Reader): Selected => {
  const name = reader.next('word').text;
  const aggregate = AGGREGATES.find((one) => one === name.toLowerCase()) ?? null;
  if (aggregate === null || !reader.take('('))
    return { column: name, aggregate: null, as: reader.take('as') ? reader.next('word').text : name };
  const column = reader.next('word').text;
  if (!reader.take(')')) reader.fail();
  const plain = `${aggregate.toUpperCase()}(${column})`;
  return { column, aggregate, as: reader.take('as') ? reader.next('word').text : plain };
};

const listOf = <T>(reader: Reader, one: () => T): readonly T[] => {
  const all = [one()];
  while (reader.take(',')) all.push(one());
  return all;
};

const limits = (reader: Reader): { readonly limit: number; readonly offset: number } => {
  if (!reader.take('limit')) return { limit: DEFAULT_ROWS, offset: 0 };
  const first = Number(reader.next('number').text);
  if (reader.take(',')) return { offset: first, limit: Number(reader.next('number').text) };
  return { limit: first, offset: reader.take('offset') ? Number(reader.next('number').text) : 0 };
};

/** Reads a COQL query. Throws SYNTAX_ERROR, LIMIT_EXCEEDED. */
export const parseQuery = (text: string): Query => {
  const reader = createReader(tokenize(text));
  if (!reader.take('select')) throw missingClause('select');
  const select = listOf(reader, () => selected(reader));
  if (select.length > MOST_COLUMNS) throw tooMany(MOST_COLUMNS, { clause: 'select' });
  if (!reader.take('from')) throw missingClause('from');
  const from = reader.next('word').text;
  if (!reader.take('where')) throw missingClause('where');
  const where = parseCondition(reader);
  const groupBy = reader.take('group', 'by') ? listOf(reader, () => reader.next('word').text) : [];
  const orderBy = reader.take('order', 'by')
    ? listOf(reader, () => {
        const column = reader.next('word').text;
        const descending = reader.take('desc');
        if (!descending) reader.take('asc');
        return { column, descending };
      })
    : [];
  const { limit, offset } = limits(reader);
  if (!reader.done()) reader.fail();
  if (limit > MOST_ROWS) throw tooMany(MOST_ROWS, { clause: 'limit' });
  if (offset + limit > MOST_OFFSET) throw tooMany(MOST_OFFSET, { clause: 'offset' });
  return { select, from, where, groupBy, orderBy, limit, offset };
};

/** What a query costs: by its limit, not by what it finds. */
export const creditsOf = ({ limit }: Query): number => (limit <= 200 ? 1 : limit <= 1_000 ? 2 : 3);
