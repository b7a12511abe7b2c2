import { z } from 'zod';
import type { RefreshReply, TokenRefresher } from '../../assignments/ports.ts';
import { askToken, granted, noToken, type OAuthApp, toGrant } from '../call/ask-token.ts';
import type { Addresses } from './addresses.ts';
import { VENDOR } from './client.ts';
import { PATHS, REFUSED_APP, REFUSED_GRANT } from './facts.ts';

export interface PipedriveApp extends OAuthApp {
  readonly addresses: Addresses;
}

/** `api_domain`: where the company is called, another one once it is renamed. */
const grantedHere = granted.extend({ api_domain: z.string().optional() });
const refused = z.object({ error: z.string().optional() });

/**
 * Gets new access tokens; each use keeps the refresh token alive for another sixty days. `invalid_grant` means that the
 * app was uninstalled; everything else that goes wrong is retryable, so that a slip cannot disconnect a customer.
 */
export const createPipedriveRefresher = (app: PipedriveApp): TokenRefresher => ({
  vendor: 'pipedrive',
  refresh: async (refreshToken) => {
    const { status, body } = await ask(app, refreshToken ?? '');
    if (status < 300) return toReply(body, app.addresses);
    const error = refused.safeParse(body).data?.error;
    if (status === 400 && error === REFUSED_GRANT) return { ok: false, code: 'invalid_grant' };
    if (error === REFUSED_APP) return APP_REFUSED;
    throw noToken(VENDOR, { why: `it answered ${status} ${error ?? ''}`.trim() });
  },
});

const APP_REFUSED: RefreshReply = {
  ok: false,
  code: 'app_refused',
  remedy:
    'Pipedrive does not know the app. Set PIPEDRIVE_CLIENT_ID and PIPEDRIVE_CLIENT_SECRET to those the Developer Hub shows, and start Fairlead again.',
};

const ask = ({ addresses, clientId, clientSecret }: PipedriveApp, refreshToken: string) =>
  askToken(
    VENDOR,
    `${addresses.oauth}${PATHS.token}`,
    { grant_type: 'refresh_token', refresh_token: refreshToken },
    { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
  );

const toReply = (body: unknown, addresses: Addresses): RefreshReply => {
  const grant = grantedHere.safeParse(body);
  if (!grant.success) throw noToken(VENDOR, { why: 'its answer holds no token' });
  const { api_domain } = grant.data;
  return {
    ...toGrant(grant.data),
    ...(api_domain !== undefined &&
      isTrusted(api_domain, addresses) && { settings: { apiDomain: api_domain } }),
  };
};

/** An address that is not Pipedrive's is never kept. */
const isTrusted = (apiDomain: string, addresses: Addresses): boolean => {
  try {
    return addresses.api({ settings: { apiDomain } }) !== '';
  } catch {
    return false;
  }
};
