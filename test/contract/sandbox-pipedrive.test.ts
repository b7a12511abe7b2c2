import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import type { SeedCompany } from '../../sandbox/pipedrive/company.ts';
import { ENDPOINTS } from '../../sandbox/pipedrive/http/endpoints.ts';
import { createManualScheduler } from '../../sandbox/scheduler.ts';

/** Facts of Pipedrive's own documents: in FAIRLEAD_SHARED, or beside the checkout in ../shared. */
const SPECS = join(
  process.env.FAIRLEAD_SHARED ?? resolve(fileURLToPath(new URL('../../..', import.meta.url)), 'shared'),
  'specs',
  'pipedrive',
);
const withSpecs = existsSync(SPECS) ? test : test.skip;

const COMPANY: SeedCompany = {
  domain: 'test',
  name: 'Test company',
  plan: 'lite',
  users: [
    { email: 'admin@example.com', name: 'Ada Admin', admin: true },
    { email: 'anna@example.com', name: 'Anna Rep' },
    { email: 'gone@example.com', name: 'Gone Away', active: false },
  ],
};
const NOON = Date.parse('2026-11-24T12:00:00Z');

interface Received {
  readonly authorization: string | undefined;
  readonly body: { meta: Record<string, unknown>; data: unknown; previous: unknown };
}

/** What listens for pushes; `status` is what it answers. */
const openReceiver = async () => {
  const received: Received[] = [];
  const state = { status: 200 };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      received.push({ authorization: request.headers.authorization, body: JSON.parse(text) });
      response.writeHead(state.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  return { url, received, state, close: () => new Promise((resolve) => server.close(resolve)) };
};

let sandbox: Sandbox;
let receiver: Awaited<ReturnType<typeof openReceiver>>;
const time = createManualScheduler(NOON);

beforeAll(async () => {
  sandbox = await createSandbox({ port: 0, companies: [COMPANY], scheduler: time });
  receiver = await openReceiver();
});
afterEach(() => {
  sandbox.pipedrive.setFaults([]);
  sandbox.pipedrive.account().webhooks.clear();
  receiver.received.length = 0;
  receiver.state.status = 200;
  sandbox.pipedrive.limits().set({ burst: null, dailyTokens: null });
  time.advance(120_000);
});
afterAll(async () => {
  await sandbox.close();
  await receiver.close();
});

const call = async (method: string, path: string, body?: unknown, token?: string) => {
  const reply = await fetch(`${sandbox.pipedrive.apiUrl()}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token ?? sandbox.pipedrive.install().accessToken}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  const json = (reply.headers.get('content-type') ?? '').includes('json');
  return { status: reply.status, headers: reply.headers, text, body: json ? JSON.parse(text) : null };
};

const person = () => sandbox.pipedrive.create({ objectType: 'person', values: { name: 'Ada Lovelace' } });
const lead = (values: Record<string, unknown> = {}) =>
  sandbox.pipedrive.create({ values: { title: 'Engines', person: { name: 'Ada' }, ...values } });

const register = async (changes: Record<string, unknown> = {}) =>
  (
    await call('POST', '/v1/webhooks', {
      subscription_url: receiver.url,
      event_action: '*',
      event_object: '*',
      name: 'Test',
      http_auth_user: 'fairlead',
      http_auth_password: 'secret',
      ...changes,
    })
  ).body.data;

const arrived = (count: number) => expect.poll(() => receiver.received.length).toBe(count);

withSpecs('every operation there is, Pipedrive has, in the same version', () => {
  const listed = (version: 'v1' | 'v2') =>
    new Set(
      readFileSync(join(SPECS, `endpoints-${version}.csv`), 'utf8')
        .split(/\r?\n/)
        .slice(1)
        .map((line) => line.split(',').slice(1).join(' ').trim()),
    );
  const known = { v1: listed('v1'), v2: listed('v2') };
  const foreign = ENDPOINTS.filter(({ version, method, path }) => !known[version].has(`${method} ${path}`));
  expect(foreign.map(({ version, method, path }) => `${version} ${method} ${path}`)).toEqual([]);
});

describe('OAuth', () => {
  const { app } = { app: { clientId: 'sandbox-pipedrive-client', clientSecret: 'sandbox-pipedrive-secret' } };
  const callback = 'https://leads.example.com/oauth/pipedrive/callback';
  const authorize = (query: Record<string, string>) =>
    fetch(
      `${sandbox.url}/pipedrive/oauth/authorize?${new URLSearchParams({ client_id: app.clientId, redirect_uri: callback, ...query })}`,
      { redirect: 'manual' },
    );
  const token = async (form: Record<string, string>, secret = app.clientSecret) => {
    const reply = await fetch(`${sandbox.url}/pipedrive/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${app.clientId}:${secret}`).toString('base64')}` },
      body: new URLSearchParams(form),
    });
    return { status: reply.status, body: await reply.json() };
  };
  const codeOf = async (query: Record<string, string>) => {
    const reply = await authorize({ approve: '1', ...query });
    return new URL(reply.headers.get('location') ?? '').searchParams;
  };

  test('a person allows the app; the code is good once, for five minutes, at its own address', async () => {
    const page = await authorize({ state: 's1' });
    expect(await page.text()).toMatch(/Fairlead asks to act for Ada Admin in Test company/);
    const answer = await codeOf({ state: 's1' });
    expect(answer.get('state')).toBe('s1');
    const grant = { grant_type: 'authorization_code', code: answer.get('code')!, redirect_uri: callback };
    expect((await token(grant, 'wrong')).status).toBe(401);
    const { body } = await token(grant);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3599,
      api_domain: `${sandbox.url}/pipedrive/test`,
    });
    expect((await token(grant)).body.error).toBe('invalid_grant');
    const late = (await codeOf({})).get('code')!;
    time.advance(5 * 60_000 + 1);
    expect((await token({ ...grant, code: late })).body.error).toBe('invalid_grant');
    const elsewhere = { ...grant, code: (await codeOf({})).get('code')!, redirect_uri: 'https://x.example' };
    expect((await token(elsewhere)).body.error).toBe('invalid_grant');
  });

  test('an installation that began in the marketplace comes without a state', async () => {
    expect((await codeOf({})).has('state')).toBe(false);
    const denied = await authorize({ deny: '1', state: 's2' });
    expect(denied.headers.get('location')).toContain('error=user_denied');
  });

  test('an access token ends after its hour, a refresh token after sixty unused days', async () => {
    const { accessToken, refreshToken } = sandbox.pipedrive.install();
    time.advance(3_600_000);
    expect((await call('GET', '/v1/users/me', undefined, accessToken)).status).toBe(401);
    const refresh = () => token({ grant_type: 'refresh_token', refresh_token: refreshToken });
    time.advance(59 * 24 * 3_600_000);
    expect((await refresh()).status).toBe(200);
    time.advance(61 * 24 * 3_600_000);
    expect((await refresh()).body.error).toBe('invalid_grant');
  });

  test('who installed is who is told; each person installs for themselves', async () => {
    const mine = sandbox.pipedrive.install('test', 'anna@example.com');
    const { body } = await call('GET', '/v1/users/me', undefined, mine.accessToken);
    expect(body.data).toMatchObject({
      id: sandbox.pipedrive.userId('anna@example.com'),
      company_id: mine.companyId,
      company_domain: 'test',
    });
    const other = sandbox.pipedrive.install();
    sandbox.pipedrive.revoke('test', 'anna@example.com');
    expect((await call('GET', '/v1/users/me', undefined, mine.accessToken)).status).toBe(401);
    expect((await call('GET', '/v1/users/me', undefined, other.accessToken)).status).toBe(200);
  });
});

