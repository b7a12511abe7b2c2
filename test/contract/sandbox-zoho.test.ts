import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { createManualScheduler } from '../../sandbox/scheduler.ts';
import type { SeedZohoOrg } from '../../sandbox/zoho/company.ts';
import { userNamed } from '../../sandbox/zoho/org.ts';
import { openReceiver } from '../support/receiver.ts';
import { createZohoCheck, zohoSpecsFolder } from '../support/zoho-specs.ts';

const START = Date.parse('2026-11-24T15:00:00Z');
const TEST_ORG: SeedZohoOrg = {
  domain: 'test',
  name: 'Test org',
  timezone: 'America/New_York',
  users: [
    { email: 'anna@example.com', firstName: 'Anna', lastName: 'Rep' },
    { email: 'ben@example.com', firstName: 'Ben', lastName: 'Rep' },
    { email: 'gone@example.com', firstName: 'Gone', lastName: 'Away', status: 'disabled' },
    { email: 'new@example.com', firstName: 'New', lastName: 'Comer', status: 'unconfirmed' },
  ],
};

const folder = zohoSpecsFolder();
if (!folder)
  console.warn("Zoho's descriptions not found: set FAIRLEAD_SHARED. Replies are NOT checked against them.");
const check = folder ? createZohoCheck(folder) : () => [];

