import { Client } from '@hubspot/api-client';
import { z } from 'zod';
import type { TokenRefresher } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import { granted, noToken, type OAuthApp, TOKEN_TIMEOUT_MS, toGrant } from '../call/ask-token.ts';
import { within } from '../failures.ts';
import { VENDOR } from './client.ts';
import { PATHS, REFUSED_CLIENT, REFUSED_GRANT } from './facts.ts';

export interface HubspotApp extends OAuthApp {
  readonly apiUrl: string;
}

const refused = z.object({ error: z.string().optional(), status: z.string().optional() });

/**
 * Gets new access tokens at the dated token endpoint. `invalid_grant` means that the app was uninstalled or its grant
 * revoked; everything else that goes wrong is retryable, so that a slip of HubSpot's cannot disconnect a customer.
 */
export const createHubspotRefresher = (app: HubspotApp): TokenRefresher => ({
  vendor: 'hubspot',
  refresh: async (refreshToken) => {
    const response = await ask(app, refreshToken ?? '');
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok) {
      const grant = granted.safeParse(body);
      if (!grant.success) throw noToken(VENDOR, { why: 'its answer holds no token' });
      return toGrant(grant.data);
    }
    const reason = refused.safeParse(body).data;
    if (response.status === 400 && (reason?.status === REFUSED_GRANT || reason?.error === 'invalid_grant'))
      return { ok: false, code: 'invalid_grant' };
    if (reason?.error === 'invalid_client' || REFUSED_CLIENT.test(reason?.status ?? ''))
      return {
        ok: false,
        code: 'app_refused',
        remedy:
          'HubSpot does not know this app. Set HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET to those of the app the account installed, and start Fairlead again.',
      };
    throw noToken(VENDOR, { why: `it answered ${response.status} ${reason?.error ?? ''}` });
  },
});

const ask = async (app: HubspotApp, refreshToken: string): Promise<Response> => {
  const client = new Client({ basePath: app.apiUrl.replace(/\/$/, '') });
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: app.clientId,
    client_secret: app.clientSecret,
    refresh_token: refreshToken,
  });
  const asking = client.apiRequest({ method: 'POST', path: PATHS.token, body, defaultJson: false });
  try {
    return await within(VENDOR, TOKEN_TIMEOUT_MS, asking);
  } catch (error) {
    const late = error instanceof AppError && error.code === 'timeout';
    throw noToken(VENDOR, { why: late ? 'it did not answer in time' : 'it cannot be reached', cause: error });
  }
};
