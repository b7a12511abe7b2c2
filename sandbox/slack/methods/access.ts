import { ApiError } from '../api-error.ts';
import type { SlackToken } from '../model.ts';
import { type Call, type Method, text } from './method.ts';

const ROTATION_MS = 12 * 3_600_000;

const identity = (call: Call) => {
  const { team, bot } = call.store.state;
  return { team, bot };
};

const authTest: Method = (call) => {
  const { team, bot } = identity(call);
  return {
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: bot.name,
    team_id: team.id,
    user_id: bot.userId,
    bot_id: bot.id,
    is_enterprise_install: false,
  };
};

/** Marks every token dead and tells the app, as an uninstall from either side does. */
export const revokeAll = (call: Pick<Call, 'store' | 'sendEvent'>): void => {
  const { state } = call.store;
  state.tokens = state.tokens.map((one) => ({ ...one, revoked: true }));
  call.store.changed();
  call.sendEvent({ type: 'tokens_revoked', tokens: { oauth: [], bot: [state.bot.userId] } });
  call.sendEvent({ type: 'app_uninstalled' });
};

const revoke: Method = (call) => {
  if (text(call, 'test') === 'true') return { revoked: false };
  call.store.state.tokens = call.store.state.tokens.map((one) =>
    one.token === call.token?.token ? { ...one, revoked: true } : one,
  );
  call.store.changed();
  return { revoked: true };
};

const checkClient = (call: Call): void => {
  if (text(call, 'client_id') !== call.credentials.clientId) throw new ApiError('invalid_client_id');
  if (text(call, 'client_secret') !== call.credentials.clientSecret) throw new ApiError('bad_client_secret');
};

const uninstall: Method = (call) => {
  checkClient(call);
  revokeAll(call);
  return {};
};

const mint = (call: Call, scopes: readonly string[], rotates: boolean): SlackToken => ({
  token: call.store.nextId(rotates ? 'xoxe.xoxb-' : 'xoxb-'),
  scopes,
  revoked: false,
  expiresAt: rotates ? call.store.now() + ROTATION_MS : null,
  refreshToken: rotates ? call.store.nextId('xoxe-') : null,
});

const granted = (call: Call, token: SlackToken, user: string) => {
  const { team, bot } = identity(call);
  call.store.state.tokens.push(token);
  call.store.changed();
  return {
    app_id: bot.appId,
    authed_user: { id: user },
    scope: token.scopes.join(','),
    token_type: 'bot',
    access_token: token.token,
    bot_user_id: bot.userId,
    team: { id: team.id, name: team.name },
    enterprise: null,
    is_enterprise_install: false,
    ...(token.refreshToken === null
      ? {}
      : { refresh_token: token.refreshToken, expires_in: ROTATION_MS / 1000 }),
  };
};

/** A refresh token is good once: the new pair replaces the old one. */
const refresh = (call: Call) => {
  const old = call.store.state.tokens.find(
    (one) => one.refreshToken === text(call, 'refresh_token') && !one.revoked,
  );
  if (old === undefined || text(call, 'refresh_token') === '') throw new ApiError('invalid_refresh_token');
  call.store.state.tokens = call.store.state.tokens.map((one) =>
    one === old ? { ...one, refreshToken: null } : one,
  );
  return granted(call, mint(call, old.scopes, true), '');
};

const exchange = (call: Call) => {
  const found = call.store.state.codes.find((one) => one.code === text(call, 'code'));
  if (found === undefined) throw new ApiError('invalid_code');
  call.store.state.codes = call.store.state.codes.filter((one) => one !== found);
  if (text(call, 'redirect_uri') !== found.redirectUri) throw new ApiError('bad_redirect_uri');
  return granted(call, mint(call, found.scopes, false), found.user);
};

const oauthAccess: Method = (call) => {
  checkClient(call);
  const grant = text(call, 'grant_type') || 'authorization_code';
  if (grant === 'refresh_token') return refresh(call);
  if (grant === 'authorization_code') return exchange(call);
  throw new ApiError('invalid_grant_type');
};

export const accessMethods: Readonly<Record<string, Method>> = {
  'api.test': (call) => ({ args: call.args }),
  'auth.test': authTest,
  'auth.revoke': revoke,
  'apps.uninstall': uninstall,
  'oauth.v2.access': oauthAccess,
};
