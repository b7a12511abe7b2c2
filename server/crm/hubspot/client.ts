import { Client } from '@hubspot/api-client';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { ApiCall, ClientParts } from '../call/api-call.ts';
import { inTurn, type Turn } from '../call/in-turn.ts';
import { jsonOf } from '../call/json-of.ts';
import { withToken } from '../call/with-token.ts';
import { timedOut, within } from '../failures.ts';
import { isDaily } from './failures.ts';
import { createLimits, type Limits, type Purpose } from './limits.ts';

export const VENDOR = 'HubSpot';

/** One call of the HubSpot API. */
export interface Call extends ApiCall<Purpose> {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  /** Searches have a limit of their own. */
  readonly search?: boolean;
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

export interface HubspotClientParts extends ClientParts {
  readonly apiUrl: string;
  readonly limits?: Limits;
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

  const turnOf = (portalId: string, { search = false, purpose }: Call, latestStart: number): Turn => {
    const mayStart = (at: number) => at <= latestStart;
    return {
      clock: parts.clock,
      take: () => {
        if (!mayStart(parts.clock.now())) throw timedOut(VENDOR);
        return limits.take(portalId, search, purpose);
      },
      end: () => limits.end(portalId, search),
      mayStart,
    };
  };

  return (connection, call) => {
    const until = call.until ?? parts.clock.now() + 2 * timeoutMs;
    return withToken(connection.id, {
      tokens: parts.tokens,
      send: (token) => {
        const { externalId } = connection;
        const turn = turnOf(externalId, call, until - timeoutMs);
        return inTurn(VENDOR, turn, () => once(externalId, token, call));
      },
      remedy: () => 'HubSpot refuses this connection: have an administrator install the app again.',
    });
  };
};

const toReply = async (
  response: Response,
  portalId: string,
  { search }: Call,
  limits: Limits,
): Promise<Reply> => {
  limits.learn(portalId, response.headers, search ?? false);
  const text = await response.text();
  const body = jsonOf(text, response.status);
  if (response.status === 429)
    limits.refused(portalId, isDaily(body) ? 'day' : search ? 'searches' : 'requests');
  return { status: response.status, body, retryAfter: response.headers.get('retry-after') };
};
