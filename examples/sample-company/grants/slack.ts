import { createApi } from '../api.ts';
import { callbackOf, FORM, type Granted, REDIRECT, type VendorApp } from './granted.ts';

const SCOPES = ['chat:write', 'commands', 'users:read', 'users:read.email'];

/** Allows the app in Slack and exchanges the code for a bot token. */
export const grantSlack = async (app: VendorApp): Promise<Granted> => {
  const wanted = new URLSearchParams({
    client_id: app.clientId,
    redirect_uri: REDIRECT,
    scope: SCOPES.join(','),
    state: 'sample',
  });
  const consent = await fetch(app.authorizeUrl, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': FORM },
    body: wanted.toString(),
  });
  const form = new URLSearchParams({
    client_id: app.clientId,
    client_secret: app.clientSecret,
    redirect_uri: REDIRECT,
    code: callbackOf(consent, 'Slack').code,
  });
  const token = await createApi(app.apiUrl).post<{
    ok: boolean;
    error?: string;
    access_token: string;
    scope: string;
    team: { id: string; name: string };
  }>('/oauth.v2.access', form.toString(), FORM);
  if (!token.ok) throw new Error(`Slack did not grant the installation: ${token.error}`);
  return {
    externalId: token.team.id,
    name: 'Slack',
    scopes: token.scope.split(','),
    tokens: { accessToken: token.access_token },
    settings: { url: app.pageUrl },
  };
};
