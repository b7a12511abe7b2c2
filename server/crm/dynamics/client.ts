import { AppError } from '../../base/app-error.ts';
import type { Account, ApiCall, ClientParts } from '../call/api-call.ts';
import { createGates } from '../call/create-gates.ts';
import { fetchOnce } from '../call/fetch-once.ts';
import { inTurn } from '../call/in-turn.ts';
import { jsonOf, saysJson } from '../call/json-of.ts';
import { withToken } from '../call/with-token.ts';
import { withinUntil } from '../failures.ts';
import type { Addresses } from './addresses.ts';
import { IN_FLIGHT, NOT_A_MEMBER, ODATA_HEADERS } from './facts.ts';
import { errorOf, retryAfterMs } from './failures.ts';
import { createLimits, type Limits, type Purpose } from './limits.ts';

export const VENDOR = 'Dynamics 365';

/** One call of the Web API. */
export interface Call extends ApiCall<Purpose> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the Web API's address, or a whole link that an earlier reply gave. */
  readonly path: string;
  /** A body that is no JSON. */
  readonly text?: { readonly type: string; readonly content: string };
  readonly headers?: Readonly<Record<string, string>>;
}

/** What Dataverse answered, whatever the status. `body`: its JSON; undefined where it has none. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly text: string;
}

/** The environment a call goes to. */
export type Environment = Account;

/**
 * Calls Dataverse for a connection. Throws AppError: `timeout` (whether the call took effect is unknown),
 * `rate_limited` (not sent), `vendor_unavailable` (no connection), `needs_reconnecting`, `invalid_settings`.
 */
export type CallDynamics = (environment: Environment, call: Call) => Promise<Reply>;

/** How long one request may take. Milliseconds. */
const REQUEST_TIMEOUT_MS = 15_000;

export interface DynamicsClientParts extends ClientParts {
  readonly addresses: Addresses;
  readonly limits?: Limits;
}

/** A client on fetch: one try, one deadline, another token once after a 401. */
export const createDynamicsClient = (parts: DynamicsClientParts): CallDynamics => {
  const { addresses, tokens, clock } = parts;
  const limits = parts.limits ?? createLimits(clock);
  const timeoutMs = parts.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const gated = createGates(IN_FLIGHT);

  const once = async (environment: Environment, token: string, call: Call, until: number): Promise<Reply> => {
    const reply = await withinUntil(VENDOR, { clock, timeoutMs, until }, (ms) =>
      send(addressOf(addresses.api(environment), call), token, call, ms),
    );
    if (reply.status === 429) limits.pause(environment.externalId, retryAfterMs(reply));
    if (reply.status === 403 && errorOf(reply.body).code === NOT_A_MEMBER) throw notAMember();
    return reply;
  };

  return async (environment, call) => {
    const until = call.until ?? clock.now() + 2 * timeoutMs;
    const take = () => limits.take(environment.externalId, call.purpose);
    const end = () => limits.end(environment.externalId);
    const send = (token: string) => once(environment, token, call, until);
    return inTurn(VENDOR, { clock, take, end, mayStart: (at) => at < until }, () =>
      gated(environment.externalId, () => withToken(environment.id, { tokens, send, remedy })),
    );
  };
};

const remedy = (): string =>
  'Dynamics 365 refuses this connection: have an administrator agree to the app again, then connect again.';

const notAMember = (): AppError =>
  new AppError(
    'needs_reconnecting',
    'Fairlead’s application user is disabled or was removed: have an administrator enable it in the environment, then connect again.',
  );

/** The code of the error for a link that is not of the environment, as its address was before it was renamed. */
export const FOREIGN_LINK = 'foreign_link';

/** Links come out of replies: only those of this environment are followed with its token. */
const addressOf = (api: string, { path, query }: Call): string => {
  if (path.startsWith('https:') || path.startsWith('http:')) {
    if (path.startsWith(`${api}/`)) return path;
    throw new AppError(FOREIGN_LINK, 'Dynamics 365 gave a link to another place.', { retryable: true });
  }
  const search = Object.entries(query ?? {}).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${api}/${path}${search.length > 0 ? `?${search.join('&')}` : ''}`;
};

const send = async (url: string, token: string, call: Call, ms: number): Promise<Reply> => {
  const content = call.text?.content ?? (call.body === undefined ? null : JSON.stringify(call.body));
  const request = {
    method: call.method,
    headers: {
      ...ODATA_HEADERS,
      authorization: `Bearer ${token}`,
      ...(content !== null && { 'content-type': call.text?.type ?? 'application/json; charset=utf-8' }),
      ...call.headers,
    },
    body: content,
  };
  const { status, headers, text } = await fetchOnce(url, request, ms);
  return { status, headers, text, body: saysJson(headers) ? jsonOf(text, status) : undefined };
};
