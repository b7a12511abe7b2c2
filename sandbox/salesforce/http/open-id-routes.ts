import type { Router } from 'express';
import { hashOfToken } from '../../open-id/id-tokens.ts';
import { issuerOf } from '../../open-id/issuer-of.ts';
import { ALL_SCOPES } from '../oauth/app.ts';
import type { Issued } from '../oauth/create-oauth.ts';
import { identityUrl, type LoginContext } from './login-context.ts';

/** What userinfo may say. */
const CLAIMS = [
  'active',
  'email',
  'email_verified',
  'family_name',
  'given_name',
  'is_app_installed',
  'language',
  'locale',
  'name',
  'nickname',
  'organization_id',
  'photos',
  'preferred_username',
  'sub',
  'urls',
  'user_id',
  'user_type',
  'zoneinfo',
];

/** OpenID Connect of a login host: the common one and each org's own are issuers of their own, with the same keys. */
export const openIdRoutes = (router: Router, { idTokens }: LoginContext): void => {
  router.get('/.well-known/openid-configuration', (req, res) => {
    const issuer = issuerOf(req);
    res.json({
      issuer,
      authorization_endpoint: `${issuer}/services/oauth2/authorize`,
      token_endpoint: `${issuer}/services/oauth2/token`,
      revocation_endpoint: `${issuer}/services/oauth2/revoke`,
      userinfo_endpoint: `${issuer}/services/oauth2/userinfo`,
      jwks_uri: `${issuer}/id/keys`,
      scopes_supported: ALL_SCOPES,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      display_values_supported: ['page', 'popup', 'touch'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
      claims_supported: CLAIMS,
    });
  });
  router.get('/id/keys', (_req, res) => void res.json(idTokens.jwks()));
};

/**
 * The ID token beside an access token; undefined: nobody asked who signs in. It says no more than who: the rest is at
 * userinfo, unless the app's settings put standard claims in.
 */
export const idTokenOf = (
  { oauth, idTokens, loginUrl }: LoginContext,
  issuer: string,
  { session, nonce }: Issued,
): string | undefined =>
  session.scopes.includes('openid')
    ? idTokens.issue({
        iss: issuer,
        sub: identityUrl(loginUrl(), session),
        aud: oauth.app.clientId,
        at_hash: hashOfToken(session.token),
        ...(nonce !== null && { nonce }),
      })
    : undefined;
