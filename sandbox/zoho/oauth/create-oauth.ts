import { randomBytes } from 'node:crypto';
import { createRefreshTokens, type Grant, type SavedGrants } from './refresh-tokens.ts';

/** Fairlead's client, as registered in the API console. */
export interface AppRegistration {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The accounts server says what is wrong with the status 200. */
export class OAuthError extends Error {
  readonly error: string;

  constructor(error: string, message = '') {
    super(message);
    this.error = error;
  }

  get body() {
    return this.message === ''
      ? { error: this.error }
      : { error_description: this.message, error: this.error, status: 'failure' };
  }
}

export interface Session extends Grant {
  readonly token: string;
  readonly refreshToken: string | null;
  readonly endsAt: number;
}

const LIFE_S = 3600;
const CODE_LIFE_MS = 2 * 60_000;
/** Access tokens of one refresh token in ten minutes; the eleventh is refused until the window is over. */
const MINTS = 10;
const MINT_WINDOW_MS = 10 * 60_000;

const tooManyTokens = (): OAuthError =>
  new OAuthError(
    'Access Denied',
    'You have made too many requests continuously. Please try again after some time.',
  );

interface Code {
  readonly grant: Grant;
  readonly redirectUri: string;
  readonly offline: boolean;
  readonly at: number;
}

/** The accounts servers' state: codes, refresh tokens, access tokens. */
export const createOAuth = (app: AppRegistration, now: () => number) => {
  const codes = new Map<string, Code>();
  const sessions = new Map<string, Session>();
  const refreshTokens = createRefreshTokens();
  const listeners = new Set<() => void>();
  /** Who has consented before: without `prompt=consent` they get no second refresh token. */
  const consented = new Set<string>();
  let mints = 0;
  const told = (): void => {
    for (const listener of listeners) listener();
  };

  const open = (grant: Grant, refreshToken: string | null): Session => {
    const token = `1000.${randomBytes(16).toString('hex')}.${randomBytes(16).toString('hex')}`;
    const session = { ...grant, token, refreshToken, endsAt: now() + LIFE_S * 1000 };
    sessions.set(token, session);
    mints += 1;
    return session;
  };

  const checkClient = (clientId: unknown, secret: unknown): void => {
    if (clientId !== app.clientId) throw new OAuthError('invalid_client');
    if (secret !== app.clientSecret) throw new OAuthError('invalid_client_secret');
  };

  return {
    app,
    lifeSeconds: LIFE_S,
    /** A code for the browser to carry back. */
    authorize: (grant: Grant, asked: { redirectUri: string; offline: boolean; consent: boolean }): string => {
      const code = `1000.${randomBytes(16).toString('hex')}.${randomBytes(16).toString('hex')}`;
      const offline = asked.offline && (asked.consent || !consented.has(grant.userId));
      consented.add(grant.userId);
      codes.set(code, { grant, redirectUri: asked.redirectUri, offline, at: now() });
      return code;
    },
    /** Exchanges a code, once. Throws OAuthError. */
    exchange: (dc: string, form: Readonly<Record<string, unknown>>): Session => {
      checkClient(form.client_id, form.client_secret);
      const code = codes.get(String(form.code));
      codes.delete(String(form.code));
      if (!code || code.grant.dc !== dc || now() - code.at > CODE_LIFE_MS)
        throw new OAuthError('invalid_code');
      if (code.redirectUri !== form.redirect_uri) throw new OAuthError('invalid_redirect_uri');
      const session = open(code.grant, code.offline ? refreshTokens.issue(code.grant) : null);
      told();
      return session;
    },
    /** Another access token. Throws OAuthError. */
    refresh: (dc: string, form: Readonly<Record<string, unknown>>): Session => {
      checkClient(form.client_id, form.client_secret);
      const token = String(form.refresh_token);
      const grant = refreshTokens.find(token);
      if (!grant || grant.dc !== dc) throw new OAuthError('invalid_code');
      while ((grant.minted[0] ?? Number.POSITIVE_INFINITY) <= now() - MINT_WINDOW_MS) grant.minted.shift();
      if (grant.minted.length >= MINTS) throw tooManyTokens();
      grant.minted.push(now());
      const { orgId, userId, scopes } = grant;
      return open({ dc, orgId, userId, scopes }, token);
    },
    /** Installs without the browser. */
    install: (grant: Grant): Session => {
      const session = open(grant, refreshTokens.issue(grant));
      told();
      return session;
    },
    session: (token: string): Session | undefined => {
      const found = sessions.get(token);
      return found && found.endsAt > now() ? found : undefined;
    },
    revoke: (token: string): boolean => {
      for (const [access, { refreshToken }] of sessions)
        if (refreshToken === token || access === token) sessions.delete(access);
      const known = refreshTokens.revoke(token);
      told();
      return known;
    },
    /** The app is taken out of an org: every token of it dies. */
    uninstall: (orgId: string): void => {
      refreshTokens.revokeOrg(orgId);
      for (const [token, session] of sessions) if (session.orgId === orgId) sessions.delete(token);
      told();
    },
    /** Every access token ends now. */
    expireAll: (): void => sessions.clear(),
    /** Access tokens handed out so far. */
    mints: (): number => mints,
    onGrant: (listener: () => void): void => void listeners.add(listener),
    dump: (): SavedGrants => refreshTokens.dump(),
    restore: (saved: SavedGrants): void => refreshTokens.restore(saved),
  };
};

export type OAuth = ReturnType<typeof createOAuth>;
