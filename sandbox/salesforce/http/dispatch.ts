import { notFound, SalesforceError } from '../errors.ts';
import type { Session } from '../oauth/app.ts';
import type { Transaction } from '../rows/transaction.ts';
import type { ApiCall, ApiReply, ApiRequest, Endpoint, OrgApi } from './api-call.ts';
import { bulkEndpoints } from './bulk-endpoints.ts';
import { collectionEndpoints } from './collection-endpoints.ts';
import { describeEndpoints } from './describe-endpoints.ts';
import { queryEndpoints } from './query-endpoints.ts';
import { writeContext } from './request-options.ts';
import { rowEndpoints } from './row-endpoints.ts';

/** Everything but the composite itself, which is made of these. The first that matches answers. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...describeEndpoints,
  ...queryEndpoints,
  ...collectionEndpoints,
  ...rowEndpoints,
  ...bulkEndpoints,
];

export interface Matched {
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The endpoint of an address. Throws SalesforceError NOT_FOUND or METHOD_NOT_ALLOWED. */
export const matchEndpoint = (endpoints: readonly Endpoint[], { method, path }: ApiRequest): Matched => {
  const atPath = endpoints.flatMap((endpoint) => {
    const found = endpoint.path.exec(path);
    return found ? [{ endpoint, groups: found.groups ?? {} }] : [];
  });
  const match = atPath.find(({ endpoint }) => endpoint.method === method);
  if (match) {
    const params = Object.entries(match.groups).map(([name, value]) => [name, decode(value ?? '')]);
    return { endpoint: match.endpoint, params: Object.fromEntries(params) as Record<string, string> };
  }
  if (atPath.length === 0) throw notFound();
  const allowed = [...new Set(atPath.map(({ endpoint }) => endpoint.method))].join(', ');
  throw new SalesforceError(
    'METHOD_NOT_ALLOWED',
    `HTTP Method '${method}' not allowed. Allowed are ${allowed}`,
  );
};

/** A request as the endpoints see it. */
export const callOf = (
  api: OrgApi,
  session: Session,
  version: string,
  tx: Transaction,
  request: ApiRequest,
): ApiCall => ({
  ...request,
  api,
  session,
  version,
  tx,
  write: writeContext(api, session, tx, request.headers),
});

/** Runs an endpoint. What it wrote is taken back when it fails, and left to the caller to commit otherwise. */
export const runEndpoint = ({ endpoint, params }: Matched, call: ApiCall): ApiReply => {
  const mark = call.tx.mark();
  try {
    return endpoint.run(call, params);
  } catch (error) {
    call.tx.rollbackTo(mark);
    if (!(error instanceof SalesforceError)) throw error;
    return { status: error.status, body: error.body };
  }
};
