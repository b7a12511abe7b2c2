import { Connection } from 'jsforce/lib/connection.js';
import { SOAP } from 'jsforce/lib/soap.js';
import type { HttpRequest } from 'jsforce/lib/types/index.js';
import type { Account, ApiCall, ClientParts } from '../call/api-call.ts';
import { createGates } from '../call/create-gates.ts';
import { withToken } from '../call/with-token.ts';
import { RateLimited, withinUntil } from '../failures.ts';
import type { Addresses } from './addresses.ts';
import { type Budget, createBudget, type Purpose } from './budget.ts';
import {
  API_VERSION,
  CLIENT_NAME,
  CONCURRENT_LIMIT,
  IN_FLIGHT,
  LIMIT_HEADER,
  SCOPE_MESSAGE,
  SOAP_PATH,
} from './facts.ts';
import { errorsOf } from './failures.ts';
import { FetchTransport } from './fetch-transport.ts';

export const VENDOR = 'Salesforce';

/** One call of the REST API. */
export interface Call extends ApiCall<Purpose> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  /** Below `/services/data/v…`, or from `/services/` on. */
  readonly path: string;
  /** A body that is no JSON, with its content type: CSV. */
  readonly text?: { readonly type: string; readonly body: string };
  /** A message of the SOAP API, for what REST does not offer: the method and its arguments. `path` is passed over. */
  readonly soap?: { readonly method: string; readonly message: object };
  readonly headers?: Readonly<Record<string, string>>;
}

/** What Salesforce answered, whatever the status. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** The org a call goes to. */
export type Org = Account;

/**
 * Calls Salesforce for a connection. Throws AppError: `timeout` (whether the call took effect is unknown),
 * `rate_limited` (not sent: the day's calls are spent), `vendor_unavailable` (no connection), `needs_reconnecting`,
 * `invalid_settings`.
 */
export type CallSalesforce = (org: Org, call: Call) => Promise<Reply>;

/** How long one request may take; Salesforce counts those of twenty seconds and more. Milliseconds. */
const REQUEST_TIMEOUT_MS = 15_000;

export interface SalesforceClientParts extends ClientParts {
  readonly addresses: Addresses;
  readonly budget?: Budget;
}

/**
 * A client on jsforce, used for addressing, its headers and the reading of replies. Its own refresh loses rotated
 * refresh tokens and loops on a sticky 401, its transport sleeps and retries: neither is used (docs/decisions/0007).
 */
export const createSalesforceClient = (parts: SalesforceClientParts): CallSalesforce => {
  const budget = parts.budget ?? createBudget(parts.clock);
  const timeoutMs = parts.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const gated = createGates(IN_FLIGHT);

  const once = async (org: Org, token: string, call: Call, until: number): Promise<Reply> => {
    const { reply, limits } = await withinUntil(VENDOR, { clock: parts.clock, timeoutMs, until }, (ms) =>
      send(parts.addresses.instance(org), token, call, ms),
    );
    budget.learn(org.externalId, limits);
    if (isDailyLimit(reply)) budget.exhaust(org.externalId);
    return reply;
  };

  return async (org, call) => {
    const until = call.until ?? parts.clock.now() + 2 * timeoutMs;
    const wait = budget.take(org.externalId, call.purpose);
    if (wait > 0) throw new RateLimited(VENDOR, wait);
    const send = (token: string) => once(org, token, call, until);
    return gated(org.externalId, () => withToken(org.id, { tokens: parts.tokens, send, remedy }));
  };
};

const remedy = ({ body }: Reply): string =>
  errorsOf(body).some(({ message }) => SCOPE_MESSAGE.test(message))
    ? 'Salesforce gave this connection no access to its API: add the scopes "Manage user data via APIs (api)" and "Perform requests at any time (refresh_token)" to the external client app, then connect again.'
    : 'Salesforce refuses this connection: have an administrator install the package and connect again.';

const isDailyLimit = ({ status, body }: Reply): boolean =>
  status === 403 &&
  errorsOf(body).some(
    ({ code, message }) => code === 'REQUEST_LIMIT_EXCEEDED' && !CONCURRENT_LIMIT.test(message),
  );

const send = async (instanceUrl: string, token: string, call: Call, timeout: number) => {
  const connection = new Connection({
    instanceUrl,
    accessToken: token,
    version: API_VERSION,
    callOptions: { client: CLIENT_NAME },
  });
  const transport = new FetchTransport(timeout);
  try {
    if (call.soap !== undefined)
      return answered(transport, await askBySoap(connection, call.soap, transport));
    const body: unknown = await connection.request(toRequest(call), { transport });
    // Salesforce answers in JSON, in CSV (read by jsforce as well) or with nothing: text is a body that was cut short.
    if (typeof body === 'string' && body !== '') throw new Error('The reply is no JSON.');
    return answered(transport, body);
  } catch (error) {
    // jsforce throws what it was answered; anything else never came to an answer.
    if (transport.response === null || transport.response.statusCode < 300) throw error;
    return call.soap === undefined
      ? answered(transport, (error as { data?: unknown }).data)
      : faulted(transport, error as Error);
  }
};

const answered = ({ response }: FetchTransport, body: unknown) => ({
  reply: { status: response?.statusCode ?? 0, body },
  limits: response?.headers?.[LIMIT_HEADER],
});

/** jsforce writes the envelope with the session and our name in its header, and reads the answer. */
const askBySoap = (
  connection: Connection,
  { method, message }: NonNullable<Call['soap']>,
  transport: FetchTransport,
): Promise<unknown> => {
  const endpointUrl = connection.instanceUrl + SOAP_PATH;
  return new SOAP(connection, { endpointUrl, transport } as SoapOptions).invoke(method, message);
};

type SoapOptions = ConstructorParameters<typeof SOAP>[1];

/** A SOAP fault in the form of a REST error; one about the session is the 401 it would be there. */
const faulted = (transport: FetchTransport, error: Error & { errorCode?: string }) => {
  const code = String(error.errorCode ?? error.name).replace(/^\w+:/, '');
  const { reply, limits } = answered(transport, [{ errorCode: code, message: error.message }]);
  return {
    reply: code === 'INVALID_SESSION_ID' ? { ...reply, status: 401 } : { ...reply, status: 400 },
    limits,
  };
};

const toRequest = ({ method, path, query, body, text, headers }: Call): HttpRequest => {
  const sent = text ?? (body === undefined ? null : { type: 'application/json', body: JSON.stringify(body) });
  return {
    method,
    url: query === undefined ? path : `${path}?${new URLSearchParams(query)}`,
    headers: { ...(sent !== null && { 'content-type': sent.type }), ...headers },
    ...(sent !== null && { body: sent.body }),
  };
};
