import type { Request, Response, Router } from 'express';
import { toId18 } from '../ids.ts';
import { type Org, tableOf } from '../org.ts';
import type { Row } from '../types.ts';
import { identityUrl, type LoginContext } from './login-context.ts';

const identity = (context: LoginContext, org: Org, user: Row) => ({
  id: identityUrl(context.loginUrl(), { orgId: org.id, userId: user.Id }),
  asserted_user: true,
  user_id: user.Id,
  organization_id: org.id,
  username: user.Username,
  nick_name: user.Alias,
  display_name: user.Name,
  email: user.Email,
  email_verified: !org.unconfirmed.has(user.Id),
  first_name: user.FirstName ?? null,
  last_name: user.LastName,
  timezone: user.TimeZoneSidKey,
  photos: { picture: '', thumbnail: '' },
  urls: {
    rest: `${context.instanceUrl(org)}/services/data/v{version}/`,
    sobjects: `${context.instanceUrl(org)}/services/data/v{version}/sobjects/`,
    query: `${context.instanceUrl(org)}/services/data/v{version}/query/`,
    recent: `${context.instanceUrl(org)}/services/data/v{version}/recent/`,
    profile: `${context.instanceUrl(org)}/${user.Id}`,
  },
  active: user.IsActive,
  user_type: 'STANDARD',
  language: user.LanguageLocaleKey,
  locale: user.LocaleSidKey,
  utcOffset: 0,
  last_modified_date: user.LastModifiedDate,
  is_app_installed: org.packageInstalled,
});

/** Scopes with which userinfo says the e-mail address. */
const WITH_EMAIL: readonly string[] = ['email', 'id', 'full'];

const userInfo = (context: LoginContext, { org, user, scopes }: Caller) => {
  const view = identity(context, org, user);
  return {
    sub: view.id,
    user_id: view.user_id,
    organization_id: view.organization_id,
    preferred_username: view.username,
    nickname: view.nick_name,
    name: view.display_name,
    ...(scopes.some((scope) => WITH_EMAIL.includes(scope)) && {
      email: view.email,
      email_verified: view.email_verified,
    }),
    given_name: view.first_name,
    family_name: view.last_name,
    zoneinfo: view.timezone,
    photos: view.photos,
    active: view.active,
    user_type: view.user_type,
    language: view.language,
    locale: view.locale,
    urls: view.urls,
    is_app_installed: view.is_app_installed,
  };
};

interface Caller {
  readonly org: Org;
  readonly user: Row;
  readonly scopes: readonly string[];
}

/** The identity service answers 403 with a word, not with the API's errors. */
const refuse = (res: Response, word: string): void => void res.status(403).type('text/plain').send(word);

/** Who a token belongs to. */
export const identityRoutes = (router: Router, context: LoginContext): void => {
  const callerOf = (req: Request, res: Response): Caller | null => {
    const token =
      /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1] ?? String(req.query.oauth_token ?? '');
    const session = token === '' ? undefined : context.oauth.session(token);
    const org = session && context.orgWithId(session.orgId);
    const user = org && tableOf(org, 'User').get(session.userId);
    if (org && user) return { org, user, scopes: session.scopes };
    refuse(res, token === '' ? 'Missing_OAuth_Token' : 'Bad_OAuth_Token');
    return null;
  };

  router.get('/id/:org/:user', (req, res) => {
    const caller = callerOf(req, res);
    if (!caller) return;
    if (toId18(req.params.org) !== caller.org.id) return refuse(res, 'Wrong_Org');
    if (toId18(req.params.user) !== caller.user.Id) return refuse(res, 'Bad_Id');
    res.json(identity(context, caller.org, caller.user));
  });
  router.all('/services/oauth2/userinfo', (req, res) => {
    const caller = callerOf(req, res);
    if (caller) res.json(userInfo(context, caller));
  });
};
