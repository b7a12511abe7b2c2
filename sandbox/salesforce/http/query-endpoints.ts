import { SalesforceError } from '../errors.ts';
import { runQuery } from '../soql/run-query.ts';
import type { ApiCall, ApiReply, Endpoint } from './api-call.ts';
import { batchSizeOf } from './request-options.ts';

const answer = (call: ApiCall, all: boolean): ApiReply => {
  const { api, session, version, headers, query } = call;
  const soql = query.get('q');
  if (soql === null || soql.trim() === '')
    throw new SalesforceError('MALFORMED_QUERY', 'A query string has to be specified');
  const result = runQuery({ org: api.org, soql, version }, all);
  const page = api.cursors.open(session.userId, result, batchSizeOf(headers), version);
  api.stats.countRows(page.records.length, 0);
  return { status: 200, body: page };
};

const more: Endpoint['run'] = ({ api, session, version }, { locator = '' }) => {
  const page = api.cursors.more(session.userId, locator, version);
  api.stats.countRows(page.records.length, 0);
  return { status: 200, body: page };
};

/** SOQL, in batches. queryAll also finds what is in the recycle bin. */
export const queryEndpoints: readonly Endpoint[] = [
  { kind: 'query', method: 'GET', path: /^\/query\/?$/, run: (call) => answer(call, false) },
  { kind: 'query', method: 'GET', path: /^\/queryAll\/?$/, run: (call) => answer(call, true) },
  { kind: 'queryMore', method: 'GET', path: /^\/query(?:All)?\/(?<locator>[\w-]+)$/, run: more },
];
