import { Connection, OAuth2 } from 'jsforce';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CLIENT, type OpenOrg, openOrg, SECRET } from '../support/sandbox-org.ts';

const REDIRECT = 'https://fairlead.example/oauth/salesforce/callback';
let org: OpenOrg;

beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.close());

const oauth2 = (loginUrl = org.installed.loginUrl) =>
  new OAuth2({ loginUrl, clientId: CLIENT, clientSecret: SECRET, redirectUri: REDIRECT, useVerifier: true });

/** What a browser is sent back with. */
const consent = async (address: string, answer = 'approve') => {
  const reply = await fetch(`${address}&${answer}=1`, { redirect: 'manual' });
  return new URL(reply.headers.get('location') ?? 'http://nowhere');
};

const token = async (form: Readonly<Record<string, string>>, base = org.installed.loginUrl) => {
  const body = new URLSearchParams({ client_id: CLIENT, client_secret: SECRET, ...form });
  const reply = await fetch(`${base}/services/oauth2/token`, { method: 'POST', body });
  return { status: reply.status, body: await reply.json() };
};

describe('the web server flow, with the real client', () => {
  test('a person allows it; the code is exchanged with the verifier and names user and org', async () => {
    const client = oauth2();
    const address = client.getAuthorizationUrl({ scope: 'api refresh_token', state: 's+1' });
    const page = await (await fetch(address)).text();
    expect(page).toContain('Allow access?');
    const back = await consent(address);
    expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([REDIRECT, 's+1']);
    const connection = new Connection({ oauth2: client, version: '67.0' });
    const user = await connection.authorize(back.searchParams.get('code') ?? '');
    expect(user).toMatchObject({ organizationId: org.salesforce.org().id, id: org.idOf('anna@example.com') });
    expect(connection.instanceUrl).toBe(org.salesforce.instanceUrl());
    expect((await connection.identity()).email).toBe('anna@example.com');
    expect((await connection.query('SELECT Id FROM User')).totalSize).toBe(4);
  });

  test('a denial comes back as an error with the state', async () => {
    const address = oauth2().getAuthorizationUrl({ state: 'mine' });
    const back = await consent(address, 'deny');
    expect(Object.fromEntries(back.searchParams)).toEqual({
      error: 'access_denied',
      error_description: 'end-user denied authorization',
      state: 'mine',
    });
  });

  test('a code is good once, for its redirect_uri and its verifier only', async () => {
    const client = oauth2();
    const code = async () => (await consent(client.getAuthorizationUrl({}))).searchParams.get('code') ?? '';
    const form = {
      grant_type: 'authorization_code',
      redirect_uri: REDIRECT,
      code_verifier: client.codeVerifier ?? '',
    };
    const first = await code();
    expect((await token({ ...form, code: first })).status).toBe(200);
    const refusals = [
      [{ ...form, code: first }, 'invalid_grant', 'expired authorization code'],
      [{ ...form, code: 'made-up' }, 'invalid_grant', 'invalid authorization code'],
      [{ ...form, code: await code(), code_verifier: 'guess' }, 'invalid_grant', 'invalid code verifier'],
      [
        { ...form, code: await code(), redirect_uri: 'https://elsewhere.example' },
        'redirect_uri_mismatch',
        'redirect_uri must match configuration',
      ],
      [
        { ...form, code: await code(), client_secret: 'guess' },
        'invalid_client',
        'invalid client credentials',
      ],
      [{ ...form, code: await code(), client_id: 'other' }, 'invalid_client_id', 'client identifier invalid'],
      [{ grant_type: 'password' }, 'unsupported_grant_type', 'grant type not supported'],
    ] as const;
    for (const [sent, error, error_description] of refusals)
      expect((await token(sent)).body).toEqual({ error, error_description });
  });

  test('without a challenge, and without the package where that is asked for, nobody gets to the page', async () => {
    const plain = new OAuth2({ loginUrl: org.installed.loginUrl, clientId: CLIENT, redirectUri: REDIRECT });
    const back = await consent(plain.getAuthorizationUrl({}));
    expect(back.searchParams.get('error_description')).toBe('missing required code challenge');
    org.salesforce.setOAuth({ blockUninstalled: true });
    org.salesforce.setPackageInstalled(false);
    const blocked = await consent(oauth2().getAuthorizationUrl({}));
    expect(blocked.searchParams.get('error')).toBe('OAUTH_APPROVAL_ERROR_GENERIC');
  });
});

