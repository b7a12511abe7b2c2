import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type AttackedTenant,
  type AttackedWorld,
  openAttackedWorld,
  SECRETS,
} from '../support/attack/attacked-world.ts';
import { digestOf } from '../support/attack/digest.ts';
import { type OwnedDatabase, openTestDatabase } from '../support/databases.ts';
import { signV2, signV3 } from '../support/hubspot-signature.ts';

const ORIGIN = 'https://leads.example.com';
const MINUTE = 60_000;

let database: OwnedDatabase;
let world: AttackedWorld;
let alpha: AttackedTenant;
let beta: AttackedTenant;
let before: string;
beforeAll(async () => {
  database = await openTestDatabase('pglite');
  world = await openAttackedWorld(database.storage);
  [alpha, beta] = world.tenants;
}, 120_000);
beforeEach(async () => {
  before = await digestOf(world.storage, null);
});
afterAll(async () => {
  await world?.close();
  await database?.storage.close();
  await database?.drop();
});

const post = async (path: string, body: string, headers: Record<string, string>) => {
  const reply = await fetch(world.url + path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: reply.status, text: await reply.text() };
};

/** It was refused, and left nothing behind. */
const expectRefused = async (
  what: string,
  sent: ReturnType<typeof post>,
  statuses: readonly number[] = [401],
) => {
  const { status } = await sent;
  expect([what, statuses.includes(status) ? 'refused' : status]).toEqual([what, 'refused']);
  expect([what, await digestOf(world.storage, null)]).toEqual([what, before]);
};

const ROUTES_OF_V3 = ['/hubspot/webhooks', '/hubspot/assignments/asg_1/claim?portalId=1001&userId=7'];
const v1 = (body: string) =>
  createHash('sha256')
    .update(SECRETS.hubspot + body)
    .digest('hex');

describe('HubSpot', () => {
  test.each(ROUTES_OF_V3)('%s takes no older signature than v3', async (path) => {
    const body = '[]';
    await expectRefused('v2', post(path, body, signV2(SECRETS.hubspot, 'POST', ORIGIN + path, body)));
    await expectRefused(
      'v1',
      post(path, body, { 'x-hubspot-signature': v1(body), 'x-hubspot-signature-version': 'v1' }),
    );
    const good = signV2(SECRETS.hubspot, 'POST', ORIGIN + path, body);
    const wrong = { 'x-hubspot-signature-v3': 'AAAA', 'x-hubspot-request-timestamp': String(Date.now()) };
    await expectRefused('a good v2 beside a wrong v3', post(path, body, { ...good, ...wrong }));
  });

  test('a workflow action takes v2, and v1 never', async () => {
    const path = '/hubspot/actions/assign-lead';
    await expectRefused('v1', post(path, '{}', { 'x-hubspot-signature': v1('{}') }));
    const signed = signV2(SECRETS.hubspot, 'POST', ORIGIN + path, '{}');
    expect((await post(path, '{}', signed)).status).toBe(400);
    await expectRefused('v2 of another body', post(path, '{ }', signed));
  });

  test.each([
    ['too old', -5 * MINUTE - 2_000],
    ['of the future', 5 * MINUTE + 60_000],
    ['of next year', 365 * 24 * 60 * MINUTE],
  ])('a v3 signature %s is refused', async (_what, shift) => {
    const [path, body] = ['/hubspot/webhooks', '[]'];
    const headers = signV3(SECRETS.hubspot, 'POST', ORIGIN + path, body, Date.now() + shift);
    await expectRefused('shifted', post(path, body, headers));
  });

  test('a v3 signature holds for one method, address, body and time', async () => {
    const [path, body, at] = ['/hubspot/webhooks', '[]', Date.now()];
    const headers = signV3(SECRETS.hubspot, 'POST', ORIGIN + path, body, at);
    await expectRefused('another body', post(path, '[ ]', headers));
    await expectRefused('another address', post(`${path}?a=1`, body, headers));
    await expectRefused(
      'another time',
      post(path, body, { ...headers, 'x-hubspot-request-timestamp': String(at + 1) }),
    );
    await expectRefused('no number', post(path, body, { ...headers, 'x-hubspot-request-timestamp': 'NaN' }));
    await expectRefused(
      'another host',
      post(path, body, signV3(SECRETS.hubspot, 'POST', world.url + path, body, at)),
    );
    await expectRefused('an empty secret', post(path, body, signV3('', 'POST', ORIGIN + path, body, at)));
  });
});

