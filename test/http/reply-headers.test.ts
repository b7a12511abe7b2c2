import { createHmac } from 'node:crypto';
import { Writable } from 'node:stream';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../server/base/create-log.ts';
import { composeService } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { type OwnedDatabase, openTestDatabase } from '../support/databases.ts';

const API_KEY = 'fl_a-key-for-tests-only';
const lines: Record<string, unknown>[] = [];
let database: OwnedDatabase;
let service: Awaited<ReturnType<typeof composeService>>;
let anyone: ReturnType<typeof supertest>;

beforeAll(async () => {
  database = await openTestDatabase('pglite');
  const log = createLog(
    'info',
    new Writable({
      write: (chunk, _, done) => {
        lines.push(
          ...String(chunk)
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line)),
        );
        done();
      },
    }),
  );
  const config = readConfig({
    DATA_DIR: '/nonexistent',
    FAIRLEAD_KEYS: `k:${Buffer.alloc(32, 7).toString('base64')}`,
    PUBLIC_BASE_URL: 'https://leads.example.com',
    BOOTSTRAP_API_KEY: API_KEY,
    HUBSPOT_CLIENT_ID: 'id',
    HUBSPOT_CLIENT_SECRET: 'hubspot-secret',
    HUBSPOT_API_URL: 'http://127.0.0.1:9',
    SLACK_SIGNING_SECRET: 'slack-secret',
    SLACK_API_URL: 'http://127.0.0.1:9/',
    LIMIT_FAILURES: '3',
  });
  service = await composeService(config, { storage: database.storage, log });
  await service.start();
  anyone = supertest(service.app);
}, 120_000);
afterAll(async () => {
  await service?.stop();
  await database?.drop();
});

/** One of each kind of reply: a program's, a refusal, a vendor's, a page, what is not there, health and numbers. */
const REPLIES: readonly (readonly [method: 'get' | 'post', path: string])[] = [
  ['get', '/api/v1/me'],
  ['get', '/api/v1/audit.csv'],
  ['get', '/api/v1/nothing'],
  ['post', '/hubspot/webhooks'],
  ['post', '/slack/events'],
  ['get', '/pipedrive/panel'],
  ['get', '/oauth/sign-in'],
  ['get', '/oauth/oidc/signed-in'],
  ['get', '/'],
  ['get', '/nothing.js'],
  ['get', '/.git/config'],
  ['get', '/healthz'],
  ['get', '/metrics'],
];

describe('every reply', () => {
  test.each(REPLIES)('%s %s says what browsers may do with it', async (method, path) => {
    const { headers } = await anyone[method](path).set('authorization', `Bearer ${API_KEY}`);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect(headers['referrer-policy']).toBe('no-referrer');
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toMatch(/frame-ancestors 'none'/);
    expect(policy).toMatch(/base-uri 'none'/);
    expect(policy).toMatch(/object-src 'none'|default-src 'none'/);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    // Nothing is loaded from anywhere else, be it a font.
    expect(policy).not.toMatch(/https?:|\*/);
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['x-powered-by']).toBeUndefined();
  });

  test('that is not there is no file of the repository, and TRACE gives nothing back', async () => {
    for (const path of [
      '/.git/config',
      '/.env',
      '/package.json',
      '/server/main.ts',
      '/assets/../../package.json',
    ]) {
      const { status, text } = await anyone.get(path);
      // An address without an ending is the console's own.
      expect(status === 404 || text.startsWith('<!doctype html>'), path).toBe(true);
    }
    const traced = await anyone.trace('/').set('x-planted', 'echo-me');
    expect(traced.status).toBe(404);
    expect(JSON.stringify(traced.body)).not.toContain('echo-me');
  });
});

test.each([
  '/METRICS',
  '/Healthz',
  '/metrics/',
  '/API/v1/me',
  '/api/v1/me/',
  '/OAuth/sign-in',
  '/dynamics/nothing',
])('%s is no other way of writing an address: whoever keeps that from strangers keeps it', async (path) => {
  const { status, text } = await anyone.get(path).set('authorization', `Bearer ${API_KEY}`);
  expect(status === 404 || text.startsWith('<!doctype html>'), `${status} ${text.slice(0, 80)}`).toBe(true);
  if (path === path.toLowerCase()) expect(status, text.slice(0, 80)).toBe(404);
});

test('nor does what is signed for a time to come get to Slack’s listeners by one', async () => {
  const future = Math.floor(Date.now() / 1_000) + 3_600;
  const body = '{}';
  const signature = `v0=${createHmac('sha256', 'slack-secret').update(`v0:${future}:${body}`).digest('hex')}`;
  const { status } = await anyone
    .post('/SLACK/EVENTS')
    .set({ 'x-slack-request-timestamp': String(future), 'x-slack-signature': signature })
    .set('content-type', 'application/json')
    .send(body);
  expect(status).toBe(404);
});

test('a parameter that is given twice is refused', async () => {
  const twice = await anyone
    .get('/api/v1/decisions?limit=5&limit=6')
    .set('authorization', `Bearer ${API_KEY}`);
  expect(twice.status).toBe(400);
});

describe('the log', () => {
  const told = (path: string) =>
    lines.filter((line) => line.path === path || (line.req as { path?: string })?.path === path);

  test('says who asked', async () => {
    await anyone.put('/api/v1/settings').set('authorization', `Bearer ${API_KEY}`).send({}).expect(200);
    await expect
      .poll(() => told('/api/v1/settings')[0])
      .toMatchObject({
        who: expect.stringMatching(/^key:/),
        tenant: expect.any(String),
        res: { status: 200 },
      });
  });

  test('has a line of whoever is refused, of pushes that are forged, and of sign-ins that came to nothing', async () => {
    await anyone.get('/api/v1/me').set('authorization', 'Bearer fl_guess').expect(401);
    await anyone.post('/hubspot/webhooks').send([]).expect(401);
    await anyone.get('/oauth/oidc/signed-in?state=forged&code=x');
    const address = expect.any(String);
    await expect
      .poll(() => told('/api/v1/me'))
      .toContainEqual(expect.objectContaining({ code: 'unauthenticated', address }));
    await expect
      .poll(() => told('/hubspot/webhooks'))
      .toContainEqual(expect.objectContaining({ code: 'invalid_signature', address }));
    await expect
      .poll(() => told('/oauth/oidc/signed-in'))
      .toContainEqual(expect.objectContaining({ msg: 'nobody was signed in', address }));
    expect(JSON.stringify(lines)).not.toMatch(/fl_guess|forged/);
  });
});
