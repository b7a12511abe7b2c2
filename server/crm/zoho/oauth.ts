import { z } from 'zod';
import type { ConnectionInfo, RefreshReply, TokenRefresher } from '../../assignments/ports.ts';
import type { Clock } from '../../base/clock.ts';
import { askToken, granted, noToken, type OAuthApp, toGrant } from '../call/ask-token.ts';
import { createRollingWindow, type RollingWindow } from '../delivery/rolling-window.ts';
import type { Addresses } from './addresses.ts';
import { REFUSED_APPS, REFUSED_GRANTS, TOKEN_PATH, TOKENS_AT_MOST } from './facts.ts';
import { VENDOR } from './failures.ts';

export interface ZohoApp extends OAuthApp {
  readonly addresses: Addresses;
  readonly clock: Clock;
}

const answer = z.union([
  granted.omit({ refresh_token: true }).partial({ expires_in: true }),
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
    if (window.take(0) > 0) throw noToken(VENDOR, { cause: 'too many tokens within ten minutes' });
    return window;
  };
  return {
    vendor: 'zoho',
    refresh: async (refreshToken, connection) => {
      const url = `${app.addresses.accounts(connection)}${TOKEN_PATH}`;
      const window = admit(connection);
      try {
        const { body } = await askToken(VENDOR, url, {
          grant_type: 'refresh_token',
          client_id: app.clientId,
          client_secret: app.clientSecret,
          refresh_token: refreshToken ?? '',
        });
        return toReply(body);
      } catch (cause) {
        throw noToken(VENDOR, { cause });
      } finally {
        window.end();
      }
    },
  };
};

const APP_REFUSED: RefreshReply = {
  ok: false,
  code: 'app_refused',
  remedy:
    'Zoho CRM does not know the client. Set ZOHO_CLIENT_ID and ZOHO_CLIENT_SECRET to those the API console shows for the data centre of the org, and start Fairlead again.',
};

/** Throws for what is neither a token nor a refusal for good. */
const toReply = (body: unknown): RefreshReply => {
  const given = answer.parse(body);
  if ('access_token' in given) return toGrant(given);
  if (REFUSED_GRANTS.includes(given.error)) return { ok: false, code: 'invalid_grant' };
  if (REFUSED_APPS.includes(given.error)) return APP_REFUSED;
  throw new Error(given.error);
};
