import type { Row } from '../types.ts';
import { aggregateRows, isAggregate } from './aggregate-rows.ts';
import type { Query } from './ast.ts';
import { findRows, queriedObject } from './find-rows.ts';
import { parseQuery } from './parse-query.ts';
import { createProjection, type RecordView, type ViewContext } from './project-rows.ts';
import { queryError } from './query-error.ts';

/** What a query found: how many, and the records, made as they are asked for. */
export interface QueryResult {
  readonly totalSize: number;
  /** How many records there are to send; none for COUNT(). */
  readonly length: number;
  readonly slice: (from: number, to: number) => readonly RecordView[];
  readonly aggregate: boolean;
}

const limited = <T>(query: Query, items: readonly T[]): readonly T[] =>
  query.limit === null && query.offset === 0
    ? items
    : items.slice(query.offset, query.limit === null ? undefined : query.offset + query.limit);

const MOST_OFFSET = 2000;

/** Runs a query. Throws SalesforceError MALFORMED_QUERY, INVALID_FIELD or INVALID_TYPE. */
export const runQuery = (context: ViewContext, all: boolean): QueryResult => {
  const { org, soql } = context;
  const query = parseQuery(soql);
  const object = queriedObject(org, soql, query);
  if (query.offset > MOST_OFFSET)
    throw queryError('NUMBER_OUTSIDE_VALID_RANGE', soql, 0, `Maximum SOQL offset allowed is ${MOST_OFFSET}`);
  const counting = query.select.some((item) => item.kind === 'count');
  if (counting && query.select.length > 1)
    throw queryError('MALFORMED_QUERY', soql, 0, 'COUNT() must be the only element in the SELECT list');
  if (isAggregate(query)) {
    const views = limited(query, aggregateRows(context, object, query, findRows(org, soql, query, all)));
    return {
      totalSize: views.length,
      length: views.length,
      slice: (from, to) => views.slice(from, to),
      aggregate: true,
    };
  }
  const project = createProjection(context, object, query.select);
  const rows: readonly Row[] = limited(query, findRows(org, soql, query, all));
  return {
    totalSize: rows.length,
    length: counting ? 0 : rows.length,
    slice: (from, to) => rows.slice(from, to).map(project),
    aggregate: false,
  };
};
