import type { Account, ApiCall, ClientParts } from '../call/api-call.ts';
import { createGates } from '../call/create-gates.ts';
import { fetchOnce } from '../call/fetch-once.ts';
import { inTurn } from '../call/in-turn.ts';
import { jsonOf } from '../call/json-of.ts';
import { withToken } from '../call/with-token.ts';
import { withinUntil } from '../failures.ts';
import type { Addresses } from './addresses.ts';
import { type Budget, createBudget, type Purpose } from './budget.ts';
import { AUTH_SCHEME, CREDITS_HEADER, IN_FLIGHT } from './facts.ts';
import { errorOf, limitOf, VENDOR } from './failures.ts';

/** One call of the CRM API. */
export interface Call extends ApiCall<Purpose> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** From `/crm/v8` on. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What Zoho answered, whatever the status. `body` null: nothing came. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** The org a call goes to. */
export type Org = Account;

/**
 * Calls Zoho for a connection. Throws AppError: `timeout` (whether the call took effect is unknown), `rate_limited` (not
 * sent), `vendor_unavailable` (no connection, or half a reply), `needs_reconnecting`, `invalid_settings`.
 */
export type CallZoho = (org: Org, call: Call) => Promise<Reply>;

/** How long one request may take. Milliseconds. */
const REQUEST_TIMEOUT_MS = 15_000;

export interface ZohoClientParts extends ClientParts {
  readonly addresses: Addresses;
  readonly budget?: Budget;
}

export const createZohoClient = (parts: ZohoClientParts): CallZoho => {
  const budget = parts.budget ?? createBudget(parts.clock);
  const timeoutMs = parts.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const gated = createGates(IN_FLIGHT);

  const once = async (org: Org, token: string, call: Call, until: number): Promise<Reply> => {
    const { reply, credits } = await withinUntil(VENDOR, { clock: parts.clock, timeoutMs, until }, (ms) =>
      fetchJson(urlOf(parts.addresses.api(org), call), token, call, ms),
    );
    const limit = limitOf(reply);
    if (limit === null) budget.learn(org.externalId, credits);
    else budget.refused(org.externalId, limit);
    return reply;
  };

  const ask = (org: Org, call: Call, until: number): Promise<Reply> => {
    const turn = {
      clock: parts.clock,
      take: () => budget.take(org.externalId, call.purpose),
      // Somebody waits for a read; a delivery comes again by itself.
      mayStart: (at: number) => call.purpose === 'read' && at <= until - timeoutMs,
    };
    const send = (token: string) => once(org, token, call, until);
    const sending = { tokens: parts.tokens, send, isRefused, remedy };
    return inTurn(VENDOR, turn, () => gated(org.externalId, () => withToken(org.id, sending)));
  };

  return async (org, call) => {
    const until = call.until ?? parts.clock.now() + 2 * timeoutMs;
    const reply = await ask(org, call, until);
    // Nor was this one carried out: too many at once, which is over in a moment.
    return call.purpose === 'read' && limitOf(reply) === 'concurrent' ? ask(org, call, until) : reply;
  };
};

/** A missing scope is a 401 too, and no other token would have it. */
const isRefused = (reply: Reply): boolean =>
  reply.status === 401 && errorOf(reply)?.code !== 'OAUTH_SCOPE_MISMATCH';

const remedy = (): string =>
  `${VENDOR} refuses this connection: have an administrator connect the org again.`;

const urlOf = (apiDomain: string, { path, query }: Call): string =>
  `${apiDomain}${path}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`;

const fetchJson = async (url: string, token: string, { method, body, headers }: Call, ms: number) => {
  const request = {
    method,
    headers: {
      authorization: `${AUTH_SCHEME} ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
  };
  const { status, headers: told, text } = await fetchOnce(url, request, ms);
  return { reply: { status, body: jsonOf(text, status) ?? null }, credits: told.get(CREDITS_HEADER) };
};
