import { setTimeout as sleep } from 'node:timers/promises';
import { type BulkheadPolicy, bulkhead } from 'cockatiel';
import type { AccessTokens, ConnectionInfo } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import type { Clock } from '../../base/clock.ts';
import { RateLimited, timedOut, within } from '../failures.ts';
import type { Addresses } from './addresses.ts';
import { type Budget, createBudget, type Purpose } from './budget.ts';
import { AUTH_SCHEME, CREDITS_HEADER, IN_FLIGHT } from './facts.ts';
import { errorOf, limitOf, VENDOR } from './failures.ts';

/** One call of the CRM API. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** From `/crm/v8` on. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly purpose: Purpose;
  /** Epoch ms; the call does not run beyond it. Absent: two timeouts from now. */
  readonly until?: number;
}

/** What Zoho answered, whatever the status. `body` null: nothing came. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** The part of a connection a call needs. */
export type Org = Pick<ConnectionInfo, 'id' | 'externalId' | 'settings'>;

/**
 * Calls Zoho for a connection. Throws AppError: `timeout` (whether the call took effect is unknown), `rate_limited` (not
 * sent), `vendor_unavailable` (no connection, or half a reply), `needs_reconnecting`, `invalid_settings`.
 */
export type CallZoho = (org: Org, call: Call) => Promise<Reply>;

/** How long one request may take. Milliseconds. */
const REQUEST_TIMEOUT_MS = 15_000;

export interface ZohoClientParts {
  readonly addresses: Addresses;
  readonly tokens: AccessTokens;
  readonly clock: Clock;
  readonly budget?: Budget;
  readonly requestTimeoutMs?: number;
}

export const createZohoClient = (parts: ZohoClientParts): CallZoho => {
  const budget = parts.budget ?? createBudget(parts.clock);
  const timeoutMs = parts.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const gates = new Map<string, BulkheadPolicy>();
  const gateOf = (orgId: string): BulkheadPolicy => {
    const gate = gates.get(orgId) ?? bulkhead(IN_FLIGHT, Number.MAX_SAFE_INTEGER);
    gates.set(orgId, gate);
    return gate;
  };

  const once = async (org: Org, token: string, call: Call, latestEnd: number): Promise<Reply> => {
    const ms = Math.min(timeoutMs, latestEnd - parts.clock.now());
    if (ms <= 0) throw timedOut(VENDOR);
    const url = urlOf(parts.addresses.api(org), call);
    const { reply, credits } = await within(VENDOR, ms, fetchJson(url, token, call, ms));
    const limit = limitOf(reply);
    if (limit === null) budget.learn(org.externalId, credits);
    else budget.refused(org.externalId, limit);
    return reply;
  };

  const waitForTurn = async (org: Org, call: Call, until: number): Promise<void> => {
    for (;;) {
      const wait = budget.take(org.externalId, call.purpose);
      if (wait === 0) return;
      // Somebody waits for a read; a delivery comes again by itself.
      if (call.purpose !== 'read' || parts.clock.now() + wait > until - timeoutMs)
        throw new RateLimited(VENDOR, wait);
      await sleep(wait);
    }
  };

  const send = async (org: Org, call: Call, until: number): Promise<Reply> => {
    await waitForTurn(org, call, until);
    return gateOf(org.externalId).execute(async () => {
      const token = await parts.tokens.get(org.id);
      const reply = await once(org, token, call, until);
      if (!isTokenRefused(reply)) return reply;
      // A 401 was not carried out, so that asking again with another token cannot write twice.
      await parts.tokens.refused(org.id, token);
      const again = await once(org, await parts.tokens.get(org.id), call, until);
      if (isTokenRefused(again)) throw refused();
      return again;
    });
  };

  return async (org, call) => {
    const until = call.until ?? parts.clock.now() + 2 * timeoutMs;
    const reply = await send(org, call, until);
    // Nor was this one carried out: too many at once, which is over in a moment.
    return call.purpose === 'read' && limitOf(reply) === 'concurrent' ? send(org, call, until) : reply;
  };
};

/** A missing scope is a 401 too, and no other token would have it. */
const isTokenRefused = (reply: Reply): boolean =>
  reply.status === 401 && errorOf(reply)?.code !== 'OAUTH_SCOPE_MISMATCH';

const refused = (): AppError =>
  new AppError(
    'needs_reconnecting',
    `${VENDOR} refuses this connection: have an administrator connect the org again.`,
  );

const urlOf = (apiDomain: string, { path, query }: Call): string =>
  `${apiDomain}${path}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`;

const fetchJson = async (url: string, token: string, { method, body, headers }: Call, ms: number) => {
  const reply = await fetch(url, {
    method,
    headers: {
      authorization: `${AUTH_SCHEME} ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    redirect: 'manual',
    signal: AbortSignal.timeout(ms),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  return {
    reply: { status: reply.status, body: bodyOf(text, reply.status) },
    credits: reply.headers.get(CREDITS_HEADER),
  };
};

/** A page of a proxy in place of an error is as good as no body; in place of a result it is half a reply. */
const bodyOf = (text: string, status: number): unknown => {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (status < 300) throw error;
    return null;
  }
};
