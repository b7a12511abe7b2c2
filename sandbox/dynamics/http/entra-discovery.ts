import { randomUUID } from 'node:crypto';
import type { Request, Response, Router } from 'express';
import type { IdTokens } from '../../open-id/id-tokens.ts';
import { issuerOf } from '../../open-id/issuer-of.ts';
import { EntraError } from '../errors.ts';
import type { Entra } from '../oauth/create-entra.ts';
import { ANY_TENANT, issuerOfTenant, PERSONAL_TENANT } from '../oauth/sign-in.ts';

export interface DiscoveryContext {
  readonly entra: Entra;
  readonly idTokens: IdTokens;
  readonly now: () => number;
}

const documentOf = (host: string, tenant: string): object => {
  const below = `${host}/${tenant}`;
  return {
    token_endpoint: `${below}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${below}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    // The document that is for all tenants says so in place of one's id.
    issuer: issuerOfTenant(host, ANY_TENANT.includes(tenant) ? '{tenantid}' : tenant),
    request_uri_parameter_supported: false,
    // Microsoft Graph, another host than the issuer's.
    userinfo_endpoint: 'https://graph.microsoft.com/oidc/userinfo',
    authorization_endpoint: `${below}/oauth2/v2.0/authorize`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${below}/oauth2/v2.0/logout`,
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'preferred_username',
      'name',
      'tid',
      'ver',
    ],
    tenant_region_scope: null,
    cloud_instance_name: 'microsoftonline.com',
  };
};

/** Entra's documents, of a tenant or of all: `/{tenant}/v2.0/.well-known/openid-configuration` and the keys. */
export const entraDiscovery = (router: Router, { entra, idTokens, now }: DiscoveryContext): void => {
  const known = (req: Request, res: Response): string | null => {
    const tenant = String(req.params.tenant);
    if (ANY_TENANT.includes(tenant) || entra.isTenant(tenant)) return tenant;
    const error = new EntraError(400, 'invalid_tenant', 90002, `Tenant '${tenant}' not found.`);
    res.status(error.status).json(error.body(now(), randomUUID()));
    return null;
  };

  router.get('/:tenant/v2.0/.well-known/openid-configuration', (req, res) => {
    const tenant = known(req, res);
    if (tenant !== null) res.json(documentOf(issuerOf(req), tenant));
  });
  router.get('/:tenant/discovery/v2.0/keys', (req, res) => {
    const host = issuerOf(req);
    const inFull = ({ issuer, ...key }: Readonly<Record<string, unknown>>) => ({
      ...key,
      issuer: issuerOfTenant(host, String(issuer)),
    });
    if (known(req, res) !== null) res.json({ keys: idTokens.jwks().keys.map(inFull) });
  });
};

/** What Entra publishes of a key: whose tokens it signs, as the tenant in an issuer. One is for personal accounts alone. */
export const ENTRA_KEYS = {
  published: (kid: string) => ({ x5t: kid, issuer: '{tenantid}' }),
  other: (kid: string) => ({ x5t: kid, issuer: PERSONAL_TENANT }),
};
