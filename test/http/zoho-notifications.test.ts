import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { openService, type TestService } from './open-service.ts';

const DOMAIN = 'notified';
let sandbox: Sandbox;
let service: TestService;
let connection: string;
let token: string;

beforeAll(async () => {
  sandbox = await createSandbox({
    port: 0,
    zohoOrgs: [
      {
        domain: DOMAIN,
        name: 'Notified',
        timezone: 'UTC',
        users: [{ email: 'dana@example.com', firstName: 'Dana', lastName: 'W' }],
      },
    ],
  });
  service = await openService({
    ZOHO_CLIENT_ID: sandbox.zoho.app.clientId,
    ZOHO_CLIENT_SECRET: sandbox.zoho.app.clientSecret,
    ZOHO_ACCOUNTS_URL: `${sandbox.url}/zoho/accounts.com`,
  });
  const granted = sandbox.zoho.install(DOMAIN);
  const settings = { accountsServer: granted.accountsServer, apiDomain: granted.apiDomain };
  const connected = await service
    .api('post', '/api/v1/connections')
    .send({
      vendor: 'zoho',
      externalId: granted.orgId,
      name: 'Notified',
      scopes: ['ZohoCRM.modules.ALL'],
      tokens: { refreshToken: granted.refreshToken },
      settings,
    })
    .expect(200);
  connection = connected.body.id;
  const channel = () => sandbox.zoho.channels.alive(sandbox.zoho.org(DOMAIN))[0];
  await vi.waitFor(() => expect(channel()).toBeDefined(), { timeout: 20_000, interval: 50 });
  token = channel()?.token ?? '';
});
afterAll(async () => {
  await service.close();
  await sandbox.close();
});

const body = (changes: object = {}) => ({
  module: 'Leads',
  operation: 'insert',
  ids: ['6756839000000575405'],
  channel_id: '7',
  server_time: 1_764_000_000_000,
  token,
  ...changes,
});
const post = (given: object, to = connection) =>
  service.anyone.post(`/zoho/notifications?connection=${to}`).send(given);
const stored = async () => (await service.counts()).inbox;

test('connecting registers a channel whose token fits and that no page of ours shows', async () => {
  expect(token).toHaveLength(43);
  const { text } = await service.api('get', '/api/v1/connections').expect(200);
  expect(text).not.toContain(token);
});

test('a notification is stored once before it is answered, however often it comes', async () => {
  const before = (await stored()) ?? 0;
  const reply = await post(body()).expect(200);
  expect(reply.body).toEqual({ stored: 1 });
  await post(body()).expect(200);
  expect(await stored()).toBe(before + 1);
});

test('without its token, with another’s, for another connection, nothing is stored', async () => {
  const before = await stored();
  for (const [given, to] of [
    [body({ token: undefined }), connection],
    [body({ token: null }), connection],
    [body({ token: token.slice(1) }), connection],
    [body({ token: `${token}x` }), connection],
    [body(), 'con_other'],
    [body(), ''],
    [[], connection],
  ] as const) {
    const reply = await post(given, to).expect(401);
    expect(reply.body.code).toBe('unauthenticated');
  }
  expect(await stored()).toBe(before);
});

test('what is no notification is refused by name; modules we have no use for are answered and dropped', async () => {
  const before = await stored();
  const wrong = await post(body({ ids: 'all' })).expect(400);
  expect(wrong.body.errors[0].field).toContain('ids');
  expect((await post(body({ module: 'Quotes' })).expect(200)).body).toEqual({ stored: 0 });
  expect(await stored()).toBe(before);
});

test.each([
  ['apiDomain', 'https://evil.example'],
  ['accountsServer', 'https://accounts.zoho.com.evil.example'],
])('a connection whose %s is foreign is refused before anything is sent there', async (name, url) => {
  const granted = sandbox.zoho.install(DOMAIN);
  const settings = { accountsServer: granted.accountsServer, apiDomain: granted.apiDomain, [name]: url };
  const given = {
    vendor: 'zoho',
    externalId: '60000000001',
    name: 'Foreign',
    scopes: [],
    tokens: { refreshToken: granted.refreshToken },
    settings,
  };
  const reply = await service.api('post', '/api/v1/connections').send(given).expect(422);
  expect(reply.body).toMatchObject({ code: 'invalid_settings' });
  expect(reply.body.detail).toContain(name);
});
