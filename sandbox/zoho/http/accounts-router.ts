import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { consentPage, loginPage } from '../../consent-page.ts';
import { html } from '../../desk/html.ts';
import { parameter, sendBack } from '../../send-back.ts';
import { accountsUrl, apiUrl, isDataCentre, locationOf } from '../data-centres.ts';
import type { ZohoFaults } from '../faults.ts';
import { type OAuth, OAuthError, type Session } from '../oauth/create-oauth.ts';
import { isScope } from '../oauth/scopes.ts';
import { fullName, type Org } from '../org.ts';
import { installingUser } from '../seed.ts';

export interface AccountsDeps {
  readonly oauth: OAuth;
  readonly faults: ZohoFaults;
  readonly baseUrl: () => string;
  /** The org with that domain; without one, the first. */
  readonly orgOf: (domain?: string) => Org | undefined;
}

/** The consent page. The person's data centre may be another than the one the app began at: the callback says so. */
const authorize = ({ oauth, baseUrl, orgOf }: AccountsDeps, req: Request, res: Response): unknown => {
  const { query } = req;
  const [redirectUri, state, scope] = [
    parameter(req, 'redirect_uri'),
    parameter(req, 'state'),
    parameter(req, 'scope') ?? '',
  ];
  const wrong = (error: string) =>
    res.status(200).send(loginPage('An error occurred', html`<p>Invalid request: <code>${error}</code></p>`));
  if (parameter(req, 'client_id') !== oauth.app.clientId) return wrong('invalid_client');
  if (redirectUri === undefined || !URL.canParse(redirectUri)) return wrong('invalid_redirect_uri');
  if (query.response_type !== 'code') return wrong('invalid_response_type');
  const scopes = scope.split(',').filter(Boolean);
  if (scopes.length === 0 || !scopes.every(isScope)) return wrong('invalid_scope');
  const org = orgOf(parameter(req, 'org'));
  if (!org) return wrong('invalid_org');
  if (query.deny !== undefined) return sendBack(res, redirectUri, { error: 'access_denied', state });
  const user = installingUser(org, parameter(req, 'login_hint'));
  if (query.approve === undefined)
    return res.send(
      consentPage({
        title: 'Fairlead would like to access your Zoho CRM',
        says: `As ${fullName(user)} of ${org.name}:`,
        scopes,
        allow: ['Accept', `${req.originalUrl}&approve=1`],
        deny: ['Reject', `${req.originalUrl}&deny=1`],
        colour: '#0a7a48',
      }),
    );
  const code = oauth.authorize(
    { dc: org.dc, orgId: org.id, userId: user.id, scopes },
    { redirectUri, offline: query.access_type === 'offline', consent: query.prompt === 'consent' },
  );
  return sendBack(res, redirectUri, {
    state,
    code,
    location: locationOf(org.dc),
    'accounts-server': accountsUrl(baseUrl(), org.dc),
  });
};

const tokenReply = (session: Session, { oauth, baseUrl }: AccountsDeps, withRefresh: boolean) => ({
  access_token: session.token,
  ...(withRefresh && session.refreshToken !== null && { refresh_token: session.refreshToken }),
  scope: session.scopes.join(' '),
  api_domain: apiUrl(baseUrl(), session.dc),
  token_type: 'Bearer',
  expires_in: oauth.lifeSeconds,
});

const token = (deps: AccountsDeps, dc: string, form: Readonly<Record<string, unknown>>) => {
  if (form.grant_type === 'authorization_code') return tokenReply(deps.oauth.exchange(dc, form), deps, true);
  // A refresh never brings another refresh token.
  if (form.grant_type === 'refresh_token') return tokenReply(deps.oauth.refresh(dc, form), deps, false);
  throw new OAuthError('unsupported_grant_type');
};

const onError: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof OAuthError) return void res.status(200).json(error.body);
  const status = (error as { status?: number }).status;
  if (status === undefined) return next(error);
  res.status(status).json({ error: 'internal_error' });
};

const dcOf = (req: Request): string => {
  const { dc = '' } = req.params as { dc?: string };
  if (!isDataCentre(dc)) throw new OAuthError('invalid_location');
  return dc;
};

/** The accounts servers of all data centres: `/accounts.<dc>/oauth/v2/…`. Errors come with the status 200. */
export const createAccountsRouter = (deps: AccountsDeps): Router => {
  const router = Router({ mergeParams: true });
  router.use(deps.faults.middleware, express.urlencoded({ extended: false }));
  router.get('/oauth/v2/auth', (req, res) => authorize(deps, req, res));
  router.post('/oauth/v2/token', (req, res) => {
    // Parameters may come in the address or as a form.
    res.json(token(deps, dcOf(req), { ...req.query, ...req.body }));
  });
  router.post('/oauth/v2/token/revoke', (req, res) => {
    const known = deps.oauth.revoke(String(req.query.token ?? req.body?.token ?? ''));
    res.json(known ? { status: 'success' } : { error: 'invalid_code' });
  });
  router.use(onError);
  return router;
};