describe('records', () => {
  test('leads take what the API names and nothing else, and say what is wrong in their own form', async () => {
    const { id } = person();
    const { status, body } = await call('POST', '/v1/leads', { title: 'New', person_id: id });
    expect(status).toBe(201);
    expect(body.data).toMatchObject({ source_name: 'API', origin: 'API', owner_id: body.data.creator_id });
    for (const bad of [
      { title: 'No party' },
      { title: 'x', person_id: String(id) },
      { title: 'x', person_id: id, owner_id: sandbox.pipedrive.userId('gone@example.com') },
      { title: 'x', person_id: 99_999 },
      { title: 'x', person_id: id, colour: 'red' },
    ]) {
      const refused = await call('POST', '/v1/leads', bad);
      expect(refused.status, JSON.stringify(bad)).toBe(400);
      expect(refused.body).toMatchObject({ success: false, data: null, additional_data: null });
    }
    const unchangeable = await call('PATCH', `/v1/leads/${body.data.id}`, { origin_id: 'mine' });
    expect(unchangeable.status).toBe(400);
  });

  test('lists go by pages and by what changed since; the archive is apart', async () => {
    const since = time.now();
    const ids = [lead().id, lead().id, lead().id];
    sandbox.pipedrive.update({ id: ids[2]!, values: { is_archived: true } });
    const at = new Date(since).toISOString().slice(0, 19);
    const { body } = await call('GET', `/v1/leads?updated_since=${at}Z&limit=1&sort=add_time ASC`);
    expect(body.additional_data.pagination).toMatchObject({ more_items_in_collection: true, next_start: 1 });
    expect((await call('GET', `/v1/leads?updated_since=${at}`)).status).toBe(400);
    const archived = await call('GET', '/v1/leads/archived?sort=update_time DESC');
    expect(archived.body.data.map((one: { id: string }) => one.id)).toEqual([ids[2]]);
    expect((await call('GET', '/v1/leads/archived?updated_since=2026-01-01T00:00:00Z')).status).toBe(400);
    expect((await call('GET', '/v1/leads?limit=501')).status).toBe(400);
  });

  test('each version has its own records', async () => {
    expect((await call('GET', '/v1/persons')).status).toBe(404);
    expect((await call('GET', '/api/v2/leads')).status).toBe(404);
    expect((await call('GET', '/api/v1/users')).status).toBe(200);
    expect((await call('GET', `/api/v2/persons?ids=${'1,'.repeat(100)}1`)).status).toBe(400);
  });

  test('what is the owner’s alone others cannot see', async () => {
    const hidden = lead({ visible_to: '1' });
    const { accessToken } = sandbox.pipedrive.install('test', 'anna@example.com');
    expect((await call('GET', `/v1/leads/${hidden.id}`, undefined, accessToken)).status).toBe(404);
    expect((await call('GET', `/v1/leads/${hidden.id}`)).status).toBe(200);
  });

  test('a conversion is a job; the lead is gone after it, and the deal says which it was when asked', async () => {
    const { id } = lead({ value: { amount: 9, currency: 'EUR' } });
    const started = await call('POST', `/api/v2/leads/${id}/convert/deal`, {});
    const job = `/api/v2/leads/${id}/convert/status/${started.body.data.conversion_id}`;
    expect((await call('GET', job)).body.data).toMatchObject({ status: 'not_started' });
    time.advance(100);
    const { body } = await call('GET', job);
    expect(body.data).toMatchObject({ status: 'completed', deal_id: expect.any(Number) });
    expect((await call('GET', `/v1/leads/${id}`)).status).toBe(404);
    const deal = `/api/v2/deals/${body.data.deal_id}`;
    expect((await call('GET', deal)).body.data.source_lead_id).toBeUndefined();
    expect((await call('GET', `${deal}?include_fields=source_lead_id`)).body.data.source_lead_id).toBe(id);
  });

  test('of merged persons one lives on, with what pointed at the other', async () => {
    const [kept, gone] = [person(), person()];
    const { id } = lead({ person: undefined, person_id: gone.id });
    await call('PUT', `/v1/persons/${gone.id}/merge`, { merge_with_id: kept.id });
    expect((await call('GET', `/api/v2/persons/${gone.id}`)).status).toBe(404);
    expect(sandbox.pipedrive.record({ id }).person_id).toBe(kept.id);
  });
});

