import type { Request, Response, Router } from 'express';
import { consentPage, loginPage } from '../../consent-page.ts';
import { html } from '../../desk/html.ts';
import { parameter, sendBack } from '../../send-back.ts';
import { ALL_SCOPES, USUAL_SCOPES } from '../oauth/app.ts';
import type { Org } from '../org.ts';
import { installingUser } from '../seed.ts';
import type { LoginContext } from './login-context.ts';

interface Ask {
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly scopes: readonly string[];
  readonly challenge: string | null;
}

/** Sends the browser back to the app. */
const back = (res: Response, { redirectUri, state }: Ask, answer: Readonly<Record<string, string>>): void =>
  sendBack(res, redirectUri, { ...answer, state });

/** An authorisation that cannot be sent back to the app. */
const refuse = (res: Response, error: string, description: string): void => {
  const body = html`<p>We can’t authorize you because of an OAuth error. For more information, contact your Salesforce administrator.</p><p><code>${error}</code>: ${description}</p>`;
  res.status(400).send(loginPage('OAuth error', body));
};

/** What stands against an authorisation; null: nothing. */
const problemWith = ({ oauth }: LoginContext, org: Org, req: Request, ask: Ask) => {
  const settings = oauth.settings();
  const method = parameter(req, 'code_challenge_method');
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
    const redirectUri = parameter(req, 'redirect_uri');
    const clientId = parameter(req, 'client_id');
    if (clientId !== oauth.app.clientId) return refuse(res, 'invalid_client_id', 'client identifier invalid');
    if (!org || redirectUri === undefined || !URL.canParse(redirectUri))
      return refuse(res, 'redirect_uri_mismatch', 'redirect_uri must match configuration');
    const scopes = (parameter(req, 'scope') ?? '').split(/\s+/).filter(Boolean);
    const ask: Ask = {
      redirectUri,
      state: parameter(req, 'state'),
      scopes: scopes.length === 0 ? USUAL_SCOPES : scopes,
      challenge: parameter(req, 'code_challenge') ?? null,
    };
    const problem = problemWith(context, org, req, ask);
    if (problem) return back(res, ask, problem);
    const user = installingUser(org, parameter(req, 'login_hint'));
    if (req.query.deny !== undefined)
      return back(res, ask, { error: 'access_denied', error_description: 'end-user denied authorization' });
    if (req.query.approve === undefined)
      return void res.send(
        consentPage({
          title: 'Allow access?',
          says: `Fairlead asks to act for ${user.Name} in ${org.name}:`,
          scopes: ask.scopes,
          allow: ['Allow', `${req.originalUrl}&approve=1`],
          deny: ['Deny', `${req.originalUrl}&deny=1`],
          colour: '#0b5cab',
        }),
      );
    const grant = { orgId: org.id, userId: user.Id, scopes: ask.scopes };
    back(res, ask, { code: oauth.authorize(grant, redirectUri, ask.challenge) });
  });
};
