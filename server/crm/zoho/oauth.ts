import { z } from 'zod';
import type { ConnectionInfo, RefreshReply, TokenRefresher } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import type { Clock } from '../../base/clock.ts';
import { createRollingWindow, type RollingWindow } from '../delivery/rolling-window.ts';
import { within } from '../failures.ts';
import type { Addresses } from './addresses.ts';
import { REFUSED_GRANTS, TOKEN_PATH, TOKENS_AT_MOST } from './facts.ts';
import { VENDOR } from './failures.ts';

export interface ZohoApp {
  readonly addresses: Addresses;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clock: Clock;
}

/** How long an accounts server may take. Milliseconds. */
const TIMEOUT_MS = 10_000;

const answer = z.union([
  z.object({ access_token: z.string().min(1), expires_in: z.number().positive().optional() }),
  z.object({ error: z.string() }),
]);

/**
 * Gets new access tokens at the accounts server of the org's data centre. Errors come with the status 200; a refresh
 * never brings another refresh token. Everything but a refused grant is retryable.
 */
export const createZohoRefresher = (app: ZohoApp): TokenRefresher => {
  const windows = new Map<string, RollingWindow>();
  const admit = ({ id }: ConnectionInfo): RollingWindow => {
    const window = windows.get(id) ?? createRollingWindow(TOKENS_AT_MOST, app.clock);
    windows.set(id, window);
    // Spread out where there were many: a loop of refusals must not lock the whole org out.
    if (window.take(0) > 0) throw unavailable('too many tokens within ten minutes');
    return window;
  };
  return {
    vendor: 'zoho',
    refresh: async (refreshToken, connection) => {
      const url = `${app.addresses.accounts(connection)}${TOKEN_PATH}`;
      const window = admit(connection);
      try {
        return toReply(await within(VENDOR, TIMEOUT_MS, ask(url, app, refreshToken ?? '')));
      } catch (error) {
        throw unavailable(error);
      } finally {
        window.end();
      }
    },
  };
};

const ask = async (
  url: string,
  { clientId, clientSecret }: ZohoApp,
  refreshToken: string,
): Promise<unknown> => {
  const reply = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
    }),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return reply.json();
};

/** Throws for what is neither a token nor a refusal for good. */
const toReply = (body: unknown): RefreshReply => {
  const given = answer.parse(body);
  if ('access_token' in given)
    return {
      ok: true,
      accessToken: given.access_token,
      refreshToken: null,
      expiresInMs: given.expires_in === undefined ? null : given.expires_in * 1_000,
    };
  if (REFUSED_GRANTS.includes(given.error)) return { ok: false, code: 'invalid_grant' };
  throw new Error(given.error);
};

const unavailable = (cause: unknown): AppError =>
  new AppError('vendor_unavailable', `${VENDOR} gave no token. It is tried again by itself.`, {
    status: 503,
    retryable: true,
    cause,
  });
