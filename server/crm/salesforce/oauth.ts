import { OAuth2 } from 'jsforce/lib/oauth2.js';
import type { ConnectionInfo, RefreshReply, TokenRefresher } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import { granted, noToken, type OAuthApp, TOKEN_TIMEOUT_MS, toGrant } from '../call/ask-token.ts';
import { within } from '../failures.ts';
import type { Addresses } from './addresses.ts';
import { VENDOR } from './client.ts';
import { REFUSED_APPS, REFUSED_GRANTS } from './facts.ts';
import { FetchTransport } from './fetch-transport.ts';

export interface SalesforceApp extends OAuthApp {
  readonly addresses: Addresses;
}

/** Where the app rotates refresh tokens, the one used is void from then on. */
const untimed = granted.omit({ expires_in: true });

/**
 * Gets new access tokens: with the refresh token of the web server flow, or by client credentials where the connection's
 * settings say so (`flow: client_credentials`), which needs the org's own domain as `loginUrl`. Salesforce does not say
 * how long a token lasts: it is used until it is refused. Everything but a refused grant is retryable.
 */
export const createSalesforceRefresher = (app: SalesforceApp): TokenRefresher => ({
  vendor: 'salesforce',
  needsNoGrant: usesClientCredentials,
  refresh: async (refreshToken, connection) => {
    try {
      // A fresh one each time: with a code verifier it would send that along on every refresh.
      const oauth2 = new OAuth2({ ...app, loginUrl: app.addresses.login(connection) });
      oauth2._transport = new FetchTransport(TOKEN_TIMEOUT_MS);
      const asked = usesClientCredentials(connection)
        ? oauth2.requestToken({ grant_type: 'client_credentials' })
        : oauth2.refreshToken(refreshToken ?? '');
      return toReply(await within(VENDOR, TOKEN_TIMEOUT_MS, asked.catch(asRefusal)));
    } catch (error) {
      if (error instanceof AppError && error.code === 'invalid_settings') throw error;
      throw noToken(VENDOR, { cause: error });
    }
  },
});

const usesClientCredentials = ({ settings }: Pick<ConnectionInfo, 'settings'>): boolean =>
  settings.flow === 'client_credentials';

class Refusal {
  readonly app: boolean;
  constructor(app: boolean) {
    this.app = app;
  }
}

const APP_REFUSED: RefreshReply = {
  ok: false,
  code: 'app_refused',
  remedy:
    'Salesforce does not know the app. Set SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET to the consumer key and secret of the external client app, see that the org has its package installed, and start Fairlead again.',
};

/** jsforce throws errors named by OAuth's code. */
const asRefusal = (error: unknown): Refusal => {
  if (error instanceof Error && REFUSED_GRANTS.includes(error.name)) return new Refusal(false);
  if (error instanceof Error && REFUSED_APPS.includes(error.name)) return new Refusal(true);
  throw error;
};

const toReply = (answer: unknown): RefreshReply => {
  if (answer instanceof Refusal) return answer.app ? APP_REFUSED : { ok: false, code: 'invalid_grant' };
  return toGrant(untimed.parse(answer));
};