/** A stand-in of its own with one org, and a program that speaks to it; every reply is held to Zoho's descriptions. */
const open = async (seed: Partial<SeedZohoOrg> = {}, scopes?: readonly string[]) => {
  const scheduler = createManualScheduler(START);
  const sandbox = await createSandbox({ port: 0, scheduler, zohoOrgs: [{ ...TEST_ORG, ...seed }] });
  const { zoho } = sandbox;
  const installed = zoho.install('test', undefined, scopes);
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const address = new URL(`${installed.apiDomain}${path}`);
    const answer = await fetch(address, {
      method,
      headers: {
        authorization: `Zoho-oauthtoken ${installed.accessToken}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const reply = text === '' ? null : JSON.parse(text);
    const path8 = address.pathname.slice(address.pathname.indexOf('/crm/v8'));
    return { status: answer.status, headers: answer.headers, reply, path: path8 };
  };
  const idOf = (email: string) => userNamed(zoho.org('test'), email)?.id ?? '';
  const lead = (values: Record<string, unknown> = {}) =>
    zoho.create({ values: { Last_Name: 'Lovelace', ...values } }).id;
  return { ...sandbox, scheduler, installed, call, idOf, lead };
};
type World = Awaited<ReturnType<typeof open>>;

let world: World;
beforeAll(async () => {
  world = await open();
});
afterAll(() => world.close());

const token = async ({ zoho }: Pick<Sandbox, 'zoho'>, server: string, form: Record<string, string>) => {
  const answer = await fetch(`${server}/oauth/v2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: zoho.app.clientId,
      client_secret: zoho.app.clientSecret,
      ...form,
    }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

describe('accounts servers', () => {
  const authorize = (url: string, changes: Record<string, string> = {}) =>
    fetch(
      `${url}/zoho/accounts.com/oauth/v2/auth?${new URLSearchParams({
        response_type: 'code',
        client_id: 'sandbox-zoho-client',
        redirect_uri: 'https://app.example.com/callback',
        scope: 'ZohoCRM.modules.ALL',
        access_type: 'offline',
        prompt: 'consent',
        state: 's1',
        ...changes,
      })}`,
      { redirect: 'manual' },
    );

  test('the callback names the accounts server of the person’s data centre, and only there the code is worth a token', async () => {
    const eu = await open({ dc: 'eu' });
    expect(await (await authorize(eu.url)).text()).toContain('Fairlead would like to access');
    const back = new URL((await authorize(eu.url, { approve: '1' })).headers.get('location') ?? '');
    const {
      code = '',
      location,
      state,
      'accounts-server': server = '',
    } = Object.fromEntries(back.searchParams);
    expect({ location, state, server }).toEqual({
      location: 'eu',
      state: 's1',
      server: `${eu.url}/zoho/accounts.eu`,
    });
    const form = { grant_type: 'authorization_code', code, redirect_uri: 'https://app.example.com/callback' };
    const granted = await token(eu, server, form);
    expect(granted.body).toMatchObject({
      api_domain: `${eu.url}/zoho/api.eu`,
      expires_in: 3600,
      token_type: 'Bearer',
    });
    expect(granted.body.refresh_token).toBeTypeOf('string');
    // Once only, and errors come with the status 200.
    expect(await token(eu, server, form)).toEqual({ status: 200, body: { error: 'invalid_code' } });
    const other = new URL((await authorize(eu.url, { approve: '1' })).headers.get('location') ?? '');
    const elsewhere = { ...form, code: other.searchParams.get('code') ?? '' };
    expect((await token(eu, `${eu.url}/zoho/accounts.com`, elsewhere)).body).toEqual({
      error: 'invalid_code',
    });
    await eu.close();
  });

  test('ten access tokens in ten minutes, then none until the window is over; no second refresh token', async () => {
    const own = await open();
    const form = { grant_type: 'refresh_token', refresh_token: own.installed.refreshToken };
    const ask = () => token(own, own.installed.accountsServer, form);
    for (let n = 0; n < 10; n++) expect((await ask()).body.refresh_token).toBeUndefined();
    expect((await ask()).body).toMatchObject({ error: 'Access Denied' });
    own.scheduler.advance(10 * 60_000);
    expect((await ask()).body.access_token).toBeTypeOf('string');
    await own.close();
  });

  test('the twenty-first refresh token kills the oldest; a revoked one is refused with the status 200', async () => {
    const own = await open();
    const latest = Array.from({ length: 20 }, () => own.zoho.install('test')).at(-1)!;
    const refresh = (refresh_token: string) =>
      token(own, own.installed.accountsServer, { grant_type: 'refresh_token', refresh_token });
    expect((await refresh(own.installed.refreshToken)).body).toEqual({ error: 'invalid_code' });
    expect((await refresh(latest.refreshToken)).body.access_token).toBeTypeOf('string');
    await fetch(`${latest.accountsServer}/oauth/v2/token/revoke?token=${latest.refreshToken}`, {
      method: 'POST',
    });
    expect(await refresh(latest.refreshToken)).toEqual({ status: 200, body: { error: 'invalid_code' } });
    await own.close();
  });
});

describe('reads', () => {
  const verified = async (method: string, path: string, headers: Record<string, string> = {}) => {
    const answer = await world.call(method, path, undefined, headers);
    const query = Object.fromEntries(new URL(path, 'http://x').searchParams);
    expect(
      check({
        method,
        path: answer.path,
        query,
        headers,
        body: undefined,
        status: answer.status,
        reply: answer.reply,
      }),
    ).toEqual([]);
    return answer;
  };

  test('a list demands its fields, at most fifty, and ids at most a hundred; nothing found is no body', async () => {
    const id = world.lead({ Email: 'a@b.co' });
    const { reply } = await verified('GET', `/crm/v8/Leads?ids=${id}&fields=Email,Owner`);
    expect(reply.data).toEqual([
      {
        id,
        Email: 'a@b.co',
        Owner: { id: world.idOf('anna@example.com'), name: 'Anna Rep', email: 'anna@example.com' },
      },
    ]);
    expect(id.length).toBe(19);
    expect((await verified('GET', `/crm/v8/Leads?ids=${id}`)).reply).toMatchObject({
      code: 'REQUIRED_PARAM_MISSING',
    });
    const fields = Array.from({ length: 51 }, (_, n) => `F${n}`).join(',');
    expect((await verified('GET', `/crm/v8/Leads?fields=${fields}`)).reply).toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
    const none = await verified('GET', '/crm/v8/Leads?ids=6756839000000999999&fields=id');
    expect([none.status, none.reply]).toEqual([204, null]);
  });

  test('converted leads are left out unless asked for; unchanged since is 304; the deleted have a list of their own', async () => {
    const own = await open();
    const [converted, deleted] = [own.lead({ Company: 'Acme' }), own.lead()];
    own.scheduler.advance(60_000);
    own.zoho.convert({ id: converted });
    own.zoho.remove({ id: deleted });
    const at = (ms: number) => ({ 'if-modified-since': new Date(START + ms).toISOString() });
    const list = (path: string, headers = {}) => own.call('GET', path, undefined, headers);
    expect((await list('/crm/v8/Leads?fields=id')).status).toBe(204);
    expect((await list('/crm/v8/Leads?fields=id,Converted__s&converted=both')).reply.data).toEqual([
      { id: converted, Converted__s: true },
    ]);
    expect((await list('/crm/v8/Leads?fields=id&converted=both', at(61_000))).status).toBe(304);
    expect((await list('/crm/v8/Leads/deleted', at(0))).reply.data).toMatchObject([
      { id: deleted, type: 'recycle' },
    ]);
    expect((await list('/crm/v8/Leads/deleted', at(61_000))).status).toBe(304);
    await own.close();
  });

  test('pages reach two thousand rows; a token goes on', async () => {
    const own = await open();
    for (let n = 0; n < 2_050; n++) own.lead();
    const page = (place: string) => own.call('GET', `/crm/v8/Leads?fields=id&per_page=200&${place}`);
    const tenth = await page('page=10');
    expect(tenth.reply.info).toMatchObject({ more_records: true, count: 200 });
    expect((await page('page=11')).reply).toMatchObject({ code: 'LIMIT_EXCEEDED' });
    const rest = await page(`page_token=${tenth.reply.info.next_page_token}`);
    expect(rest.reply.data).toHaveLength(50);
    await own.close();
  });

  test('users by kind, with what only some have', async () => {
    const emails = async (type: string) =>
      (await verified('GET', `/crm/v8/users?type=${type}`)).reply.users.map(
        ({ email }: { email: string }) => email,
      );
    expect(await emails('ActiveConfirmedUsers')).toEqual(['anna@example.com', 'ben@example.com']);
    expect(await emails('DeactiveUsers')).toEqual(['gone@example.com']);
    expect(await emails('NotConfirmedUsers')).toEqual(['new@example.com']);
    expect(await emails('CurrentUser')).toEqual(['anna@example.com']);
    expect((await verified('GET', '/crm/v8/settings/users_unavailability')).status).toBe(204);
  });

  test('a query without a condition, with a third criterion unbracketed, of unknown columns or ill-typed is refused', async () => {
    const query = async (select_query: string) => {
      const answer = await world.call('POST', '/crm/v8/coql', { select_query });
      return answer.reply?.code ?? answer.status;
    };
    expect(await query('select id from Leads')).toBe('SYNTAX_ERROR');
    expect(await query("select id from Leads where Email = 'x' and Phone = 'y' or City = 'z'")).toBe(
      'SYNTAX_ERROR',
    );
    expect(await query("select id from Leads where ((Email = 'x' and Phone = 'y') or City = 'z')")).toBe(204);
    expect(await query('select Shoe_Size from Leads where id is not null')).toBe('INVALID_QUERY');
    expect(await query("select id from Leads where No_of_Employees = 'many'")).toBe('INVALID_QUERY');
    expect(await query('select id from Leads where id is not null limit 0, 2001')).toBe('LIMIT_EXCEEDED');
    expect(await query("select id from Leads where Last_Name = 'O\\'Neil'")).toBe(204);
  });
});

describe('writes', () => {
  const put = (data: unknown, more: object = {}) => world.call('PUT', '/crm/v8/Leads', { data, ...more });

  test('each row has its own verdict: all 200, some 207, none 202', async () => {
    const [good, converted] = [world.lead(), world.lead({ Company: 'Acme' })];
    world.zoho.convert({ id: converted });
    const owner = { Owner: { id: world.idOf('ben@example.com') } };
    const all = await put([{ id: good, ...owner }]);
    expect([all.status, all.reply.data[0].code]).toEqual([200, 'SUCCESS']);
    const some = await put([
      { id: good, Last_Name: 'Byron' },
      { id: converted, ...owner },
      { id: '6756839000000999999', ...owner },
      { id: good, Owner: { id: world.idOf('gone@example.com') } },
      { id: good, No_of_Employees: '12' },
      owner,
    ]);
    expect(some.status).toBe(207);
    expect(some.reply.data.map(({ code }: { code: string }) => code)).toEqual([
      'SUCCESS',
      'CONVERTED_RECORD',
      'INVALID_DATA',
      'INVALID_DATA',
      'INVALID_DATA',
      'MANDATORY_NOT_FOUND',
    ]);
    expect(some.reply.data[2].details).toEqual({ api_name: 'id', json_path: '$.data[2].id' });
    expect((await put([{ id: '6756839000000999999' }])).status).toBe(202);
    const many = await put(Array.from({ length: 101 }, () => ({ id: good })));
    expect([many.status, many.reply.code]).toEqual([400, 'LIMIT_EXCEEDED']);
  });

  test('an id sent as a number is not that record', async () => {
    const id = world.lead();
    const { reply } = await put([{ id: Number(id), Last_Name: 'Lost' }]);
    expect(reply.data[0]).toMatchObject({ code: 'INVALID_DATA' });
  });

  test('an upsert finds by the fields named, in order', async () => {
    const upsert = async (row: object, duplicate_check_fields: readonly string[]) =>
      (await world.call('POST', '/crm/v8/Leads/upsert', { data: [row], duplicate_check_fields, trigger: [] }))
        .reply.data[0];
    const first = await upsert({ Last_Name: 'A', Email: 'up@b.co', Fairlead_Key: 'k1' }, ['Fairlead_Key']);
    expect(first.action).toBe('insert');
    const second = await upsert({ Last_Name: 'B', Email: 'up@b.co', Fairlead_Key: 'k1' }, ['Fairlead_Key']);
    expect(second).toMatchObject({
      action: 'update',
      duplicate_field: 'Fairlead_Key',
      details: { id: first.details.id },
    });
    expect(await upsert({ Last_Name: 'C', Fairlead_Key: 'k1', Email: 'z@b.co' }, ['Email'])).toMatchObject({
      code: 'DUPLICATE_DATA',
      details: { duplicate_record: { id: first.details.id } },
    });
  });

  test('the org’s rule gives a new lead to its own choice unless no workflow may run; a threshold refuses', async () => {
    const own = await open();
    const [anna, ben] = [own.idOf('anna@example.com'), own.idOf('ben@example.com')];
    own.zoho.setAutomation({ assignmentRule: { name: 'To Ben', entries: [{ ownerId: ben }] } });
    const insert = async (more: object) => {
      const { reply } = await own.call('POST', '/crm/v8/Leads', {
        data: [{ Last_Name: 'X', Owner: { id: anna } }],
        ...more,
      });
      return (own.zoho.record({ id: reply.data[0].details.id }).Owner as { id: string }).id;
    };
    expect(await insert({})).toBe(ben);
    expect(await insert({ trigger: [] })).toBe(anna);
    own.zoho.setAutomation({ assignmentRule: null, threshold: { most: 1 } });
    const { reply } = await own.call('PUT', '/crm/v8/Leads', {
      data: [{ id: own.lead(), Owner: { id: ben } }],
      trigger: [],
    });
    expect(reply.data[0]).toMatchObject({ code: 'LIMIT_REACHED', details: { api_name: 'Owner' } });
    await own.close();
  });

  test('a job converts up to fifty, later, and tells how many', async () => {
    const own = await open();
    const ids = [own.lead({ Company: 'A' }), own.lead({ Company: 'B' })];
    own.zoho.convert({ id: ids[1]! });
    const asked = { ids, assign_to: { id: own.idOf('ben@example.com') } };
    const { reply } = await own.call('POST', '/crm/v8/Leads/actions/mass_convert', asked);
    const job = () => own.call('GET', `/crm/v8/Leads/actions/mass_convert?job_id=${reply.details.job_id}`);
    expect((await job()).reply.data).toEqual([{ Status: 'SCHEDULED' }]);
    own.scheduler.advance(1_000);
    expect((await job()).reply.data).toMatchObject([
      { Status: 'COMPLETED', Total_Count: 2, Converted_Count: 1, Not_Converted_Count: 1 },
    ]);
    const tooMany = { ...asked, ids: Array.from({ length: 51 }, () => ids[0]) };
    expect((await own.call('POST', '/crm/v8/Leads/actions/mass_convert', tooMany)).status).toBe(400);
    await own.close();
  });
});

describe('limits and refusals', () => {
  test('a foreign, an expired and a narrow token are told apart', async () => {
    const own = await open({}, ['ZohoCRM.modules.leads.READ']);
    const code = async (method: string, path: string, body?: unknown) =>
      (await own.call(method, path, body)).reply?.code;
    expect(await code('GET', '/crm/v8/Leads?fields=id')).toBeUndefined();
    expect(await code('PUT', '/crm/v8/Leads', { data: [{ id: '1' }] })).toBe('OAUTH_SCOPE_MISMATCH');
    expect(await code('GET', '/crm/v8/users')).toBe('OAUTH_SCOPE_MISMATCH');
    own.scheduler.advance(3_600_000);
    const late = await own.call('GET', '/crm/v8/Leads?fields=id');
    expect([late.status, late.reply]).toEqual([
      401,
      { code: 'INVALID_TOKEN', details: {}, message: 'invalid oauth token', status: 'error' },
    ]);
    await own.close();
  });

  test('credits by what a call costs; what is left is told from the half on; a refused call costs nothing', async () => {
    const own = await open();
    own.zoho.limits().set({ credits: 6 });
    const list = () => own.call('GET', '/crm/v8/Leads?fields=id');
    const left = async () => (await list()).headers.get('x-api-credits-remaining');
    expect([await left(), await left(), await left()]).toEqual([null, null, '3']);
    const rows = Array.from({ length: 21 }, () => ({ Last_Name: 'X' }));
    expect(
      (await own.call('POST', '/crm/v8/Leads', { data: rows })).headers.get('x-api-credits-remaining'),
    ).toBe('0');
    const refused = await list();
    expect([refused.status, refused.reply.code, refused.headers.get('retry-after')]).toEqual([
      429,
      'TOO_MANY_REQUESTS',
      null,
    ]);
    own.scheduler.advance(25 * 3_600_000);
    expect(own.zoho.limits().usage().used).toBe(0);
    await own.close();
  });

  test('so many calls at once by edition, heavy ones ten on all', async () => {
    const { zoho } = world;
    zoho.limits().set({ concurrent: 2, subConcurrent: 1 });
    const enter = (heavy: boolean) => zoho.limits().enter({ credits: 1, heavy });
    const leave = enter(true);
    expect(() => enter(true)).toThrow('sub-concurrency');
    const other = enter(false);
    expect(() => enter(false)).toThrow('concurrency limit exceeded');
    leave();
    other();
    zoho.limits().set({ concurrent: 20, subConcurrent: 10 });
  });
});

describe('notifications', () => {
  test('a channel lives an hour without a time or with one beyond a week; a longer token is refused with 202', async () => {
    const watch = async (changes: object) => {
      const asked = {
        channel_id: '77',
        events: ['Leads.create'],
        notify_url: 'https://x.example/z',
        token: 't',
        ...changes,
      };
      const { status, reply } = await world.call('POST', '/crm/v8/actions/watch', { watch: [asked] });
      return {
        status,
        ends: Date.parse(reply.watch[0].details.events?.[0]?.channel_expiry),
        code: reply.watch[0].code,
      };
    };
    const days = (n: number) => ({ channel_expiry: new Date(START + n * 86_400_000).toISOString() });
    expect((await watch({})).ends).toBe(START + 3_600_000);
    expect((await watch(days(8))).ends).toBe(START + 3_600_000);
    expect((await watch(days(6))).ends).toBe(START + 6 * 86_400_000);
    expect(await watch({ token: 'x'.repeat(51) })).toMatchObject({ status: 202, code: 'INVALID_DATA' });
    expect(await watch({ events: ['Leads.update'] })).toMatchObject({ status: 202, code: 'INVALID_DATA' });
  });

  test('ids and the token are pushed, no values; edits are called updates; an expired channel is silent', async () => {
    const own = await open();
    const receiver = await openReceiver();
    const asked = {
      channel_id: '78',
      events: ['Leads.create', 'Leads.edit', 'Leads.delete'],
      notify_url: `${receiver.url}/z?c=1`,
      token: 'secret',
    };
    await own.call('POST', '/crm/v8/actions/watch', { watch: [asked] });
    const id = own.lead({ Email: 'secret@person.example' });
    own.scheduler.advance(100);
    own.zoho.update({ id, values: { City: 'Rome' } });
    own.scheduler.advance(100);
    own.zoho.remove({ id });
    own.scheduler.advance(100);
    const received = await receiver.until(3);
    const bodies = received.map(({ body }) => body as Record<string, unknown>);
    expect(bodies.every(({ token: sent, ids }) => sent === 'secret' && String(ids) === id)).toBe(true);
    expect(bodies.every(({ query_params }) => JSON.stringify(query_params) === '{"c":"1"}')).toBe(true);
    expect(JSON.stringify(bodies)).not.toContain('person.example');
    own.scheduler.advance(3_600_000);
    own.lead();
    own.scheduler.advance(100);
    await expect.poll(() => own.zoho.pushes.idle()).toBe(true);
    expect(receiver.received.length).toBe(3);
    await receiver.close();
    await own.close();
  });
});

test('the desk shows the leads and their story; a record’s address leads there; its switches are on a page', async () => {
  const id = world.lead({ Email: 'desk@b.co', Company: 'Engines' });
  world.zoho.recordActivity({ id, kind: 'call' });
  const page = async (path: string) => (await fetch(`${world.url}${path}`)).text();
  expect(await page('/desk/zoho')).toContain('desk@b.co');
  const there = await fetch(`${world.installed.apiDomain}/crm/org1/tab/Leads/${id}`, { redirect: 'manual' });
  expect(there.headers.get('location')).toBe(`/desk/zoho/${id}`);
  expect(await page(`/desk/zoho/${id}`)).toContain('Log a call');
  expect(await page('/desk/zoho/switches')).toContain('Assignment threshold');
});

test('what was there is there after a restart: records, people, grants, channels', async () => {
  const { mkdtemp, rm } = await import('node:fs/promises');
  const dataDir = await mkdtemp('/tmp/fairlead-zoho-');
  const options = { port: 0, dataDir, zohoOrgs: [TEST_ORG] };
  const before = await createSandbox(options);
  const { refreshToken } = before.zoho.install('test');
  const { id } = before.zoho.create({ values: { Last_Name: 'Kept' } });
  before.zoho.channels.enable(
    before.zoho.org(),
    before.zoho.install('test').userId,
    { channel_id: '5', events: ['Leads.all'], notify_url: 'https://x.example' },
    0,
  );
  await before.close();
  const after = await createSandbox(options);
  expect(after.zoho.record({ id }).Last_Name).toBe('Kept');
  expect(after.zoho.org().users.size).toBe(TEST_ORG.users.length);
  const server = `${after.url}/zoho/accounts.com`;
  expect(
    (await token(after, server, { grant_type: 'refresh_token', refresh_token: refreshToken })).body
      .access_token,
  ).toBeTypeOf('string');
  expect(after.zoho.channels.alive(after.zoho.org())).toHaveLength(1);
  expect(after.zoho.create({ values: { Last_Name: 'New' } }).id > id).toBe(true);
  await after.close();
  await rm(dataDir, { recursive: true });
});