describe('limits', () => {
  test('replies say how much is left; over it is 429, and who goes on gets a page instead', async () => {
    const { accessToken } = sandbox.pipedrive.install();
    sandbox.pipedrive.limits().set({ burst: 2 });
    const me = () => call('GET', '/v1/users/me', undefined, accessToken);
    expect((await me()).headers.get('x-ratelimit-remaining')).toBe('1');
    await me();
    const over = await me();
    expect(over.status).toBe(429);
    expect(over.headers.get('retry-after')).toBeNull();
    for (let more = 0; more < 21; more++) await me();
    const blocked = await me();
    expect(blocked.status).toBe(403);
    expect(blocked.text).toContain('<!DOCTYPE html>');
    time.advance(61_000);
    expect((await me()).status).toBe(200);
  });

  test('ten searches in two seconds', async () => {
    const { accessToken } = sandbox.pipedrive.install();
    const search = () => call('GET', '/api/v2/persons/search?term=ada', undefined, accessToken);
    for (let n = 0; n < 10; n++) expect((await search()).status).toBe(200);
    expect((await search()).status).toBe(429);
    time.advance(2_001);
    expect((await search()).status).toBe(200);
  });

  test('the day’s tokens are the company’s, by plan and seats; they come back at midnight', async () => {
    const { daily, used } = sandbox.pipedrive.limits().usage();
    expect(daily).toBe(30_000 * 1 * 5);
    await call('GET', '/v1/users');
    await call('GET', `/api/v2/persons/${person().id}`);
    expect(sandbox.pipedrive.limits().usage().used - used).toBe(21);
    sandbox.pipedrive.limits().spend(daily);
    const over = await call('GET', '/v1/users');
    expect(over.status).toBe(429);
    expect(over.headers.get('x-daily-ratelimit-token-remaining')).toBe('0');
    time.advance(24 * 3_600_000);
    expect((await call('GET', '/v1/users')).status).toBe(200);
  });
});

