import { z } from 'zod';
import type { RefreshReply, TokenRefresher } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import { within } from '../failures.ts';
import { VENDOR } from './client.ts';
import { PATHS, REFUSED_GRANT } from './facts.ts';

export interface PipedriveApp {
  readonly oauthUrl: string;
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
    if (status < 300) return toReply(body);
    const error = refused.safeParse(body).data?.error;
    if (status === 400 && error === REFUSED_GRANT) return { ok: false, code: 'invalid_grant' };
    throw unavailable(`it answered ${status} ${error ?? ''}`.trim());
  },
});

const ask = async ({ oauthUrl, clientId, clientSecret }: PipedriveApp, refreshToken: string) => {
  const response = await fetch(`${oauthUrl}${PATHS.token}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return { status: response.status, body: (await response.json().catch(() => undefined)) as unknown };
};

const toReply = (body: unknown): RefreshReply => {
  const parsed = granted.safeParse(body);
  if (!parsed.success) throw unavailable('its answer holds no token');
  const { access_token, refresh_token, expires_in } = parsed.data;
  return {
    ok: true,
    accessToken: access_token,
    refreshToken: refresh_token ?? null,
    expiresInMs: expires_in * 1_000,
  };
};

const unavailable = (why: string): AppError =>
  new AppError('vendor_unavailable', `Pipedrive gave no token: ${why}. It is tried again by itself.`, {
    status: 503,
    retryable: true,
  });
