import type { Account, ApiCall, ClientParts } from '../call/api-call.ts';
import { fetchOnce } from '../call/fetch-once.ts';
import { inTurn } from '../call/in-turn.ts';
import { jsonOf, saysJson } from '../call/json-of.ts';
import { withToken } from '../call/with-token.ts';
import { withinUntil } from '../failures.ts';
import type { Addresses } from './addresses.ts';
import { BLOCKED_WAIT_MS, LIMIT_HEADERS } from './facts.ts';
import type { Limits, Purpose } from './limits.ts';

export const VENDOR = 'Pipedrive';

/** One call of the API. */
export interface Call extends ApiCall<Purpose> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the company's address. */
  readonly path: string;
  /** Searches have a limit of their own. */
  readonly search?: boolean;
}

/** What Pipedrive answered, whatever the status. `body` is undefined where it was no JSON. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  /** A page of the content network, not Pipedrive's own answer. */
  readonly blocked: boolean;
  readonly headers: Headers;
}

/** The company a call goes to. */
export type Company = Account;

/**
 * Calls Pipedrive for a connection. Throws AppError: `timeout` (whether the call took effect is unknown),
 * `rate_limited` (not sent: our own count says wait), `vendor_unavailable` (no connection), `needs_reconnecting`,
 * `invalid_settings`.
 */
export type CallPipedrive = (company: Company, call: Call) => Promise<Reply>;

/** How long one request may take. Milliseconds. */
const REQUEST_TIMEOUT_MS = 10_000;

export interface PipedriveClientParts extends ClientParts {
  readonly addresses: Addresses;
  readonly limits: Limits;
}

/** A client on fetch. Pipedrive's own library keeps the headers of replies, and so the limits, to itself. */
export const createPipedriveClient = (parts: PipedriveClientParts): CallPipedrive => {
  const { limits, clock, tokens } = parts;
  const timeoutMs = parts.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;

  const once = async (company: Company, token: string, call: Call, until: number): Promise<Reply> => {
    const { search = false, purpose } = call;
    const turn = {
      clock,
      take: () => limits.take(company.externalId, purpose, search),
      end: () => limits.end(company.externalId, search),
      mayStart: (at: number) => at < until,
    };
    return inTurn(VENDOR, turn, async () => {
      const reply = await withinUntil(VENDOR, { clock, timeoutMs, until }, (ms) =>
        send(parts.addresses.api(company), token, call, ms),
      );
      note(company.externalId, reply, search);
      return reply;
    });
  };

  const note = (companyId: string, reply: Reply, search: boolean): void => {
    if (reply.blocked) limits.block(companyId, BLOCKED_WAIT_MS);
    else if (reply.status === 429) limits.refused(companyId, isOfTheDay(reply), search);
    else limits.learn(companyId, reply.headers, search);
  };

  return (company, call) => {
    const until = call.until ?? clock.now() + 2 * timeoutMs;
    return withToken(company.id, {
      tokens,
      send: (token) => once(company, token, call, until),
      remedy: () => 'Pipedrive refuses this connection: have an administrator install the app again.',
    });
  };
};

/** Whether a 429 speaks of the day's tokens. */
export const isOfTheDay = ({ headers }: Pick<Reply, 'headers'>): boolean =>
  headers.get(LIMIT_HEADERS.dailyRemaining) === '0';

const send = async (apiUrl: string, token: string, call: Call, ms: number): Promise<Reply> => {
  const { method, path, query, body } = call;
  const request = {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  };
  const url = `${apiUrl}${path}${query ? `?${new URLSearchParams(query)}` : ''}`;
  const { status, headers, text } = await fetchOnce(url, request, ms);
  const json = saysJson(headers);
  return { status, headers, body: json ? jsonOf(text, status) : undefined, blocked: status === 403 && !json };
};
