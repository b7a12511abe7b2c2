import { creditsOf, parseQuery } from '../coql/parse-query.ts';
import { runQuery } from '../coql/run-query.ts';
import { ZohoError } from '../errors.ts';
import { type Call, type Endpoint, NOTHING, ok } from './call.ts';

const queryOf = ({ body }: Call) => {
  if (typeof body.select_query === 'string') return parseQuery(body.select_query);
  throw new ZohoError('MANDATORY_NOT_FOUND', 'required field not found', {
    api_name: 'select_query',
    json_path: '$.select_query',
  });
};

/** A query that cannot be read costs one; that is told when it is run. */
const costOf = (call: Call): number => {
  try {
    return creditsOf(queryOf(call));
  } catch {
    return 1;
  }
};

export const coqlEndpoint: Endpoint = {
  method: 'POST',
  path: /^\/coql$/,
  kind: 'coql',
  scope: ['coql', 'READ'],
  credits: costOf,
  heavy: () => true,
  run: (call) => {
    const found = runQuery(call.org, queryOf(call));
    call.stats.countRows(found.data.length, 0);
    return found.data.length === 0 ? NOTHING : ok(found);
  },
};
