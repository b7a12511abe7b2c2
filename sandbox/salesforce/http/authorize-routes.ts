import type { Request, Response, Router } from 'express';
import { ALL_SCOPES, USUAL_SCOPES } from '../oauth/app.ts';
import type { Org } from '../org.ts';
import { installingUser } from '../seed.ts';
import type { LoginContext } from './login-context.ts';
import { authorizeErrorPage, consentPage } from './pages.ts';

interface Ask {
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly scopes: readonly string[];
  readonly challenge: string | null;
}

const one = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Sends the browser back to the app. */
const back = (res: Response, { redirectUri, state }: Ask, answer: Readonly<Record<string, string>>): void => {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set('state', state);
  res.redirect(302, url.href);
};

/** What stands against an authorisation; null: nothing. */
const problemWith = ({ oauth }: LoginContext, org: Org, req: Request, ask: Ask) => {
  const settings = oauth.settings();
  const method = one(req.query.code_challenge_method);
  if (req.query.response_type !== 'code')
    return { error: 'unsupported_response_type', error_description: 'response type not supported' };
  if (settings.pkceRequired && ask.challenge === null)
    return { error: 'invalid_request', error_description: 'missing required code challenge' };
  if (method !== undefined && method !== 'S256')
    return { error: 'invalid_request', error_description: 'invalid code challenge method' };
  if (ask.scopes.some((scope) => !ALL_SCOPES.includes(scope)))
    return { error: 'invalid_scope', error_description: 'the requested scope is not allowed' };
  if (settings.blockUninstalled && !org.packageInstalled)
    return {
      error: 'OAUTH_APPROVAL_ERROR_GENERIC',
      error_description: 'An unexpected error has occured during authentication. Please try again.',
    };
  return null;
};

/** The consent page of the web server flow, with PKCE. */
export const authorizeRoutes = (router: Router, context: LoginContext): void => {
  const { oauth } = context;
  router.get('/services/oauth2/authorize', (req, res) => {
    const org = context.orgOf(req);
    const redirectUri = one(req.query.redirect_uri);
    const clientId = one(req.query.client_id);
    if (clientId !== oauth.app.clientId)
      return void res.status(400).send(authorizeErrorPage('invalid_client_id', 'client identifier invalid'));
    if (!org || redirectUri === undefined || !URL.canParse(redirectUri))
      return void res
        .status(400)
        .send(authorizeErrorPage('redirect_uri_mismatch', 'redirect_uri must match configuration'));
    const scopes = (one(req.query.scope) ?? '').split(/\s+/).filter(Boolean);
    const ask: Ask = {
      redirectUri,
      state: one(req.query.state),
      scopes: scopes.length === 0 ? USUAL_SCOPES : scopes,
      challenge: one(req.query.code_challenge) ?? null,
    };
    const problem = problemWith(context, org, req, ask);
    if (problem) return back(res, ask, problem);
    const user = installingUser(org, one(req.query.login_hint));
    if (req.query.deny !== undefined)
      return back(res, ask, { error: 'access_denied', error_description: 'end-user denied authorization' });
    if (req.query.approve === undefined)
      return void res.send(consentPage(org.name, String(user.Name), ask.scopes, req.originalUrl));
    const grant = { orgId: org.id, userId: user.Id, scopes: ask.scopes };
    back(res, ask, { code: oauth.authorize(grant, redirectUri, ask.challenge) });
  });
};
