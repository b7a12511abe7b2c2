import { randomBytes } from 'node:crypto';

/** The app as the Developer Hub has it: its scopes are fixed there. */
export interface AppRegistration {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
}

/** What Fairlead's app asks for. */
export const APP_SCOPES: readonly string[] = [
  'base',
  'leads:full',
  'contacts:full',
  'deals:full',
  'activities:full',
  'users:read',
  'search:read',
  'admin',
];

/** An installation: of one user, not of the company. */
export interface Grant {
  readonly companyId: number;
  readonly userId: number;
}

/** What the app calls the API with. */
export interface Session extends Grant {
  readonly token: string;
  readonly refreshToken: string;
  expiresAt: number;
}

interface Code extends Grant {
  readonly redirectUri: string;
  readonly until: number;
}

/** How the app's tokens live. Milliseconds. */
export interface OAuthSettings {
  readonly accessMs: number;
  /** A refresh token dies unused after so long. */
  readonly refreshMs: number;
}

const DEFAULTS: OAuthSettings = { accessMs: 3_599_000, refreshMs: 60 * 24 * 3_600_000 };
const CODE_MS = 5 * 60_000;

/** A refusal of the token endpoint. */
export class OAuthError extends Error {
  readonly status: number;
  constructor(error: string, status = 400) {
    super(error);
    this.status = status;
  }
}

/** What is kept between two starts. */
export type SavedGrants = readonly (readonly [string, Grant & { readonly usedAt: number }])[];

const newToken = (): string => randomBytes(24).toString('base64url');

/** Codes, tokens, and who installed the app. */
export const createOAuth = (app: AppRegistration, now: () => number) => {
  let settings = DEFAULTS;
  const codes = new Map<string, Code>();
  const sessions = new Map<string, Session>();
  const refreshTokens = new Map<string, Grant & { usedAt: number }>();
  let granted = (): void => undefined;

  const open = (grant: Grant, refreshToken: string): Session => {
    const { companyId, userId } = grant;
    const session = {
      companyId,
      userId,
      token: newToken(),
      refreshToken,
      expiresAt: now() + settings.accessMs,
    };
    sessions.set(session.token, session);
    return session;
  };

  const start = (grant: Grant): Session => {
    const refreshToken = newToken();
    const { companyId, userId } = grant;
    refreshTokens.set(refreshToken, { companyId, userId, usedAt: now() });
    granted();
    return open(grant, refreshToken);
  };

  const redeem = (form: Readonly<Record<string, unknown>>): Session => {
    const code = codes.get(String(form.code ?? ''));
    codes.delete(String(form.code ?? ''));
    if (!code || code.until < now() || code.redirectUri !== form.redirect_uri)
      throw new OAuthError('invalid_grant');
    return start(code);
  };

  const refresh = (token: string): Session => {
    const grant = refreshTokens.get(token);
    if (!grant || now() - grant.usedAt > settings.refreshMs) throw new OAuthError('invalid_grant');
    grant.usedAt = now();
    granted();
    return open(grant, token);
  };

  const end = (refreshToken: string): Grant | null => {
    const grant = refreshTokens.get(refreshToken);
    if (!grant) return null;
    refreshTokens.delete(refreshToken);
    for (const session of [...sessions.values()])
      if (session.refreshToken === refreshToken) sessions.delete(session.token);
    granted();
    return grant;
  };

  return {
    app,
    set: (change: Partial<OAuthSettings>): void => {
      settings = { ...settings, ...change };
    },
    settings: (): OAuthSettings => settings,
    /** A person allowed the app. */
    authorize: (grant: Grant, redirectUri: string): string => {
      const code = newToken();
      codes.set(code, { ...grant, redirectUri, until: now() + CODE_MS });
      return code;
    },
    /** The token endpoint. Throws OAuthError. */
    exchange: (form: Readonly<Record<string, unknown>>): Session => {
      if (form.grant_type === 'authorization_code') return redeem(form);
      if (form.grant_type === 'refresh_token') return refresh(String(form.refresh_token ?? ''));
      throw new OAuthError('unsupported_grant_type');
    },
    install: start,
    session: (token: string): Session | undefined => {
      const found = sessions.get(token);
      return found && found.expiresAt > now() ? found : undefined;
    },
    /** A refresh token ends its installation, an access token only itself. Returns whose installation ended. */
    revoke: (token: string): Grant | null => {
      sessions.delete(token);
      return end(token);
    },
    /** The user removed the app. */
    uninstall: (companyId: number, userId?: number): readonly Grant[] =>
      [...refreshTokens]
        .filter(([, grant]) => grant.companyId === companyId && (userId ?? grant.userId) === grant.userId)
        .flatMap(([token]) => end(token) ?? []),
    /** Ends every access token; refresh tokens live on. */
    expireAll: (): void => {
      for (const session of sessions.values()) session.expiresAt = 0;
    },
    onGrant: (listener: () => void): void => {
      granted = listener;
    },
    dump: (): SavedGrants => [...refreshTokens],
    restore: (saved: SavedGrants): void => {
      for (const [token, grant] of saved) refreshTokens.set(token, { ...grant });
    },
  };
};

export type OAuth = ReturnType<typeof createOAuth>;
