import { z } from 'zod';
import type { RefreshReply, TokenRefresher } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import { within } from '../failures.ts';
import type { Addresses } from './addresses.ts';
import { VENDOR } from './client.ts';
import { PATHS, REFUSED_GRANT } from './facts.ts';

export interface PipedriveApp {
  readonly addresses: Addresses;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** How long Pipedrive may take to hand out a token. Milliseconds. */
const TIMEOUT_MS = 10_000;

const granted = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  /** Seconds; about an hour. */
  expires_in: z.number().positive(),
  /** Where the company is called: another one once it is renamed. */
  api_domain: z.string().optional(),
});
const refused = z.object({ error: z.string().optional() });

/**
 * Gets new access tokens; each use keeps the refresh token alive for another sixty days. `invalid_grant` means that the
 * app was uninstalled; everything else that goes wrong is retryable, so that a slip cannot disconnect a customer.
 */
export const createPipedriveRefresher = (app: PipedriveApp): TokenRefresher => ({
  vendor: 'pipedrive',
  refresh: async (refreshToken) => {
    const { status, body } = await within(VENDOR, TIMEOUT_MS, ask(app, refreshToken ?? ''));
    if (status < 300) return toReply(body, app.addresses);
    const error = refused.safeParse(body).data?.error;
    if (status === 400 && error === REFUSED_GRANT) return { ok: false, code: 'invalid_grant' };
    throw unavailable(`it answered ${status} ${error ?? ''}`.trim());
  },
});

const ask = async ({ addresses, clientId, clientSecret }: PipedriveApp, refreshToken: string) => {
  const response = await fetch(`${addresses.oauth}${PATHS.token}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return { status: response.status, body: (await response.json().catch(() => undefined)) as unknown };
};

const toReply = (body: unknown, addresses: Addresses): RefreshReply => {
  const parsed = granted.safeParse(body);
  if (!parsed.success) throw unavailable('its answer holds no token');
  const { access_token, refresh_token, expires_in, api_domain } = parsed.data;
  return {
    ok: true,
    accessToken: access_token,
    refreshToken: refresh_token ?? null,
    expiresInMs: expires_in * 1_000,
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

const unavailable = (why: string): AppError =>
  new AppError('vendor_unavailable', `Pipedrive gave no token: ${why}. It is tried again by itself.`, {
    status: 503,
    retryable: true,
  });
