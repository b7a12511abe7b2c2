import express, { type Request, type Response, Router } from 'express';
import { consentPage, loginPage } from '../../consent-page.ts';
import { html } from '../../desk/html.ts';
import { parameter, sendBack } from '../../send-back.ts';
import type { Account } from '../account.ts';
import { type OAuth, OAuthError, type Session } from '../oauth/create-oauth.ts';
import { installingUser } from '../seed.ts';

export interface OAuthDeps {
  readonly oauth: OAuth;
  readonly accountOf: (domain?: string) => Account | undefined;
  readonly accountWithId: (id: number) => Account | undefined;
  readonly apiUrl: (account: Account) => string;
  /** An installation ended. */
  readonly ended: (account: Account, userId: number) => void;
}

/** An authorisation that cannot be sent back to the app. */
const refuse = (res: Response, description: string): void =>
  void res.status(400).send(loginPage('Something is wrong', html`<p>${description}</p>`));

/** The consent page. Scopes are the app's, as the Developer Hub has them. `domain` and `login_hint` are the stand-in's own. */
const authorize =
  ({ oauth, accountOf }: OAuthDeps) =>
  (req: Request, res: Response) => {
    const redirectUri = parameter(req, 'redirect_uri');
    if (parameter(req, 'client_id') !== oauth.app.clientId) return refuse(res, 'The client_id is not known.');
    if (redirectUri === undefined || !URL.canParse(redirectUri))
      return refuse(res, 'The redirect_uri does not match the app.');
    const account = accountOf(parameter(req, 'domain'));
    if (!account) return refuse(res, 'There is no such company.');
    const state = parameter(req, 'state');
    if (req.query.deny !== undefined) return sendBack(res, redirectUri, { error: 'user_denied', state });
    const user = installingUser(account, parameter(req, 'login_hint'));
    if (req.query.approve === undefined)
      return void res.send(
        consentPage({
          title: 'Allow and install?',
          says: `Fairlead asks to act for ${user.name} in ${account.name}:`,
          scopes: oauth.app.scopes,
          allow: ['Allow and install', `${req.originalUrl}&approve=1`],
          deny: ['Cancel', `${req.originalUrl}&deny=1`],
          colour: '#017737',
        }),
      );
    const code = oauth.authorize({ companyId: account.id, userId: Number(user.id) }, redirectUri);
    sendBack(res, redirectUri, { code, state });
  };

const isApp = (req: Request, { app }: OAuth): boolean => {
  const encoded = /^Basic (.+)$/.exec(req.headers.authorization ?? '')?.[1] ?? '';
  return Buffer.from(encoded, 'base64').toString('utf8') === `${app.clientId}:${app.clientSecret}`;
};

const tokenView = ({ accountWithId, apiUrl, oauth }: OAuthDeps, session: Session) => {
  const account = accountWithId(session.companyId);
  return {
    access_token: session.token,
    token_type: 'Bearer',
    refresh_token: session.refreshToken,
    scope: oauth.app.scopes.join(','),
    expires_in: Math.floor(oauth.settings().accessMs / 1000),
    api_domain: account ? apiUrl(account) : '',
  };
};

const formOf = (req: Request) => (req.body ?? {}) as Readonly<Record<string, unknown>>;

const token = (deps: OAuthDeps) => (req: Request, res: Response) => {
  try {
    if (!isApp(req, deps.oauth)) throw new OAuthError('invalid_client', 401);
    res.json(tokenView(deps, deps.oauth.exchange(formOf(req))));
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    res.status(error.status).json({ success: false, error: error.message });
  }
};

/** Says the same of tokens nobody knows. */
const revoke = (deps: OAuthDeps) => (req: Request, res: Response) => {
  if (!isApp(req, deps.oauth)) return void res.status(401).json({ error: 'invalid_client' });
  const grant = deps.oauth.revoke(String(formOf(req).token ?? ''));
  const account = grant && deps.accountWithId(grant.companyId);
  if (grant && account) deps.ended(account, grant.userId);
  res.status(200).end();
};

/** The OAuth host. */
export const createOAuthRouter = (deps: OAuthDeps): Router => {
  const router = Router();
  const form = express.urlencoded({ extended: false });
  router.get('/oauth/authorize', authorize(deps));
  router.post('/oauth/token', form, token(deps));
  router.post('/oauth/revoke', form, revoke(deps));
  return router;
};
