import { createHmac } from 'node:crypto';
import type { Response, Router } from 'express';
import { clientForm } from '../../open-id/client-form.ts';
import { issuerOf } from '../../open-id/issuer-of.ts';
import { OAuthError } from '../errors.ts';
import { USUAL_SCOPES } from '../oauth/app.ts';
import type { Issued } from '../oauth/create-oauth.ts';
import { integrationUser } from '../seed.ts';
import { identityUrl, type LoginContext } from './login-context.ts';
import { idTokenOf } from './open-id-routes.ts';

/** The reply of the token endpoint; it does not say how long the session lasts. */
const tokenView = (context: LoginContext, issuer: string, issued: Issued) => {
  const { session, refreshToken } = issued;
  const org = context.orgWithId(session.orgId);
  const id = identityUrl(context.loginUrl(), session);
  const id_token = idTokenOf(context, issuer, issued);
  const issued_at = String(context.now());
  const signature = createHmac('sha256', context.oauth.app.clientSecret)
    .update(id + issued_at)
    .digest('base64');
  return {
    access_token: session.token,
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    signature,
    scope: session.scopes.join(' '),
    ...(id_token !== undefined && { id_token }),
    instance_url: org ? context.instanceUrl(org) : '',
    id,
    token_type: 'Bearer',
    issued_at,
  };
};

const sendError = (res: Response, error: unknown): void => {
  if (!(error instanceof OAuthError)) throw error;
  res.status(error.error === 'invalid_client' ? 401 : 400).json(error.body);
};

/** Token and revocation endpoints: form bodies, no session, not counted as API calls. */
export const tokenRoutes = (router: Router, context: LoginContext): void => {
  router.post('/services/oauth2/token', (req, res) => {
    res.setHeader('Cache-Control', 'no-cache, no-store');
    try {
      const org = context.isMyDomain(req) ? context.orgOf(req) : undefined;
      const runAs = org ? { orgId: org.id, userId: integrationUser(org).Id, scopes: USUAL_SCOPES } : null;
      res.json(tokenView(context, issuerOf(req), context.oauth.exchange(clientForm(req), runAs)));
    } catch (error) {
      sendError(res, error);
    }
  });

  router.all('/services/oauth2/revoke', (req, res) => {
    const token = clientForm(req).token ?? req.query.token;
    if (typeof token === 'string' && context.oauth.revoke(token)) return void res.status(200).end();
    res.status(400).type('text/plain').send('error=invalid_token&error_description=invalid+token');
  });
};
