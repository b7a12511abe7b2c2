import type { Response, Router } from 'express';
import { HubSpotError } from '../errors.ts';
import type { AccessToken, Grant } from '../tokens.ts';
import type { Json } from './body.ts';
import type { ApiContext } from './context.ts';

const formOf = (body: unknown): Json => (typeof body === 'object' && body !== null ? (body as Json) : {});

const tokenView = (access: AccessToken, now: number) => ({
  token_type: 'bearer',
  token_use: 'access_token',
  access_token: access.token,
  refresh_token: access.refreshToken,
  expires_in: Math.round((access.expiresAt - now) / 1000),
  hub_id: access.portalId,
  user_id: access.userId,
  scopes: access.scopes,
});

const grantView = (grant: Grant, clientId: string) => ({
  active: true,
  hub_id: grant.portalId,
  user_id: grant.userId,
  user: grant.user,
  hub_domain: `${grant.portalId}.sandbox.example`,
  app_id: grant.appId,
  client_id: clientId,
  scopes: grant.scopes,
  token_type: 'bearer',
});

const signedToken = (access: AccessToken) => ({
  appId: access.appId,
  appInstallId: `${access.appId}-${access.portalId}`,
  audience: '',
  expiresAt: access.expiresAt,
  hubId: access.portalId,
  hublet: 'na1',
  installingUserId: access.userId,
  isPrivateDistribution: false,
  isServiceAccount: false,
  isUserLevel: false,
  newSignature: '',
  scopeToScopeGroupPks: '',
  scopes: access.scopes.join(' '),
  signature: '',
  trialScopeToScopeGroupPks: '',
  trialScopes: '',
  userId: access.userId,
});

const introspect = (context: ApiContext, token: string): Json => {
  const { app, now, tokens } = context;
  const access = tokens.access(token);
  if (access && access.expiresAt > now()) {
    return {
      ...grantView(access, app.clientId),
      token,
      token_use: 'access_token',
      expires_in: Math.round((access.expiresAt - now()) / 1000),
      is_private_distribution: false,
      signed_access_token: signedToken(access),
    };
  }
  const grant = tokens.refresh(token);
  if (grant) return { ...grantView(grant, app.clientId), token, token_use: 'refresh_token' };
  return { active: false };
};

const sendError = (res: Response, error: unknown): void => {
  if (!(error instanceof HubSpotError)) throw error;
  res.status(error.status).json(error.body);
};

/** Token endpoints: form bodies, no bearer token, not counted against the limits. */
export const oauthRoutes = (router: Router, context: ApiContext): void => {
  router.post('/oauth/2026-03/token', (req, res) => {
    try {
      res.json(tokenView(context.tokens.exchange(formOf(req.body)), context.now()));
    } catch (error) {
      sendError(res, error);
    }
  });

  router.post('/oauth/2026-03/token/introspect', (req, res) => {
    const form = formOf(req.body);
    try {
      context.tokens.checkClient(form.client_id, form.client_secret);
      res.json(introspect(context, String(form.token ?? '')));
    } catch (error) {
      sendError(res, error);
    }
  });

  router.post('/oauth/2026-03/token/revoke', (req, res) => {
    const form = formOf(req.body);
    try {
      context.tokens.checkClient(form.client_id, form.client_secret);
      context.tokens.revoke(String(form.token ?? ''));
      res.status(204).end();
    } catch (error) {
      sendError(res, error);
    }
  });
};
