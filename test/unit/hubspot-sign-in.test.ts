import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHubspotSignIn } from '../../server/crm/hubspot/sign-in.ts';

let server: Server;
let url = '';
/** What HubSpot says of the token, before a test makes it lie. */
const HONEST = { active: true, client_id: 'ours', hub_id: 4711, user_id: 7, user: 'Dana@Example.com' };
let told: Readonly<Record<string, unknown>> = HONEST;
let granted: { status: number; body: object } = { status: 200, body: { access_token: 'a' } };

beforeAll(async () => {
  server = createServer((request, response) => {
    const { status, body } = request.url?.endsWith('/introspect') ? { status: 200, body: told } : granted;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const identified = (query: Record<string, string> = { code: 'c' }) => {
  return createHubspotSignIn({ apiUrl: url, appUrl: url, clientId: 'ours', clientSecret: 's' }).identify({
    state: 's',
    nonce: 'n',
    verifier: 'v',
    redirectUri: 'https://fairlead.example.com/oauth/hubspot/signed-in',
    query,
  });
};

test('an honest token says who somebody is, and that nobody looked at their address', async () => {
  told = HONEST;
  expect(await identified()).toEqual({
    provider: 'hubspot',
    issuer: url,
    subject: '4711/7',
    name: 'Dana@Example.com',
    email: 'dana@example.com',
    emailVerified: false,
    account: { vendor: 'hubspot', by: 'externalId', value: '4711' },
    provenAt: null,
  });
});

test.each([
  ['of another app', { client_id: 'theirs' }],
  ['that is over', { active: false }],
  ['of no account', { hub_id: undefined }],
  ['of no user', { user_id: undefined }],
  ['whose account is no number', { hub_id: '4711/7' }],
])('a token %s signs nobody in', async (_what, lie) => {
  told = { ...HONEST, ...lie };
  await expect(identified()).rejects.toMatchObject({ code: 'sign_in_refused' });
});

test('a code that was used before, and an answer without one, sign nobody in', async () => {
  told = HONEST;
  granted = { status: 400, body: { status: 'BAD_AUTH_CODE', message: 'missing or invalid auth code' } };
  await expect(identified()).rejects.toMatchObject({ code: 'sign_in_refused' });
  granted = { status: 200, body: { access_token: 'a' } };
  await expect(identified({ error: 'access_denied' })).rejects.toMatchObject({ code: 'sign_in_declined' });
});
