import { z } from 'zod';
import type { ConnectionInfo, RefreshReply, TokenRefresher } from '../../assignments/ports.ts';
import { askToken, granted, noToken, type OAuthApp, toGrant } from '../call/ask-token.ts';
import type { Addresses } from './addresses.ts';
import { VENDOR } from './client.ts';
import { REFUSED_APP, REFUSED_GRANTS } from './facts.ts';

export interface DynamicsApp extends OAuthApp {
  readonly addresses: Addresses;
}

/** Another refresh token comes each time; the one before stays good. `expires_in` may be a text. */
const grantedHere = granted.extend({ expires_in: z.coerce.number().positive() });

const refused = z.object({ error: z.string() });

/**
 * Gets access tokens for one environment: by client credentials, for which its administrator made an application user,
 * or with a refresh token where the connection's settings say `flow: delegated`. A refusal that only an administrator
 * can mend disconnects; our own secret being wrong or outdated is told, and all else is retryable.
 */
export const createDynamicsRefresher = (app: DynamicsApp): TokenRefresher => ({
  vendor: 'dynamics',
  needsNoGrant: (connection) => !isDelegated(connection),
  refresh: async (refreshToken, connection) => {
    const endpoint = app.addresses.login(connection);
    const form = formOf(app, refreshToken, connection);
    try {
      return toReply(await askToken(VENDOR, endpoint, form));
    } catch (cause) {
      throw noToken('Microsoft Entra', { cause });
    }
  },
});

const isDelegated = ({ settings }: Pick<ConnectionInfo, 'settings'>): boolean =>
  settings.flow === 'delegated';

const formOf = (
  { addresses, clientId, clientSecret }: DynamicsApp,
  refreshToken: string | null,
  connection: ConnectionInfo,
): Readonly<Record<string, string>> => {
  const url = addresses.environment(connection);
  const app = { client_id: clientId, client_secret: clientSecret };
  return isDelegated(connection)
    ? {
        ...app,
        grant_type: 'refresh_token',
        refresh_token: refreshToken ?? '',
        scope: `${url}/user_impersonation offline_access`,
      }
    : { ...app, grant_type: 'client_credentials', scope: `${url}/.default` };
};

const APP_REFUSED: RefreshReply = {
  ok: false,
  code: 'app_refused',
  remedy:
    'Microsoft Entra refuses Fairlead’s app: its client secret is wrong or has ended. Make another one in the app’s registration, set DYNAMICS_CLIENT_ID and DYNAMICS_CLIENT_SECRET, and start Fairlead again.',
};

/** Throws for what is neither a token nor a refusal for good. */
const toReply = ({ status, body }: Awaited<ReturnType<typeof askToken>>): RefreshReply => {
  if (status === 200) return toGrant(grantedHere.parse(body));
  const code = refused.safeParse(body).data?.error;
  if (code !== undefined && REFUSED_GRANTS.has(code)) return { ok: false, code: 'invalid_grant' };
  if (code === REFUSED_APP) return APP_REFUSED;
  throw new Error(`Entra answered ${status} ${code ?? ''}`);
};
