import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { accountsUrl, apiUrl, isDataCentre, locationOf } from '../data-centres.ts';
import type { ZohoFaults } from '../faults.ts';
import { type OAuth, OAuthError, type Session } from '../oauth/create-oauth.ts';
import { isScope } from '../oauth/scopes.ts';
import { fullName, type Org } from '../org.ts';
import { installingUser } from '../seed.ts';
import { authorizeErrorPage, consentPage } from './pages.ts';

export interface AccountsDeps {
  readonly oauth: OAuth;
  readonly faults: ZohoFaults;
  readonly baseUrl: () => string;
  /** The org with that domain; without one, the first. */
  readonly orgOf: (domain?: string) => Org | undefined;
}

const one = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const back = (res: Response, to: string, answer: Readonly<Record<string, string | undefined>>): void => {
  const url = new URL(to);
  for (const [name, value] of Object.entries(answer))
    if (value !== undefined) url.searchParams.set(name, value);
  res.redirect(302, url.href);
};

/** The consent page. The person's data centre may be another than the one the app began at: the callback says so. */
const authorize = ({ oauth, baseUrl, orgOf }: AccountsDeps, req: Request, res: Response): unknown => {
  const { query } = req;
  const [redirectUri, state, scope] = [one(query.redirect_uri), one(query.state), one(query.scope) ?? ''];
  const wrong = (error: string) => res.status(200).send(authorizeErrorPage(error));
  if (one(query.client_id) !== oauth.app.clientId) return wrong('invalid_client');
  if (redirectUri === undefined || !URL.canParse(redirectUri)) return wrong('invalid_redirect_uri');
  if (query.response_type !== 'code') return wrong('invalid_response_type');
  const scopes = scope.split(',').filter(Boolean);
  if (scopes.length === 0 || !scopes.every(isScope)) return wrong('invalid_scope');
  const org = orgOf(one(query.org));
  if (!org) return wrong('invalid_org');
  if (query.deny !== undefined) return back(res, redirectUri, { error: 'access_denied', state });
  const user = installingUser(org, one(query.login_hint));
  if (query.approve === undefined)
    return res.send(consentPage(org.name, fullName(user), scopes, req.originalUrl));
  const code = oauth.authorize(
    { dc: org.dc, orgId: org.id, userId: user.id, scopes },
    { redirectUri, offline: query.access_type === 'offline', consent: query.prompt === 'consent' },
  );
  return back(res, redirectUri, {
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