describe('Slack', () => {
  const sign = (body: string, at: number, secret: string = SECRETS.slack) => ({
    'x-slack-request-timestamp': String(at),
    'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`,
  });
  test.each([
    ['an old one', -310],
    ['one of tomorrow', 86_400],
    ['one six minutes ahead', 360],
  ])('refuses %s', async (_what, shift) => {
    const body = '{"type":"url_verification","challenge":"c"}';
    await expectRefused(
      'shifted',
      post('/slack/events', body, sign(body, Math.floor(Date.now() / 1000) + shift)),
    );
  });
  test('refuses another secret, another body, and a version it does not know', async () => {
    const body = '{"type":"url_verification","challenge":"c"}';
    const at = Math.floor(Date.now() / 1000);
    const good = sign(body, at);
    expect((await post('/slack/events', body, good)).status).toBe(200);
    await expectRefused('secret', post('/slack/events', body, sign(body, at, 'x')));
    await expectRefused('body', post('/slack/events', `${body} `, good));
    const v1 = good['x-slack-signature'].replace('v0=', 'v1=');
    await expectRefused('version', post('/slack/events', body, { ...good, 'x-slack-signature': v1 }));
  });
});

describe('those who sign nothing', () => {
  test('Salesforce: a credential is of its own org alone', async () => {
    const headers = {
      authorization: `Bearer ${beta.orgCredential()}`,
      'x-fairlead-org': alpha.accounts.salesforce.externalId,
      'x-fairlead-request': 'r1',
    };
    await expectRefused('foreign', post('/salesforce/decisions', '{"records":[]}', headers), [403]);
    const cut = { ...headers, authorization: `Bearer ${alpha.orgCredential().slice(0, -1)}` };
    await expectRefused('cut', post('/salesforce/decisions', '{"records":[]}', cut));
  });

  test('Zoho: a token is of its own connection alone', async () => {
    const body = (token: unknown) =>
      JSON.stringify({ token, module: 'Leads', operation: 'insert', ids: ['1'], channel_id: '1' });
    const secret = world.pushSecretOf(beta.accounts.zoho.connection);
    const to = (tenant: AttackedTenant) =>
      `/zoho/notifications?connection=${tenant.accounts.zoho.connection}`;
    await expectRefused('foreign', post(to(alpha), body(secret), {}));
    for (const token of ['', null, undefined, 0, [secret], { secret }, `${secret} `])
      await expectRefused(`token ${JSON.stringify(token)}`, post(to(beta), body(token), {}), [400, 401]);
  });

  test('Dynamics: a code is of its own environment alone', async () => {
    const body = JSON.stringify({
      MessageName: 'Create',
      PrimaryEntityName: 'lead',
      PrimaryEntityId: '00000000-0000-4000-8000-0000000000aa',
      OrganizationId: alpha.accounts.dynamics.externalId,
      OperationId: 'o1',
    });
    const secret = world.pushSecretOf(beta.accounts.dynamics.connection);
    await expectRefused('foreign', post(`/dynamics/webhooks?code=${secret}`, body, {}));
    await expectRefused('none', post('/dynamics/webhooks', body, {}));
    await expectRefused('twice', post(`/dynamics/webhooks?code=x&code=y`, body, {}));
  });

  test('Pipedrive: a secret is of its own company alone', async () => {
    const basic = (user: string, password: string) => ({
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    });
    const meta = {
      action: 'create',
      entity: 'lead',
      entity_id: 'a',
      id: 'e1',
      user_id: 1,
      timestamp: '2026-11-24T15:00:00Z',
    };
    const body = JSON.stringify({ meta: { ...meta, company_id: alpha.accounts.pipedrive.externalId } });
    const { connection } = beta.accounts.pipedrive;
    await expectRefused(
      'foreign',
      post('/pipedrive/webhooks', body, basic(connection, world.pushSecretOf(connection))),
      [403],
    );
    await expectRefused(
      'wrong',
      post(
        '/pipedrive/webhooks',
        body,
        basic(alpha.accounts.pipedrive.connection, world.pushSecretOf(connection)),
      ),
    );
  });

  test('Pipedrive: a panel’s token without a signature, or by another algorithm, proves nothing', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const payload = part({
      userId: '901',
      companyId: alpha.accounts.pipedrive.externalId,
      exp: 9_999_999_999,
    });
    const tokens = [
      `${part({ alg: 'none' })}.${payload}.`,
      `${part({ alg: 'HS256' })}.${payload}.`,
      `${part({ alg: 'HS512' })}.${payload}.${createHmac('sha512', SECRETS.pipedrive)
        .update(`${part({ alg: 'HS512' })}.${payload}`)
        .digest('base64url')}`,
    ];
    for (const token of tokens) {
      const query = new URLSearchParams({
        resource: 'deal',
        selectedIds: '1',
        userId: '901',
        companyId: alpha.accounts.pipedrive.externalId,
        token,
      });
      expect((await fetch(`${world.url}/pipedrive/panel?${query}`)).status).toBe(401);
    }
  });
});