describe('client credentials', () => {
  test('work on My Domain, without a refresh token, and nowhere else', async () => {
    const mine = await token({ grant_type: 'client_credentials' }, org.installed.instanceUrl);
    expect(mine.body).toMatchObject({ token_type: 'Bearer', instance_url: org.installed.instanceUrl });
    expect(mine.body.refresh_token).toBeUndefined();
    expect(mine.body.expires_in).toBeUndefined();
    const common = await token({ grant_type: 'client_credentials' });
    expect([common.status, common.body.error_description]).toEqual([
      400,
      'request not supported on this domain',
    ]);
  });
});

describe('sessions', () => {
  test('an ended one answers 401 with an array; the real client refreshes and goes on', async () => {
    org.salesforce.oauth.expireAll();
    const reply = await org.call('GET', '/limits');
    expect([reply.status, reply.body]).toEqual([
      401,
      [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
    ]);
    const refreshed: string[] = [];
    org.connection.on('refresh', (accessToken: string) => refreshed.push(accessToken));
    await Promise.all([org.connection.limits(), org.connection.limits()]);
    expect(refreshed).toHaveLength(1);
  });

  test('with rotation each refresh gives another token, and an old one ends the grant', async () => {
    org.salesforce.setOAuth({ refreshTokenRotation: true });
    const refresh = (refresh_token: string) => token({ grant_type: 'refresh_token', refresh_token });
    const first = await refresh(org.installed.refreshToken);
    const second = first.body.refresh_token;
    expect(second).not.toBe(org.installed.refreshToken);
    expect((await refresh(org.installed.refreshToken)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'expired access/refresh token',
    });
    expect((await refresh(second)).body.error).toBe('invalid_grant');
  });

  test('revoking the refresh token ends everything that came of it; another org is no place for a token', async () => {
    await new OAuth2({ loginUrl: org.installed.loginUrl }).revokeToken(org.installed.refreshToken);
    expect((await org.call('GET', '/limits')).status).toBe(401);
    const again = await token({ grant_type: 'refresh_token', refresh_token: org.installed.refreshToken });
    expect(again.body.error).toBe('invalid_grant');

    org.salesforce.addOrg({ domain: 'other', name: 'Other', timezone: 'UTC', users: [] });
    const { accessToken } = org.salesforce.install();
    const reply = await fetch(`${org.salesforce.instanceUrl('other')}/services/data/v67.0/limits`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(reply.status).toBe(401);
  });

  test('who a token belongs to is told at the id URL and at userinfo', async () => {
    const headers = { authorization: `Bearer ${org.installed.accessToken}` };
    const { loginUrl, orgId, userId } = org.installed;
    const identity = await (await fetch(`${loginUrl}/id/${orgId}/${userId}`, { headers })).json();
    expect(identity).toMatchObject({ user_id: userId, organization_id: orgId, timezone: 'Europe/London' });
    const info = await (await fetch(`${loginUrl}/services/oauth2/userinfo`, { headers })).json();
    expect(info).toMatchObject({ sub: identity.id, email: 'anna@example.com' });
    const forged = await fetch(`${loginUrl}/id/${orgId}/${userId}`, {
      headers: { authorization: 'Bearer made-up' },
    });
    expect([forged.status, await forged.text()]).toEqual([403, 'Bad_OAuth_Token']);
  });
});