describe('webhooks', () => {
  withSpecs('an event has what the sample has', async () => {
    await register();
    lead();
    time.advance(1);
    await arrived(2);
    const sample = JSON.parse(readFileSync(join(SPECS, 'webhook-v2.sample.json'), 'utf8'));
    const { body } = receiver.received.find((one) => one.body.meta.entity === 'lead')!;
    expect(Object.keys(body).sort()).toEqual(Object.keys(sample).sort());
    expect(Object.keys(body.meta).sort()).toEqual(Object.keys(sample.meta).sort());
    for (const [name, value] of Object.entries(sample.meta))
      expect(typeof body.meta[name], name).toBe(typeof value);
  });

  test('a change tells the values before, with HTTP Basic, and who made it by which way', async () => {
    const { id } = lead();
    await register({ event_object: 'lead', event_action: 'change' });
    const owner_id = sandbox.pipedrive.userId('anna@example.com');
    await call('PATCH', `/v1/leads/${id}`, { owner_id });
    await arrived(1);
    const [{ authorization, body }] = receiver.received as [Received];
    expect(authorization).toBe(`Basic ${Buffer.from('fairlead:secret').toString('base64')}`);
    expect(body.meta).toMatchObject({
      action: 'change',
      entity_id: id,
      change_source: 'api',
      user_id: String(sandbox.pipedrive.userId('admin@example.com')),
    });
    expect(body.data).toMatchObject({ owner_id });
    expect(body.previous).toMatchObject({ owner_id: sandbox.pipedrive.userId('admin@example.com') });
    expect(body.previous).not.toHaveProperty('title');
  });

  test('a merge says which lives on', async () => {
    const [kept, gone] = [person(), person()];
    await register({ event_object: 'person' });
    sandbox.pipedrive.merge({ objectType: 'person', id: kept.id, mergeId: gone.id });
    await arrived(2);
    const metas = receiver.received.map(({ body }) => body.meta);
    expect(metas.find(({ action }) => action === 'delete')).toMatchObject({
      entity_id: String(gone.id),
      merged_to_id: String(kept.id),
    });
    expect(metas.find(({ action }) => action === 'change')).toMatchObject({
      merged_from_id: String(gone.id),
    });
  });

  test('they are trimmed to what their user may see', async () => {
    await register({ event_object: 'lead', user_id: sandbox.pipedrive.userId('anna@example.com') });
    lead({ visible_to: '1' });
    const seen = lead();
    await arrived(1);
    expect(receiver.received[0]?.body.meta.entity_id).toBe(seen.id);
  });

  test('a failed one is sent again after 3, 30 and 150 seconds, and no more', async () => {
    receiver.state.status = 500;
    await register({ event_object: 'lead' });
    lead();
    await arrived(1);
    for (const [wait, count] of [
      [3_000, 2],
      [30_000, 3],
      [150_000, 4],
    ] as const) {
      await expect.poll(() => sandbox.pipedrive.pushes.idle()).toBe(true);
      time.advance(wait);
      await arrived(count);
    }
    await expect.poll(() => sandbox.pipedrive.pushes.idle()).toBe(true);
    time.advance(600_000);
    expect(receiver.received.map(({ body }) => body.meta.attempt)).toEqual([1, 2, 3, 4]);
    expect(new Set(receiver.received.map(({ body }) => body.meta.id)).size).toBe(1);
  });

  test('ten failed first attempts: half an hour in which events are lost; three such days: it is removed', async () => {
    receiver.state.status = 503;
    const { id } = await register({ event_object: 'lead' });
    for (let n = 0; n < 10; n++) lead();
    await expect.poll(() => sandbox.pipedrive.pushes.idle() && receiver.received.length).toBe(10);
    receiver.state.status = 200;
    lead();
    time.advance(30 * 60_000 + 1);
    expect(receiver.received).toHaveLength(10);
    lead();
    await arrived(11);
    receiver.state.status = 503;
    time.advance(3 * 24 * 3_600_000);
    lead();
    await arrived(12);
    await expect.poll(() => sandbox.pipedrive.pushes.idle()).toBe(true);
    const { body } = await call('GET', '/v1/webhooks');
    expect(body.data.find((one: { id: number }) => one.id === id)).toMatchObject({
      is_active: 0,
      last_http_status: 503,
      remove_reason: expect.any(String),
    });
  });

  test('a name is required, and a user has forty at most', async () => {
    const nameless = await call('POST', '/v1/webhooks', {
      subscription_url: receiver.url,
      event_action: '*',
      event_object: 'lead',
    });
    expect(nameless.status).toBe(400);
    for (let n = 0; n < 40; n++) await register();
    const more = await call('POST', '/v1/webhooks', {
      subscription_url: receiver.url,
      event_action: '*',
      event_object: 'lead',
      name: 'One more',
    });
    expect(more.status).toBe(400);
  });
});

