import { randomBytes } from 'node:crypto';
import type { ReturnAddresses } from '../../open-id/return-addresses.ts';
import { EntraError } from '../errors.ts';
import { type Asked, createCodes } from './codes.ts';
import { ANY_TENANT, type Edov, type SignIn } from './sign-in.ts';

/** The app's registration, one for all customers. */
export interface AppRegistration {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Its redirect URIs. */
  readonly mayReturnTo: ReturnAddresses;
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
  /** Who signed in; null: nobody, it is for calls. */
  readonly signIn: SignIn | null;
}

export interface EntraContext {
  readonly app: AppRegistration;
  readonly now: () => number;
  /** The tenant of an environment's address; undefined: there is no such environment. */
  readonly tenantOf: (resource: string) => string | undefined;
  readonly isTenant: (tenantId: string) => boolean;
}

type Form = Readonly<Record<string, string | undefined>>;

/** What a person agreed to: that the app calls an environment as them, or is told who they are. */
type Agreed = Holder | SignIn;

const newAccessToken = (): string =>
  `eyJ0eXAiOiJKV1Qi.${randomBytes(60).toString('base64url')}.${randomBytes(30).toString('base64url')}`;

/** Entra's token endpoint and what it remembers. Errors carry the numbers of its own. */
export const createEntra = ({ app, now, tenantOf, isTenant }: EntraContext) => {
  let tokenMs = 3_599_000;
  const tokens = new Map<string, Holder & { readonly expiresAt: number }>();
  const refreshTokens = new Map<string, Holder>();
  const codes = createCodes<Agreed>(now);
  let edov: Edov = 'absent';
  /** Tenants whose administrator agreed to the app. */
  const consented = new Set<string>();

  const open = (holder: Holder, lasting: boolean): Issued => {
    const accessToken = newAccessToken();
    tokens.set(accessToken, { ...holder, expiresAt: now() + tokenMs });
    const refreshToken = lasting ? `0.AXoA${randomBytes(60).toString('base64url')}` : null;
    if (refreshToken !== null) refreshTokens.set(refreshToken, holder);
    const right = holder.userId === null ? '.default' : 'user_impersonation';
    const scope = `${holder.resource}/${right}`;
    return { accessToken, refreshToken, scope, expiresIn: tokenMs / 1000, signIn: null };
  };

  /** The access token is for Microsoft Graph, which is not played. */
  const openFor = (signIn: SignIn): Issued => ({
    accessToken: newAccessToken(),
    refreshToken: null,
    scope: signIn.scopes.join(' '),
    expiresIn: tokenMs / 1000,
    signIn,
  });

  /** `tenantId`: null where the address names none. */
  const checkClient = (tenantId: string | null, form: Form): void => {
    for (const name of ['grant_type', 'client_id'])
      if (!form[name])
        throw new EntraError(
          400,
          'invalid_request',
          900144,
          `The request body must contain the following parameter: '${name}'.`,
        );
    if (form.client_id !== app.clientId || (tenantId !== null && !consented.has(tenantId)))
      throw new EntraError(
        400,
        'unauthorized_client',
        700016,
        `Application with identifier '${form.client_id}' was not found in the directory '${tenantId ?? 'Microsoft Services'}'.`,
      );
    if (form.client_secret === undefined)
      throw new EntraError(
        401,
        'invalid_client',
        7000218,
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
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

  const grant = (tenantId: string | null, form: Form): Issued => {
    switch (form.grant_type) {
      case 'client_credentials': {
        if (tenantId === null)
          throw new EntraError(400, 'invalid_request', 53003, 'Name the tenant: the common one has no app.');
        const resource = resourceOf(tenantId, form.scope ?? '', /\/\.default$/);
        return open({ tenantId, clientId: app.clientId, resource, userId: null }, false);
      }
      case 'authorization_code': {
        const agreed = codes.redeem(tenantId, form);
        return 'person' in agreed ? openFor(agreed) : open(agreed, true);
      }
      case 'refresh_token':
        return open(renew(form.refresh_token ?? ''), true);
      default:
        throw new EntraError(400, 'unsupported_grant_type', 70003, 'The grant type is not supported.');
    }
  };

  return {
    app,
    /** The token endpoint of a tenant, or of `organizations` and `common`. Throws EntraError. */
    exchange: (tenant: string, form: Form): Issued => {
      const tenantId = ANY_TENANT.includes(tenant) ? null : tenant;
      if (tenantId !== null && !isTenant(tenantId))
        throw new EntraError(400, 'invalid_request', 90002, `Tenant '${tenantId}' not found.`);
      checkClient(tenantId, form);
      return grant(tenantId, form);
    },
    isTenant,
    /** A person agreed on the consent page, or signed in: the app is known in their tenant from then on. */
    authorize: (agreed: Agreed, asked: Asked): string => {
      consented.add(agreed.tenantId);
      return codes.issue(agreed, asked);
    },
    edov: (): Edov => edov,
    /** Whether ID tokens say that a tenant owns the address's domain. */
    setEdov: (wanted: Edov): void => {
      edov = wanted;
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
