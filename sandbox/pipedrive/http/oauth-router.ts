import express, { type Request, type Response, Router } from 'express';
import type { Account } from '../account.ts';
import { type OAuth, OAuthError, type Session } from '../oauth/create-oauth.ts';
import { installingUser } from '../seed.ts';
import { authorizeErrorPage, consentPage } from './pages.ts';

export interface OAuthDeps {
  readonly oauth: OAuth;
  readonly accountOf: (domain?: string) => Account | undefined;
  readonly accountWithId: (id: number) => Account | undefined;
  readonly apiUrl: (account: Account) => string;
  /** An installation ended. */
  readonly ended: (account: Account, userId: number) => void;
}

const one = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const back = (
  res: Response,
  redirectUri: string,
  answer: Readonly<Record<string, string | undefined>>,
): void => {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer))
    if (value !== undefined) url.searchParams.set(name, value);
  res.redirect(302, url.href);
};

/** The consent page. Scopes are the app's, as the Developer Hub has them. `domain` and `login_hint` are the stand-in's own. */
const authorize =
  ({ oauth, accountOf }: OAuthDeps) =>
  (req: Request, res: Response): void => {
    const redirectUri = one(req.query.redirect_uri);
    if (one(req.query.client_id) !== oauth.app.clientId)
      return void res.status(400).send(authorizeErrorPage('The client_id is not known.'));
    if (redirectUri === undefined || !URL.canParse(redirectUri))
      return void res.status(400).send(authorizeErrorPage('The redirect_uri does not match the app.'));
    const account = accountOf(one(req.query.domain));
    if (!account) return void res.status(400).send(authorizeErrorPage('There is no such company.'));
    const state = one(req.query.state);
    if (req.query.deny !== undefined) return void back(res, redirectUri, { error: 'user_denied', state });
    const user = installingUser(account, one(req.query.login_hint));
    if (req.query.approve === undefined)
      return void res.send(consentPage(account.name, String(user.name), oauth.app.scopes, req.originalUrl));
    const code = oauth.authorize({ companyId: account.id, userId: Number(user.id) }, redirectUri);
    back(res, redirectUri, { code, state });
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
