import { randomBytes } from 'node:crypto';
import { EntraError } from '../errors.ts';

/** The app's registration, one for all customers. */
export interface AppRegistration {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What a token lets its holder do: call one environment, as the app or as a person. */
export interface Holder {
  readonly tenantId: string;
  readonly clientId: string;
  /** The environment's address. */
  readonly resource: string;
  /** null: the app itself. */
  readonly userId: string | null;
}

/** What the token endpoint answers with. */
export interface Issued {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly scope: string;
  /** Seconds. */
  readonly expiresIn: number;
}

export interface EntraContext {
  readonly app: AppRegistration;
  readonly now: () => number;
  /** The tenant of an environment's address; undefined: there is no such environment. */
  readonly tenantOf: (resource: string) => string | undefined;
  readonly isTenant: (tenantId: string) => boolean;
}

type Form = Readonly<Record<string, string>>;

const CODE_MS = 10 * 60_000;

/** Entra's token endpoint and what it remembers. Errors carry the numbers of its own. */
export const createEntra = ({ app, now, tenantOf, isTenant }: EntraContext) => {
  let tokenMs = 3_599_000;
  const tokens = new Map<string, Holder & { readonly expiresAt: number }>();
  const refreshTokens = new Map<string, Holder>();
  const codes = new Map<string, Holder & { readonly redirectUri: string; readonly expiresAt: number }>();
  /** Tenants whose administrator agreed to the app. */
  const consented = new Set<string>();

  const open = (holder: Holder, lasting: boolean): Issued => {
    const accessToken = `eyJ0eXAiOiJKV1Qi.${randomBytes(60).toString('base64url')}.${randomBytes(30).toString('base64url')}`;
    tokens.set(accessToken, { ...holder, expiresAt: now() + tokenMs });
    const refreshToken = lasting ? `0.AXoA${randomBytes(60).toString('base64url')}` : null;
    if (refreshToken !== null) refreshTokens.set(refreshToken, holder);
    const right = holder.userId === null ? '.default' : 'user_impersonation';
    return { accessToken, refreshToken, scope: `${holder.resource}/${right}`, expiresIn: tokenMs / 1000 };
  };

  const checkClient = (tenantId: string, form: Form): void => {
    for (const name of ['grant_type', 'client_id'])
      if (!form[name])
        throw new EntraError(
          400,
          'invalid_request',
          900144,
          `The request body must contain the following parameter: '${name}'.`,
        );
    if (form.client_id !== app.clientId || !consented.has(tenantId))
      throw new EntraError(
        400,
        'unauthorized_client',
        700016,
        `Application with identifier '${form.client_id}' was not found in the directory '${tenantId}'.`,
      );
    if (form.client_secret !== app.clientSecret)
      throw new EntraError(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
  };

  const resourceOf = (tenantId: string, scope: string, right: RegExp): string => {
    const found = scope.split(/\s+/).find((one) => right.test(one));
    if (found === undefined)
      throw new EntraError(
        400,
        'invalid_scope',
        1002012,
        `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.`,
      );
    const resource = found.replace(right, '');
    if (tenantOf(resource) !== tenantId)
      throw new EntraError(
        400,
        'invalid_resource',
        500011,
        `The resource principal named ${resource} was not found in the tenant named ${tenantId}.`,
      );
    return resource;
  };

  const redeem = (form: Form): Holder => {
    const code = codes.get(form.code ?? '');
    codes.delete(form.code ?? '');
    if (!code)
      throw new EntraError(400, 'invalid_grant', 54005, 'The authorization code was already redeemed.');
    if (code.expiresAt <= now())
      throw new EntraError(400, 'invalid_grant', 70008, 'The provided authorization code has expired.');
    if (code.redirectUri !== form.redirect_uri)
      throw new EntraError(400, 'invalid_client', 50011, 'The redirect URI does not match.');
    return code;
  };

  const renew = (token: string): Holder => {
    const holder = refreshTokens.get(token);
    if (holder) return holder;
    throw new EntraError(
      400,
      'invalid_grant',
      50173,
      'The provided grant has expired due to it being revoked, a fresh auth token is needed.',
    );
  };

  const grant = (tenantId: string, form: Form): Issued => {
    switch (form.grant_type) {
      case 'client_credentials': {
        if (!isTenant(tenantId))
          throw new EntraError(400, 'invalid_request', 53003, 'Name the tenant: the common one has no app.');
        const resource = resourceOf(tenantId, form.scope ?? '', /\/\.default$/);
        return open({ tenantId, clientId: app.clientId, resource, userId: null }, false);
      }
      case 'authorization_code':
        return open(redeem(form), true);
      case 'refresh_token':
        return open(renew(form.refresh_token ?? ''), true);
      default:
        throw new EntraError(400, 'unsupported_grant_type', 70003, 'The grant type is not supported.');
    }
  };

  return {
    app,
    /** The token endpoint of a tenant. Throws EntraError. */
    exchange: (tenantId: string, form: Form): Issued => {
      if (!isTenant(tenantId))
        throw new EntraError(400, 'invalid_request', 90002, `Tenant '${tenantId}' not found.`);
      checkClient(tenantId, form);
      return grant(tenantId, form);
    },
    /** A person agreed on the consent page. */
    authorize: (holder: Holder, redirectUri: string): string => {
      consented.add(holder.tenantId);
      const code = `0.AXoA${randomBytes(60).toString('base64url')}`;
      codes.set(code, { ...holder, redirectUri, expiresAt: now() + CODE_MS });
      return code;
    },
    resourceOf,
    consent: (tenantId: string): void => void consented.add(tenantId),
    hasConsent: (tenantId: string): boolean => consented.has(tenantId),
    /** An access token without the endpoint, for tests and seeds. */
    issue: (holder: Holder): Issued => open(holder, holder.userId !== null),
    holderOf: (token: string): Holder | undefined => {
      const holder = tokens.get(token);
      return holder && holder.expiresAt > now() ? holder : undefined;
    },
    /** How long access tokens hold from now on. */
    setTokenMs: (ms: number): void => {
      tokenMs = ms;
    },
    /** Ends every access token, so that the next call answers 401. */
    expireAll: (): void => tokens.clear(),
    /** The administrator removed the app from the tenant. */
    remove: (tenantId: string): void => {
      consented.delete(tenantId);
      for (const kept of [tokens, refreshTokens] as Map<string, Holder>[])
        for (const [token, holder] of kept) if (holder.tenantId === tenantId) kept.delete(token);
    },
    dump: () => ({ consented: [...consented], refreshTokens: [...refreshTokens] }),
    restore: (saved: {
      readonly consented: readonly string[];
      readonly refreshTokens: readonly (readonly [string, Holder])[];
    }): void => {
      for (const tenantId of saved.consented) consented.add(tenantId);
      for (const [token, holder] of saved.refreshTokens) refreshTokens.set(token, holder);
    },
  };
};

export type Entra = ReturnType<typeof createEntra>;