test('the company’s automation gives a lead away that the API gave to somebody', async () => {
  sandbox.pipedrive.setAutomation({ reownTo: 'anna@example.com', reownMs: 1_000 });
  const { id } = lead();
  await call('PATCH', `/v1/leads/${id}`, { owner_id: sandbox.pipedrive.userId('admin@example.com') });
  const other = lead({ owner_id: sandbox.pipedrive.userId('anna@example.com') });
  await call('PATCH', `/v1/leads/${other.id}`, { owner_id: sandbox.pipedrive.userId('admin@example.com') });
  time.advance(1_000);
  expect(sandbox.pipedrive.record({ id: other.id }).owner_id).toBe(
    sandbox.pipedrive.userId('anna@example.com'),
  );
  sandbox.pipedrive.setAutomation({ reownTo: null });
});

test('what was written is there after a restart: records, registrations and installations', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'fairlead-sandbox-'));
  const first = await createSandbox({ port: 0, companies: [COMPANY], dataDir });
  const made = first.pipedrive.create({ values: { title: 'Kept', person: { name: 'Ada' } } });
  const { refreshToken, accessToken } = first.pipedrive.install();
  await fetch(`${first.pipedrive.apiUrl()}/v1/webhooks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      subscription_url: 'https://x.example',
      event_action: '*',
      event_object: 'lead',
      name: 'x',
    }),
  });
  await first.close();
  const second = await createSandbox({ port: 0, companies: [COMPANY], dataDir });
  expect(second.pipedrive.record({ id: made.id })).toEqual(made);
  expect(second.pipedrive.account().webhooks.size).toBe(1);
  expect(
    second.pipedrive.oauth.exchange({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  ).toMatchObject({
    refreshToken,
  });
  await second.close();
  await rm(dataDir, { recursive: true });
});

test('the strings can be pulled over HTTP, and say which field is wrong', async () => {
  const control = async (method: string, path: string, body?: unknown) => {
    const reply = await fetch(`${sandbox.url}/control/pipedrive${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: reply.status, body: await reply.json() };
  };
  const made = await control('POST', '/records', { values: { title: 'By hand', person: { name: 'Ada' } } });
  expect(made.status).toBe(201);
  const { id } = made.body;
  await control('POST', '/owner', { id, ownerId: sandbox.pipedrive.userId('anna@example.com') });
  const { body } = await control('GET', `/record?id=${id}`);
  expect(body.record.owner_id).toBe(sandbox.pipedrive.userId('anna@example.com'));
  expect((await control('POST', '/convert', { id })).body.source_lead_id).toBe(id);
  const wrong = await control('POST', '/faults', { faults: [{ kind: 'earthquake' }] });
  expect(wrong).toMatchObject({ status: 400, body: { error: expect.stringContaining('faults.0.kind') } });
});

test('the desk shows leads with their person and organisation, and takes what people do', async () => {
  const page = async (path: string) => (await fetch(`${sandbox.url}/desk/pipedrive${path}`)).text();
  const { id } = lead({
    title: 'Engines <b>for</b> ships',
    organization: { name: 'Yard', employee_count: 4_000, address: { country: 'Estonia' } },
  });
  const list = await page('');
  expect(list).toContain('Yard');
  expect(list).not.toContain('<b>for</b>');
  const record = await page(`/${id}`);
  for (const shown of ['Ada', 'Yard', 'Estonia', 'Convert to a deal', 'Ada Admin'])
    expect(record).toContain(shown);
  await call('POST', '/v1/notes', {
    content: '<p>Ada is next.</p><p>Rule: Large. Pool: All.</p><p>Fairlead decision dec_7</p>',
    lead_id: id,
    pinned_to_lead_flag: 1,
  });
  expect(await page(`/${id}`)).toContain('dec_7');
});
