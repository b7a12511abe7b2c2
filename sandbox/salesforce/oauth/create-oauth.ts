import { OAuthError } from '../errors.ts';
import { type AppRegistration, type Grant, OAUTH_DEFAULTS, type OAuthSettings, type Session } from './app.ts';
import { createCodes } from './codes.ts';
import { createRefreshTokens } from './refresh-tokens.ts';
import { createSessions } from './sessions.ts';

type Form = Readonly<Record<string, unknown>>;

/** What the token endpoint answers with. `refreshToken` is null where the reply has none. */
export interface Issued {
  readonly session: Session;
  readonly refreshToken: string | null;
  /** What the ID token repeats; null: nothing. */
  readonly nonce: string | null;
}

/** The token endpoint and what it remembers. */
export const createOAuth = (app: AppRegistration, now: () => number) => {
  let settings = OAUTH_DEFAULTS;
  const codes = createCodes(now);
  const refreshTokens = createRefreshTokens();
  let granted = (): void => undefined;
  const sessions = createSessions(now, () => settings);

  const checkClient = (form: Form): void => {
    if (form.client_id !== app.clientId)
      throw new OAuthError('invalid_client_id', 'client identifier invalid');
    if (form.client_secret !== app.clientSecret)
      throw new OAuthError('invalid_client', 'invalid client credentials');
  };

  const start = (grant: Grant, nonce: string | null): Issued => {
    const lasting = grant.scopes.includes('refresh_token') || grant.scopes.includes('offline_access');
    const refreshToken = lasting ? refreshTokens.issue(grant) : null;
    return { session: sessions.open(grant, refreshToken), refreshToken, nonce };
  };

  const refresh = (token: string): Issued => {
    const { grant, refreshToken } = refreshTokens.use(token, settings.refreshTokenRotation);
    const session = sessions.open(grant, refreshToken);
    return { session, refreshToken: settings.refreshTokenRotation ? refreshToken : null, nonce: null };
  };

  /** Client credentials need My Domain and the user the app runs as; null on the common login host. */
  const runAs = (runAsUser: Grant | null): Issued => {
    if (!runAsUser) throw new OAuthError('invalid_grant', 'request not supported on this domain');
    return { session: sessions.open(runAsUser, null), refreshToken: null, nonce: null };
  };

  return {
    app,
    settings: (): OAuthSettings => settings,
    set: (change: Partial<OAuthSettings>): void => {
      settings = { ...settings, ...change };
    },
    /** A person agreed on the consent page. */
    authorize: codes.issue,
    /** The token endpoint. `runAsUser`: for client credentials on an org's own host. Throws OAuthError. */
    exchange: (form: Form, runAsUser: Grant | null): Issued => {
      checkClient(form);
      granted();
      switch (form.grant_type) {
        case 'authorization_code': {
          const { grant, nonce } = codes.redeem(form);
          return start(grant, nonce);
        }
        case 'refresh_token':
          return refresh(String(form.refresh_token ?? ''));
        case 'client_credentials':
          return runAs(runAsUser);
        default:
          throw new OAuthError('unsupported_grant_type', 'grant type not supported');
      }
    },
    /** An installation without the consent page, for tests and seeds. */
    install: (grant: Grant): Issued => {
      granted();
      return start(grant, null);
    },
    session: sessions.use,
    /** A refresh token ends its grant and the sessions of it; an access token only itself. */
    revoke: (token: string): boolean => {
      granted();
      if (sessions.close(token)) return true;
      sessions.closeWhere((session) => session.refreshToken === token);
      return refreshTokens.revoke(token);
    },
    /** Ends every session, so that the next call answers 401. Refresh tokens live on. */
    expireAll: sessions.closeAll,
    /** The customer removed the app from their org. */
    uninstall: (orgId: string): void => {
      granted();
      refreshTokens.endOrg(orgId);
      sessions.closeWhere((session) => session.orgId === orgId);
    },
    /** Hears when what `dump` gives may be another. */
    onGrant: (listener: () => void): void => {
      granted = listener;
    },
    dump: refreshTokens.dump,
    restore: refreshTokens.restore,
  };
};

export type OAuth = ReturnType<typeof createOAuth>;
