import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@hubspot/api-client';
import type { AccessTokens, ConnectionInfo } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import type { Clock } from '../../base/clock.ts';
import { RateLimited, timedOut, within } from '../failures.ts';
import { isDaily } from './failures.ts';
import { createLimits, type Limits, type Purpose } from './limits.ts';

const VENDOR = 'HubSpot';

/** One call of the HubSpot API. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Searches have a limit of their own. */
  readonly search?: boolean;
  readonly purpose: Purpose;
  /** Epoch ms; the call neither waits for the limit nor runs beyond it. Absent: one timeout from now. */
  readonly until?: number;
}

/** What HubSpot answered, whatever the status. `body` is undefined where it was no JSON. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter: string | null;
}

/**
 * Calls HubSpot for a connection. Throws AppError: `timeout` (whether the call took effect is unknown), `rate_limited`
 * (not sent: our own count says wait), `vendor_unavailable` (no connection), `needs_reconnecting`.
 */
export type CallHubspot = (
  connection: Pick<ConnectionInfo, 'id' | 'externalId'>,
  call: Call,
) => Promise<Reply>;

/** How long one request may take. HubSpot's batch writes of a hundred records take a few seconds. Milliseconds. */
export const REQUEST_TIMEOUT_MS = 10_000;

export interface HubspotClientParts {
  readonly apiUrl: string;
  readonly tokens: AccessTokens;
  readonly clock: Clock;
  readonly limits?: Limits;
  readonly requestTimeoutMs?: number;
}

/**
 * A client on HubSpot's own library, used for transport, authentication and addressing. Its generated methods call
 * undated paths and its retries sleep, for every client of the process: neither is used (docs/decisions/0004).
 */
export const createHubspotClient = (parts: HubspotClientParts): CallHubspot => {
  const limits = parts.limits ?? createLimits(parts.clock);
  const timeoutMs = parts.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;

  const once = async (portalId: string, token: string, call: Call): Promise<Reply> => {
    const client = new Client({ accessToken: token, basePath: parts.apiUrl.replace(/\/$/, '') });
    const response = client.apiRequest({
      method: call.method,
      path: call.path,
      ...(call.query && { qs: { ...call.query } }),
      ...(call.body !== undefined && { body: call.body }),
    });
    return within(
      VENDOR,
      timeoutMs,
      response.then((answer) => toReply(answer, portalId, call, limits)),
    );
  };

  return async (connection, call) => {
    const until = call.until ?? parts.clock.now() + 2 * timeoutMs;
    const token = await parts.tokens.get(connection.id);
    await waitForTurn(limits, connection.externalId, call, until - timeoutMs, parts.clock);
    const reply = await once(connection.externalId, token, call);
    if (reply.status !== 401) return reply;
    // A 401 was not carried out, so that asking again with another token cannot write twice.
    await parts.tokens.refused(connection.id, token);
    const again = await once(connection.externalId, await parts.tokens.get(connection.id), call);
    if (again.status === 401)
      throw new AppError(
        'needs_reconnecting',
        'HubSpot refuses this connection: have an administrator install the app again.',
      );
    return again;
  };
};

const waitForTurn = async (
  limits: Limits,
  portalId: string,
  call: Call,
  latestStart: number,
  clock: Clock,
): Promise<void> => {
  for (;;) {
    if (clock.now() > latestStart) throw timedOut(VENDOR);
    const wait = limits.take(portalId, call.search ?? false, call.purpose);
    if (wait === 0) return;
    if (clock.now() + wait > latestStart) throw new RateLimited(VENDOR, wait);
    await sleep(wait);
  }
};

const toReply = async (
  response: Response,
  portalId: string,
  { search }: Call,
  limits: Limits,
): Promise<Reply> => {
  limits.learn(portalId, response.headers, search ?? false);
  const text = await response.text();
  const body = parse(text, response.status);
  if (response.status === 429)
    limits.refused(portalId, isDaily(body) ? 'day' : search ? 'searches' : 'requests');
  return { status: response.status, body, retryAfter: response.headers.get('retry-after') };
};

const parse = (text: string, status: number): unknown => {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch (error) {
    // A broken body under a success is a broken connection; under a failure the status says enough.
    if (status < 300) throw error;
    return undefined;
  }
};
