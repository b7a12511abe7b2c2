import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createLimits } from '../../server/http/limits/create-limits.ts';
import { AT_ONCE, DEFAULT_RATE_LIMITS } from '../../server/http/limits/rate-limits.ts';
import { openSignInWorld } from '../support/sign-in-world.ts';
import { ACTION, API_KEY, actionBody, openService, setUp, type TestService } from './open-service.ts';

const opened: TestService[] = [];
const open = async (settings: Record<string, string>): Promise<TestService> => {
  const service = await openService(settings);
  opened.push(service);
  return service;
};
afterEach(async () => {
  for (const service of opened.splice(0)) await service.close();
});

/** Statuses of so many calls, one after another. */
const statuses = async (times: number, call: () => Promise<{ status: number }>): Promise<number[]> => {
  const seen: number[] = [];
  for (let n = 0; n < times; n++) seen.push((await call()).status);
  return seen;
};

const read = (service: TestService, key: string, from?: string) => {
  const asked = service.anyone.get('/api/v1/policy').set('authorization', `Bearer ${key}`);
  return from === undefined ? asked : asked.set('x-forwarded-for', from);
};

describe('an address whose keys prove nothing', () => {
  test('is told when to come again, and its guesses are not looked up any more', async () => {
    const service = await open({ LIMIT_FAILURES: '3' });
    let guess = 0;
    const seen = await statuses(6, () => read(service, `fl_guess-number-${guess++}`));
    expect(seen).toEqual([401, 401, 401, 429, 429, 429]);
    const refused = await read(service, 'fl_another-guess');
    expect(refused.headers['content-type']).toBe('application/problem+json');
    expect(refused.body).toMatchObject({ status: 429, code: 'too_many_requests' });
    const seconds = Number(refused.headers['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused.body.detail).toContain(`${seconds} seconds`);
  });

  test('does not stop a neighbour whose key was proven before', async () => {
    const service = await open({ LIMIT_FAILURES: '3' });
    await setUp(service);
    let guess = 0;
    await statuses(5, () => read(service, `fl_guess-number-${guess++}`));
    expect((await read(service, API_KEY)).status).toBe(200);
  });

  test('keeps nobody at it from signing in: whoever did is known', async () => {
    const world = await openSignInWorld('pglite', { settings: { LIMIT_FAILURES: '3' } });
    try {
      await world.api('/api/v1/people/invitations', { email: 'dana@example.com', role: 'manager' });
      const guess = (n: number) =>
        fetch(`${world.url}/api/v1/me`, { headers: { authorization: `Bearer fl_guess-${n}` } });
      let n = 0;
      expect(await statuses(4, () => guess(n++))).toEqual([401, 401, 401, 429]);
      const { browser, ended } = await world.signIn('dana', '?return=/policy');
      expect(ended).toBe('/policy');
      expect((await world.api('/api/v1/me', undefined, browser.jar)).status).toBe(200);
    } finally {
      await world.close();
    }
  });

  test('is the one it connects from, whatever X-Forwarded-For says', async () => {
    const service = await open({ LIMIT_FAILURES: '3' });
    let guess = 0;
    const seen = await statuses(5, () => read(service, `fl_guess-${guess}`, `203.0.113.${guess++}`));
    expect(seen).toEqual([401, 401, 401, 429, 429]);
  });

  test('is the one a trusted proxy names, and nothing that its caller put before', async () => {
    const service = await open({ LIMIT_FAILURES: '2', TRUST_PROXY: '1' });
    let guess = 0;
    // The last entry is the proxy's own; the caller chooses the others.
    const forged = await statuses(4, () =>
      read(service, `fl_guess-${guess}`, `198.51.100.${guess++}, 203.0.113.7`),
    );
    expect(forged).toEqual([401, 401, 429, 429]);
    expect((await read(service, 'fl_guess-from-elsewhere', '203.0.113.8')).status).toBe(401);
  });

  test('of IPv6 is its /64', async () => {
    const service = await open({ LIMIT_FAILURES: '2', TRUST_PROXY: '1' });
    let guess = 0;
    const seen = await statuses(3, () =>
      read(service, `fl_guess-${guess}`, `2001:db8:0:1:${(guess++).toString(16)}::1`),
    );
    expect(seen).toEqual([401, 401, 429]);
    expect((await read(service, 'fl_guess', '2001:db8:0:2::1')).status).toBe(401);
  });

  test('of a Salesforce org with a wrong credential is not the other orgs’', async () => {
    const service = await open({ LIMIT_FAILURES: '2' });
    const ask = (org: string, n: number) =>
      service.anyone
        .get('/salesforce/assignments/00Q000000000001AAA')
        .set('authorization', `Bearer flo_${n}`)
        .set('x-fairlead-org', org);
    let n = 0;
    expect(await statuses(4, () => ask('00D000000000001EAA', n++))).toEqual([401, 401, 429, 429]);
    expect((await ask('00D000000000002EAA', n)).status).toBe(401);
  });
});

describe('an address that pushes for Dataverse and proves nothing', () => {
  test('is not looked up for ever, and stops no other environment', async () => {
    const service = await open({
      LIMIT_FAILURES: '2',
      DYNAMICS_CLIENT_ID: 'app',
      DYNAMICS_CLIENT_SECRET: 'secret',
    });
    const push = (organization: string, code: string) =>
      service.anyone.post(`/dynamics/webhooks?code=${code}`).send({
        MessageName: 'Create',
        PrimaryEntityName: 'lead',
        PrimaryEntityId: organization,
        OrganizationId: organization,
        OperationId: 'op',
      });
    const one = '6f1b2c3d-0000-4000-8000-00000000000a';
    let n = 0;
    expect(await statuses(4, () => push(one, `guess-${n++}`))).toEqual([401, 401, 429, 429]);
    expect((await push('6f1b2c3d-0000-4000-8000-00000000000b', 'guess')).status).toBe(401);
  });
});

describe('a tenant', () => {
  test('reads, changes and asks for expensive things so often a minute, each counted apart', async () => {
    const service = await open({ LIMIT_READS: '4', LIMIT_CHANGES: '5', LIMIT_EXPENSIVE: '2' });
    await setUp(service);
    const lead = () => service.api('post', '/api/v1/leads').send({ fields: { country: 'US' } });
    // Two changes set it up.
    expect(await statuses(5, lead)).toEqual([200, 200, 200, 429, 429]);
    expect(await statuses(5, () => service.api('get', '/api/v1/reps'))).toEqual([200, 200, 200, 200, 429]);
    const check = () => service.api('post', '/api/v1/policy/check').send({});
    expect((await statuses(4, check)).slice(2)).toEqual([429, 429]);
  });

  test('uses as many changes as a batch has leads, and a batch beyond its limit decides nothing', async () => {
    const service = await open({ LIMIT_CHANGES: '12' });
    await setUp(service);
    const batch = (leads: number) =>
      service
        .api('post', '/api/v1/leads/batch')
        .send({ leads: Array.from({ length: leads }, () => ({ fields: { country: 'US' } })) });
    expect((await batch(6)).status).toBe(200);
    const before = await service.counts();
    const refused = await batch(6);
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toMatch(/^\d+$/);
    expect(await service.counts()).toEqual(before);
  });

  test('is never kept from what its CRM pushes', async () => {
    const service = await open({ LIMIT_READS: '1', LIMIT_CHANGES: '3', LIMIT_EXPENSIVE: '1' });
    await setUp(service, { portal: true });
    expect((await service.api('put', '/api/v1/reps').send([])).status).toBe(429);
    let n = 0;
    expect(await statuses(8, () => service.hubspot(ACTION, actionBody(`callback-${n++}`)))).toEqual(
      Array(8).fill(200),
    );
  });
});

test('a browser that begins or comes back from installs is counted by its address, signed in or not', async () => {
  const service = await open({ LIMIT_INSTALLS: '3' });
  const back = () => service.anyone.get('/oauth/hubspot/callback?code=anything');
  const seen = await statuses(5, back);
  expect(seen.slice(3)).toEqual([429, 429]);
  expect(seen.slice(0, 3).every((status) => status < 429)).toBe(true);
  expect((await service.anyone.get('/oauth/hubspot/install')).status).toBe(429);
  expect((await service.anyone.get('/slack/oauth_redirect?code=x')).status).toBe(429);
});

describe('what a workspace has under way at once', () => {
  test('streams: others are told to come again, and a place that is left is another’s', async () => {
    const service = await open({});
    await setUp(service);
    const server = createServer(service.app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const stream = async () => {
      const leaving = new AbortController();
      const reply = await fetch(`${url}/api/v1/decisions/stream`, {
        headers: { authorization: `Bearer ${API_KEY}` },
        signal: leaving.signal,
      });
      // Kept by whoever asked: one that nobody holds is given up.
      return { reply, status: reply.status, leave: () => leaving.abort() };
    };
    const streams = await Promise.all(Array.from({ length: AT_ONCE.streams }, stream));
    expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await stream()).status).toBe(429);
    streams[0]!.leave();
    await expect.poll(async () => (await stream()).status, { timeout: 10_000 }).toBe(200);
    for (const { leave } of streams) leave();
    server.closeAllConnections();
    server.close();
  });

  test('exports: so many are written at once, of each workspace', () => {
    const limits = createLimits(DEFAULT_RATE_LIMITS);
    const places = Array.from({ length: AT_ONCE.exports }, () => limits.place('ten_1', 'exports'));
    expect(() => limits.place('ten_1', 'exports')).toThrow('too many');
    limits.place('ten_2', 'exports');
    limits.place('ten_1', 'streams');
    places[0]!();
    places[0]!();
    limits.place('ten_1', 'exports');
    expect(() => limits.place('ten_1', 'exports')).toThrow('too many');
  });
});
