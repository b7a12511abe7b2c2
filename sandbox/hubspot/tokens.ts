import { randomBytes, randomUUID } from 'node:crypto';
import { HubSpotError } from './errors.ts';

/** The developer's app as HubSpot knows it: one client secret signs for every account. */
export interface AppRegistration {
  readonly appId: number;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** An app's permission in one account. */
export interface Grant {
  readonly portalId: number;
  readonly appId: number;
  readonly userId: number;
  readonly user: string;
  readonly scopes: readonly string[];
}

export interface AccessToken extends Grant {
  readonly token: string;
  readonly refreshToken: string;
  expiresAt: number;
}

interface Code extends Grant {
  readonly redirectUri: string;
  readonly expiresAt: number;
}

/** Access tokens live 30 minutes, codes one. Source: token replies (expires_in 1800) and the OAuth guide. */
const ACCESS_TOKEN_MS = 30 * 60_000;
const CODE_MS = 60_000;

/** 400 of the token endpoint: an RFC 6749 error with HubSpot's own status beside it. */
const tokenError = (status: string, error: string, message: string): HubSpotError =>
  new HubSpotError(400, { status, error, error_description: message, message });

/** Codes, refresh tokens and access tokens of the stand-in. Refresh tokens do not end by time and are not rotated. */
export const createTokens = (app: AppRegistration, now: () => number) => {
  const codes = new Map<string, Code>();
  const refreshTokens = new Map<string, Grant>();
  const accessTokens = new Map<string, AccessToken>();

  const checkClient = (clientId: unknown, clientSecret: unknown) => {
    if (clientId !== app.clientId)
      throw tokenError('BAD_CLIENT_ID', 'invalid_client', 'missing or invalid client id');
    if (clientSecret !== app.clientSecret)
      throw tokenError('BAD_CLIENT_SECRET', 'invalid_client', 'missing or invalid client secret');
  };

  const issue = (refreshToken: string, grant: Grant): AccessToken => {
    const token = `CJ${randomBytes(24).toString('base64url')}`;
    const access = { ...grant, token, refreshToken, expiresAt: now() + ACCESS_TOKEN_MS };
    accessTokens.set(token, access);
    return access;
  };

  const fromCode = (code: string, redirectUri: unknown): AccessToken => {
    const found = codes.get(code);
    codes.delete(code);
    if (!found || found.expiresAt < now())
      throw tokenError('BAD_AUTH_CODE', 'invalid_grant', 'missing or unknown auth code');
    if (redirectUri !== found.redirectUri) {
      throw tokenError(
        'BAD_REDIRECT_URI',
        'invalid_grant',
        'redirect_uri does not match initial authorization call',
      );
    }
    const refreshToken = randomUUID();
    const { portalId, appId, userId, user, scopes } = found;
    refreshTokens.set(refreshToken, { portalId, appId, userId, user, scopes });
    return issue(refreshToken, { portalId, appId, userId, user, scopes });
  };

  const fromRefreshToken = (refreshToken: string): AccessToken => {
    const grant = refreshTokens.get(refreshToken);
    if (!grant) throw tokenError('BAD_REFRESH_TOKEN', 'invalid_grant', 'missing or invalid refresh token');
    return issue(refreshToken, grant);
  };

  const dropRefreshToken = (refreshToken: string) => {
    refreshTokens.delete(refreshToken);
    for (const [token, access] of accessTokens)
      if (access.refreshToken === refreshToken) accessTokens.delete(token);
  };

  return {
    /** A person agreed on the consent page. */
    authorize: (grant: Grant, redirectUri: string): string => {
      const code = randomUUID();
      codes.set(code, { ...grant, redirectUri, expiresAt: now() + CODE_MS });
      return code;
    },
    /** The token endpoint. Throws HubSpotError 400. */
    exchange: (form: Readonly<Record<string, unknown>>): AccessToken => {
      checkClient(form.client_id, form.client_secret);
      if (form.grant_type === 'authorization_code')
        return fromCode(String(form.code ?? ''), form.redirect_uri);
      if (form.grant_type === 'refresh_token') return fromRefreshToken(String(form.refresh_token ?? ''));
      throw tokenError('BAD_GRANT_TYPE', 'unsupported_grant_type', 'missing or unknown grant type');
    },
    checkClient,
    /** An install without the consent page, for tests and seeds. */
    install: (grant: Grant): AccessToken => {
      const refreshToken = randomUUID();
      refreshTokens.set(refreshToken, grant);
      return issue(refreshToken, grant);
    },
    access: (token: string): AccessToken | undefined => accessTokens.get(token),
    refresh: (token: string): Grant | undefined => refreshTokens.get(token),
    revoke: (refreshToken: string): void => dropRefreshToken(refreshToken),
    /** The app is uninstalled from an account: every token of it dies. */
    uninstall: (portalId: number): void => {
      for (const [token, grant] of refreshTokens) if (grant.portalId === portalId) dropRefreshToken(token);
    },
    /** Makes every access token old, so that the next call answers 401. */
    expireAll: (): void => {
      for (const access of accessTokens.values()) access.expiresAt = Math.min(access.expiresAt, now() - 1000);
    },
    dump: (): readonly (readonly [string, Grant])[] => [...refreshTokens],
    restore: (saved: readonly (readonly [string, Grant])[]): void => {
      for (const [token, grant] of saved) refreshTokens.set(token, grant);
    },
  };
};

export type Tokens = ReturnType<typeof createTokens>;
