import { randomBytes } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import { loginPage } from '../consent-page.ts';
import { html } from '../desk/html.ts';
import { answersChallenge } from '../open-id/challenge.ts';
import { type ClientForm, clientForm } from '../open-id/client-form.ts';
import type { IdTokens } from '../open-id/id-tokens.ts';
import { issuerOf } from '../open-id/issuer-of.ts';
import { personPage } from '../open-id/person-page.ts';
import type { ReturnAddresses } from '../open-id/return-addresses.ts';
import { parameter, sendBack } from '../send-back.ts';
import { ApiError } from './api-error.ts';
import type { AppCredentials } from './methods/method.ts';
import type { SlackUser } from './model.ts';
import type { SlackStore } from './store.ts';

/** A code is good once, for so long. */
const CODE_MS = 10 * 60_000;
const SCOPES: readonly string[] = ['openid', 'profile', 'email'];

interface Agreed {
  readonly user: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly nonce: string | undefined;
  readonly challenge: string | null;
  readonly expiresAt: number;
}

interface OpenIdParts {
  readonly store: SlackStore;
  readonly credentials: AppCredentials;
  readonly idTokens: IdTokens;
  readonly mayReturnTo: ReturnAddresses;
}

/** What Slack says of a person, as far as the scopes go. */
const claimsOf = ({ state }: SlackStore, user: SlackUser, scopes: readonly string[]) => ({
  sub: user.id,
  'https://slack.com/user_id': user.id,
  'https://slack.com/team_id': state.team.id,
  ...(scopes.includes('email') && {
    email: user.email,
    email_verified: true,
    date_email_verified: 1_700_000_000,
  }),
  ...(scopes.includes('profile') && {
    name: user.realName,
    locale: 'en-US',
    'https://slack.com/team_name': state.team.name,
    'https://slack.com/team_domain': state.team.domain,
  }),
});

const check = (code: Agreed | undefined, form: ClientForm, now: number): Agreed => {
  if (code === undefined || code.expiresAt <= now) throw new ApiError('invalid_code');
  if (form.redirect_uri !== code.redirectUri) throw new ApiError('bad_redirect_uri');
  if (!answersChallenge(code.challenge, form.code_verifier)) throw new ApiError('invalid_grant');
  return code;
};

/** Sign in with Slack: its documents, the page that asks who one is, and the two methods. Mounted before `/api`. */
export const createOpenId = ({ store, credentials, idTokens, mayReturnTo }: OpenIdParts): Router => {
  const codes = new Map<string, Agreed>();
  const tokens = new Map<string, { readonly user: string; readonly scopes: readonly string[] }>();
  const router = express.Router();

  router.get('/.well-known/openid-configuration', (req, res) => {
    const issuer = issuerOf(req);
    res.json({
      issuer,
      authorization_endpoint: `${issuer}/openid/connect/authorize`,
      token_endpoint: `${issuer}/api/openid.connect.token`,
      userinfo_endpoint: `${issuer}/api/openid.connect.userInfo`,
      jwks_uri: `${issuer}/openid/connect/keys`,
      scopes_supported: SCOPES,
      response_types_supported: ['code'],
      response_modes_supported: ['form_post'],
      grant_types_supported: ['authorization_code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      claims_supported: ['sub', 'auth_time', 'iss'],
      claims_parameter_supported: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: true,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    });
  });
  router.get('/openid/connect/keys', (_req, res) => void res.json(idTokens.jwks()));

  router.get('/openid/connect/authorize', (req, res) => {
    const redirectUri = parameter(req, 'redirect_uri') ?? '';
    const scopes = (parameter(req, 'scope') ?? '').split(/[\s,]+/).filter(Boolean);
    const refuse = (why: string) =>
      void res.status(400).send(loginPage('Something went wrong', html`<p>${why}</p>`));
    if (parameter(req, 'client_id') !== credentials.clientId) return refuse('Invalid client_id parameter');
    if (!mayReturnTo(redirectUri)) return refuse('redirect_uri did not match any configured URIs');
    if (parameter(req, 'response_type') !== 'code') return refuse('Invalid response_type parameter');
    if (!scopes.includes('openid') || scopes.some((one) => !SCOPES.includes(one)))
      return refuse('Invalid permissions requested');
    const state = parameter(req, 'state');
    if (req.query.deny !== undefined) return sendBack(res, redirectUri, { error: 'access_denied', state });
    const user = store.user(parameter(req, 'as') ?? '');
    if (user === undefined) return void res.send(whoPage(store, req, scopes));
    const code = randomBytes(24).toString('hex');
    codes.set(code, {
      user: user.id,
      scopes,
      redirectUri,
      nonce: parameter(req, 'nonce'),
      challenge: parameter(req, 'code_challenge') ?? null,
      expiresAt: store.now() + CODE_MS,
    });
    sendBack(res, redirectUri, { code, state });
  });

  const exchange = (req: Request) => {
    const form = clientForm(req);
    if (form.client_id !== credentials.clientId) throw new ApiError('invalid_client_id');
    if (form.client_secret !== credentials.clientSecret) throw new ApiError('bad_client_secret');
    if ((form.grant_type ?? 'authorization_code') !== 'authorization_code')
      throw new ApiError('invalid_grant_type');
    const known = codes.get(form.code ?? '');
    codes.delete(form.code ?? '');
    const { user: id, scopes, nonce } = check(known, form, store.now());
    const user = store.user(id);
    if (user === undefined) throw new ApiError('invalid_code');
    const accessToken = `xoxp-${randomBytes(24).toString('hex')}`;
    tokens.set(accessToken, { user: id, scopes });
    const claims = { iss: issuerOf(req), aud: credentials.clientId, ...(nonce !== undefined && { nonce }) };
    return {
      access_token: accessToken,
      token_type: 'Bearer',
      id_token: idTokens.issue({ ...claims, ...claimsOf(store, user, scopes) }),
    };
  };

  const userInfo = (req: Request) => {
    const given = /^Bearer (.+)$/.exec(req.get('authorization') ?? '')?.[1];
    if (given === undefined) throw new ApiError('not_authed');
    const holder = tokens.get(given);
    const user = holder && store.user(holder.user);
    if (!holder || !user) throw new ApiError('invalid_auth');
    return claimsOf(store, user, holder.scopes);
  };

  const method = (perform: (req: Request) => object) => (req: Request, res: Response) => {
    try {
      res.json({ ok: true, ...perform(req) });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      res.json({ ok: false, error: error.error });
    }
  };
  router.post('/api/openid.connect.token', express.urlencoded({ extended: false }), method(exchange));
  router.all('/api/openid.connect.userInfo', method(userInfo));
  return router;
};

const whoPage = ({ state }: SlackStore, req: Request, scopes: readonly string[]): string =>
  personPage({
    title: `Sign in to ${state.bot.name} with Slack`,
    says: `${state.bot.name} asks who you are in ${state.team.name}:`,
    scopes,
    people: state.users.filter(({ deleted }) => !deleted).map(({ id, realName: name }) => ({ id, name })),
    address: req.originalUrl,
    colour: '#611f69',
  });
