import { z } from 'zod';
import type { ConnectionInfo, RefreshReply, TokenRefresher } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import { within } from '../failures.ts';
import type { Addresses } from './addresses.ts';
import { VENDOR } from './client.ts';
import { REFUSED_GRANTS } from './facts.ts';

export interface DynamicsApp {
  readonly addresses: Addresses;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** How long Entra may take to hand out a token. Milliseconds. */
const TIMEOUT_MS = 10_000;

const granted = z.object({
  access_token: z.string().min(1),
  /** Another one each time; the one before stays good. */
  refresh_token: z.string().min(1).optional(),
  /** Seconds; about an hour. */
  expires_in: z.coerce.number().positive(),
});

const refused = z.object({ error: z.string() });

/**
 * Gets access tokens for one environment: by client credentials, for which its administrator made an application user,
 * or with a refresh token where the connection's settings say `flow: delegated`. A refusal that only an administrator
 * can mend disconnects; all else is retryable, our own secret being wrong or outdated included.
 */
export const createDynamicsRefresher = (app: DynamicsApp): TokenRefresher => ({
  vendor: 'dynamics',
  needsNoGrant: (connection) => !isDelegated(connection),
  refresh: async (refreshToken, connection) => {
    const endpoint = app.addresses.login(connection);
    const form = formOf(app, refreshToken, connection);
    const response = await within(VENDOR, TIMEOUT_MS, post(endpoint, form)).catch((error: unknown) => {
      throw unavailable(error);
    });
    return toReply(response);
  },
});

const isDelegated = ({ settings }: Pick<ConnectionInfo, 'settings'>): boolean =>
  settings.flow === 'delegated';

const formOf = (
  { addresses, clientId, clientSecret }: DynamicsApp,
  refreshToken: string | null,
  connection: ConnectionInfo,
): URLSearchParams => {
  const url = addresses.environment(connection);
  const app = { client_id: clientId, client_secret: clientSecret };
  return new URLSearchParams(
    isDelegated(connection)
      ? {
          ...app,
          grant_type: 'refresh_token',
          refresh_token: refreshToken ?? '',
          scope: `${url}/user_impersonation offline_access`,
        }
      : { ...app, grant_type: 'client_credentials', scope: `${url}/.default` },
  );
};

const post = async (endpoint: string, body: URLSearchParams) => {
  const response = await fetch(endpoint, {
    method: 'POST',
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return { status: response.status, body: (await response.json()) as unknown };
};

const toReply = ({ status, body }: Awaited<ReturnType<typeof post>>): RefreshReply => {
  if (status === 200) {
    const { access_token, refresh_token, expires_in } = granted.parse(body);
    return {
      ok: true,
      accessToken: access_token,
      refreshToken: refresh_token ?? null,
      expiresInMs: expires_in * 1000,
    };
  }
  const code = refused.safeParse(body).data?.error;
  if (code !== undefined && REFUSED_GRANTS.has(code)) return { ok: false, code: 'invalid_grant' };
  throw unavailable(new Error(`Entra answered ${status} ${code ?? ''}`));
};

const unavailable = (cause: unknown): AppError =>
  new AppError('vendor_unavailable', 'Microsoft Entra gave no token. It is tried again by itself.', {
    status: 503,
    retryable: true,
    cause,
  });
