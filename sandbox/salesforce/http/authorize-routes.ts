import type { Request, Response, Router } from 'express';
import { consentPage, loginPage } from '../../consent-page.ts';
import { html } from '../../desk/html.ts';
import { personPage } from '../../open-id/person-page.ts';
import { parameter, sendBack } from '../../send-back.ts';
import { ALL_SCOPES, USUAL_SCOPES } from '../oauth/app.ts';
import type { Org } from '../org.ts';
import { installingUser, peopleOf } from '../seed.ts';
import type { Row } from '../types.ts';
import type { LoginContext } from './login-context.ts';

interface Ask {
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly scopes: readonly string[];
  readonly challenge: string | null;
  readonly nonce: string | null;
}

/** Who is at the browser. */
interface Person {
  readonly org: Org;
  readonly user: Row;
}

type Refusal = Readonly<Record<'error' | 'error_description', string>>;

const COLOUR = '#0b5cab';

/** Sends the browser back to the app. */
const back = (res: Response, { redirectUri, state }: Ask, answer: Readonly<Record<string, string>>): void =>
  sendBack(res, redirectUri, { ...answer, state });

/** An authorisation that cannot be sent back to the app. */
const refuse = (res: Response, error: string, description: string): void => {
  const body = html`<p>We can’t authorize you because of an OAuth error. For more information, contact your Salesforce administrator.</p><p><code>${error}</code>: ${description}</p>`;
  res.status(400).send(loginPage('OAuth error', body));
};

/** What stands against what the app asks; null: nothing. */
const problemWith = ({ oauth }: LoginContext, req: Request, ask: Ask): Refusal | null => {
  const method = parameter(req, 'code_challenge_method');
  if (req.query.response_type !== 'code')
    return { error: 'unsupported_response_type', error_description: 'response type not supported' };
  if (oauth.settings().pkceRequired && ask.challenge === null)
    return { error: 'invalid_request', error_description: 'missing required code challenge' };
  if (method !== undefined && method !== 'S256')
    return { error: 'invalid_request', error_description: 'invalid code challenge method' };
  if (ask.scopes.some((scope) => !ALL_SCOPES.includes(scope)))
    return { error: 'invalid_scope', error_description: 'the requested scope is not allowed' };
  return null;
};

/** Somebody agreed; the org may forbid it. */
const agree = ({ oauth }: LoginContext, res: Response, ask: Ask, { org, user }: Person) => {
  if (oauth.settings().blockUninstalled && !org.packageInstalled)
    return back(res, ask, {
      error: 'OAUTH_APPROVAL_ERROR_GENERIC',
      error_description: 'An unexpected error has occured during authentication. Please try again.',
    });
  const grant = { orgId: org.id, userId: user.Id, scopes: ask.scopes };
  back(res, ask, { code: oauth.authorize(grant, ask.redirectUri, ask.challenge, ask.nonce) });
};

/** Whoever signs in says who they are by their username, which is nobody else's in any org. */
const signIn = (context: LoginContext, req: Request, res: Response, ask: Ask) => {
  const people = context.orgsOf(req).flatMap((org) => peopleOf(org).map((user) => ({ org, user })));
  const as = parameter(req, 'as');
  const person = people.find(({ user }) => user.Username === as);
  if (person !== undefined) return agree(context, res, ask, person);
  if (as !== undefined)
    return void res
      .status(400)
      .send(
        loginPage(
          'Log In',
          html`<p>Please check your username and password. If you still can't log in, contact your Salesforce administrator.</p>`,
        ),
      );
  res.send(
    personPage({
      title: 'Log in to Salesforce',
      says: 'Fairlead asks who you are:',
      scopes: ask.scopes,
      people: people.map(({ org, user }) => ({
        id: String(user.Username),
        name: `${user.Name}, ${org.name}`,
      })),
      address: req.originalUrl,
      colour: COLOUR,
    }),
  );
};

const install = (context: LoginContext, req: Request, res: Response, ask: Ask, org: Org) => {
  const user = installingUser(org, parameter(req, 'login_hint'));
  if (req.query.approve !== undefined) return agree(context, res, ask, { org, user });
  res.send(
    consentPage({
      title: 'Allow access?',
      says: `Fairlead asks to act for ${user.Name} in ${org.name}:`,
      scopes: ask.scopes,
      allow: ['Allow', `${req.originalUrl}&approve=1`],
      deny: ['Deny', `${req.originalUrl}&deny=1`],
      colour: COLOUR,
    }),
  );
};

/** The login and consent pages of the web server flow, with PKCE. With the scope `openid` it is a sign-in. */
export const authorizeRoutes = (router: Router, context: LoginContext): void => {
  const { app } = context.oauth;
  router.get('/services/oauth2/authorize', (req, res) => {
    const org = context.orgOf(req);
    const redirectUri = parameter(req, 'redirect_uri');
    if (parameter(req, 'client_id') !== app.clientId)
      return refuse(res, 'invalid_client_id', 'client identifier invalid');
    if (!org || redirectUri === undefined || !app.mayReturnTo(redirectUri))
      return refuse(res, 'redirect_uri_mismatch', 'redirect_uri must match configuration');
    const scopes = (parameter(req, 'scope') ?? '').split(/\s+/).filter(Boolean);
    const ask: Ask = {
      redirectUri,
      state: parameter(req, 'state'),
      scopes: scopes.length === 0 ? USUAL_SCOPES : scopes,
      challenge: parameter(req, 'code_challenge') ?? null,
      nonce: parameter(req, 'nonce') ?? null,
    };
    const problem = problemWith(context, req, ask);
    if (problem) return back(res, ask, problem);
    if (req.query.deny !== undefined)
      return back(res, ask, { error: 'access_denied', error_description: 'end-user denied authorization' });
    if (ask.scopes.includes('openid')) return signIn(context, req, res, ask);
    install(context, req, res, ask, org);
  });
};
