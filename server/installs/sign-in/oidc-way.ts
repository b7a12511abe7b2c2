import * as oidc from 'openid-client';
import type { SignInReturn, SignInWay } from '../../assignments/sign-in-ports.ts';
import type { Clock } from '../../base/clock.ts';
import { RECENT_SIGN_IN_MS } from '../../base/recent-sign-in.ts';
import { challengeOf } from '../oauth/proofs.ts';
import { type Claims, identify } from './identify.ts';
import { isSignedForIssuer } from './key-issuer.ts';
import { ENTRA_ORIGIN, OIDC_FACTS, type OidcFacts, type OidcProvider } from './oidc-facts.ts';
import { factorsLacking, refusedBecause, toSignInError } from './refusals.ts';
import {
  type SeveralFactors,
  severalFactorsAsk,
  type TellingProvider,
  usedSeveralFactors,
} from './several-factors.ts';

/** Of a request to the provider. Seconds. */
const TIMEOUT_S = 10;
/**
 * A provider's document is read anew after this long. Its keys are after five minutes, and after one where a token
 * names another: providers publish a key before they use it. Milliseconds.
 */
const KEPT_MS = 3_600_000;

/**
 * Has the person prove anew who they are; the age has the provider say when that was. @unverified SIGN_IN_AGAIN That
 * Slack and Salesforce heed it, and Entra the age.
 */
const AGAIN = { prompt: 'login', max_age: String(RECENT_SIGN_IN_MS / 1_000) };

export interface OidcApp {
  readonly provider: OidcProvider;
  /** The issuer, but for Entra: where it is called. Without a trailing slash. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** As people write it; by default what the facts say. */
  readonly name?: string;
  /** null: one factor is enough. */
  readonly severalFactors: SeveralFactors | null;
  readonly clock: Clock;
}

/** As the provider says that it takes them. */
const withSecret =
  (secret: string): oidc.ClientAuth =>
  (server, ...request) => {
    const post = server.token_endpoint_auth_methods_supported?.includes('client_secret_post') ?? false;
    return (post ? oidc.ClientSecretPost(secret) : oidc.ClientSecretBasic(secret))(server, ...request);
  };

const discover = ({ provider, url, clientId, clientSecret }: OidcApp): Promise<oidc.Configuration> => {
  // Entra's documents name an issuer for every tenant, which the library knows by their host: a stand-in keeps it.
  const elsewhere = provider === 'microsoft' && url !== ENTRA_ORIGIN;
  const issuer = `${elsewhere ? ENTRA_ORIGIN : url}${OIDC_FACTS[provider].path}`;
  const options: oidc.DiscoveryRequestOptions = {
    timeout: TIMEOUT_S,
    execute: [
      // By itself the library takes the connection for proof enough of a token that came over it.
      oidc.enableNonRepudiationChecks,
      // Settings allow plain text to this machine alone, and never in production.
      ...(url.startsWith('http://') ? [oidc.allowInsecureRequests] : []),
    ],
    ...(elsewhere && {
      [oidc.customFetch]: (asked, init) => fetch(asked.replace(ENTRA_ORIGIN, url), init as RequestInit),
    }),
  };
  return oidc.discovery(new URL(issuer), clientId, {}, withSecret(clientSecret), options);
};

/** The claims of the ID token, and where it has no e-mail address those of the userinfo endpoint. */
const claimsOf = async (
  server: oidc.Configuration,
  tokens: Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>,
  { userinfo }: OidcFacts,
): Promise<Claims | null> => {
  const claims = tokens.claims();
  if (claims === undefined) return null;
  const asks = userinfo && server.serverMetadata().userinfo_endpoint !== undefined;
  if (claims.email !== undefined || !asks) return claims;
  const more = await oidc.fetchUserInfo(server, tokens.access_token, claims.sub);
  return { ...more, ...claims };
};

/** Whether the ID token says that somebody signed in as is demanded. What the userinfo endpoint says proves nothing. */
const isStrongEnough = ({ provider, severalFactors }: OidcApp, claims: Claims | undefined): boolean =>
  severalFactors === null ||
  (claims !== undefined && isAsked(provider) && usedSeveralFactors(provider, claims, severalFactors));

/** Those that can be asked for several factors. */
const isAsked = (provider: OidcProvider): provider is TellingProvider =>
  provider === 'microsoft' || provider === 'oidc';

const isKeyOfIssuer = (server: oidc.Configuration, idToken: string | undefined, claims: Claims): boolean => {
  const keys = oidc.getJwksCache(server)?.jwks;
  return idToken !== undefined && keys !== undefined && isSignedForIssuer(idToken, keys, claims);
};

/**
 * Sign-in at a provider that speaks OpenID Connect: authorization code with state, nonce and, where it takes it, PKCE.
 * The library checks the ID token's signature, issuer, audience, times and nonce, and `iss` of the answer.
 */
export const createOidcWay = (app: OidcApp): SignInWay => {
  const { provider, clock, severalFactors } = app;
  const facts = OIDC_FACTS[provider];
  const { scopes, pkce, name: usual } = facts;
  const name = app.name ?? usual;
  let known: { readonly server: Promise<oidc.Configuration>; readonly until: number } | null = null;

  const serverOf = (): Promise<oidc.Configuration> => {
    if (known !== null && clock.now() < known.until) return known.server;
    const server = discover(app);
    known = { server, until: clock.now() + KEPT_MS };
    server.catch(() => {
      known = null;
    });
    return server;
  };

  const identifyIn = async ({ query, redirectUri, state, nonce, verifier }: SignInReturn) => {
    const server = await serverOf();
    const tokens = await oidc.authorizationCodeGrant(
      server,
      new URL(`${redirectUri}?${new URLSearchParams(query)}`),
      {
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
        ...(pkce && { pkceCodeVerifier: verifier }),
      },
    );
    const claims = await claimsOf(server, tokens, facts);
    if (claims === null) return null;
    if (provider === 'microsoft' && !isKeyOfIssuer(server, tokens.id_token, claims))
      throw refusedBecause(name, 'the key of what it sent is not for accounts like yours.');
    if (!isStrongEnough(app, tokens.claims())) throw factorsLacking(name);
    return identify(provider, claims);
  };

  return {
    id: provider,
    name,
    authorizeUrl: async ({ state, nonce, verifier, redirectUri, again }) => {
      const server = await serverOf().catch(toSignInError(name));
      return oidc.buildAuthorizationUrl(server, {
        redirect_uri: redirectUri,
        scope: scopes.join(' '),
        state,
        nonce,
        ...(pkce && { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' }),
        ...(again && AGAIN),
        ...(severalFactors !== null && isAsked(provider) && severalFactorsAsk(provider, severalFactors)),
      }).href;
    },
    identify: async (back) => {
      const identity = await identifyIn(back).catch(toSignInError(name));
      if (identity !== null) return identity;
      throw refusedBecause(name, 'it did not say who this is.');
    },
  };
};
