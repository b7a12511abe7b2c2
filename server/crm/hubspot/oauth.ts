import { Client } from '@hubspot/api-client';
import { z } from 'zod';
import type { RefreshReply, TokenRefresher } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import { PATHS, REFUSED_CLIENT, REFUSED_GRANT } from './facts.ts';

export interface HubspotApp {
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** How long HubSpot may take to hand out a token. Milliseconds. */
const TIMEOUT_MS = 10_000;

const granted = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  /** Seconds; half an hour in practice. */
  expires_in: z.number().positive(),
});

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
    if (response.ok) return toReply(body);
    const reason = refused.safeParse(body).data;
    if (response.status === 400 && (reason?.status === REFUSED_GRANT || reason?.error === 'invalid_grant'))
      return { ok: false, code: 'invalid_grant' };
    if (reason?.error === 'invalid_client' || REFUSED_CLIENT.test(reason?.status ?? ''))
      throw new AppError(
        'app_refused',
        'HubSpot does not know this app: set HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET to those of the app the account installed, and restart.',
        { status: 503, retryable: true },
      );
    throw unavailable(`it answered ${response.status} ${reason?.error ?? ''}`);
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
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(unavailable('it did not answer in time')), TIMEOUT_MS);
  try {
    return await Promise.race([asking, late.promise]);
  } catch (error) {
    throw error instanceof AppError ? error : unavailable('it cannot be reached', error);
  } finally {
    clearTimeout(timer);
    asking.catch(() => undefined);
  }
};

const toReply = (body: unknown): RefreshReply => {
  const parsed = granted.safeParse(body);
  if (!parsed.success) throw unavailable('its answer holds no token');
  const { access_token, refresh_token, expires_in } = parsed.data;
  return {
    ok: true,
    accessToken: access_token,
    refreshToken: refresh_token ?? null,
    expiresInMs: expires_in * 1000,
  };
};

const unavailable = (why: string, cause?: unknown): AppError =>
  new AppError('vendor_unavailable', `HubSpot gave no token: ${why}. It is tried again by itself.`, {
    status: 503,
    retryable: true,
    cause,
  });
