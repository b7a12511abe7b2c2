import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createManualScheduler } from '../../sandbox/scheduler.ts';
import { ANNA, ANNA_USER_ID, GRACE, type OpenSandbox, openSandbox } from '../support/sandbox-account.ts';

const CONTACTS = '/crm/objects/2026-03/contacts';
let sandbox: OpenSandbox;

beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

const patch = (id: string, properties: unknown) => sandbox.call('PATCH', `${CONTACTS}/${id}`, { properties });

describe('who may call', () => {
  test('no token, an unknown one and an expired one are told apart', async () => {
    const none = await sandbox.call('GET', '/crm/owners/2026-03', undefined, null);
    expect([none.status, none.body.category]).toEqual([401, 'INVALID_AUTHENTICATION']);
    const unknown = await sandbox.call('GET', '/crm/owners/2026-03', undefined, 'made-up');
    expect(unknown.body.category).toBe('INVALID_AUTHENTICATION');
    sandbox.hubspot.tokens.expireAll();
    const expired = await sandbox.call('GET', '/crm/owners/2026-03');
    expect([expired.status, expired.body.category]).toEqual([401, 'EXPIRED_AUTHENTICATION']);
    expect(Date.parse(expired.body.context['expire time'][0])).toBeLessThan(Date.now());
  });

  test('a scope the app was not granted is named in a 403', async () => {
    const narrow = sandbox.hubspot.install(undefined, ['oauth', 'crm.objects.contacts.read']).token;
    const reply = await sandbox.call('GET', '/crm/objects/2026-03/leads', undefined, narrow);
    expect([reply.status, reply.body.category]).toEqual([403, 'MISSING_SCOPES']);
    expect(reply.body.errors[0].context.requiredGranularScopes).toEqual(['crm.objects.leads.read']);
    const write = await sandbox.call('POST', CONTACTS, { properties: { email: 'a@b.example' } }, narrow);
    expect(write.status).toBe(403);
    const owners = await sandbox.call('GET', '/crm/owners/2026-03', undefined, narrow);
    expect(owners.status).toBe(403);
  });
});

describe('what may be written', () => {
  test.each([
    ['an unknown property', { nonsense: '1' }, 'PROPERTY_DOESNT_EXIST'],
    ['a user id as owner', { hubspot_owner_id: String(ANNA_USER_ID) }, 'INVALID_OWNER_ID'],
    ['an owner who has left', { hubspot_owner_id: GRACE }, 'INVALID_OWNER_ID'],
    ['a value outside an enumeration', { lifecyclestage: 'suspect' }, 'INVALID_OPTION'],
    ['a read-only property', { hs_object_id: '7' }, 'READ_ONLY_VALUE'],
    ['an address that is none', { email: 'nobody' }, 'INVALID_EMAIL'],
  ])('%s is refused and nothing is written', async (_what, properties, code) => {
    const id = sandbox.contact({ email: 'ada@example.com' });
    const reply = await patch(id, { firstname: 'Changed', ...properties });
    expect([reply.status, reply.body.category]).toEqual([400, 'VALIDATION_ERROR']);
    expect(reply.body.errors[0].code).toBe(code);
    expect(sandbox.hubspot.record({ objectType: 'contacts', id }).properties.firstname).toBeUndefined();
  });

  test('an owner is set, told with who and when, and cleared with an empty text', async () => {
    const id = sandbox.contact({ email: 'ada@example.com' });
    expect((await patch(id, { hubspot_owner_id: ANNA })).status).toBe(200);
    expect((await patch(id, { hubspot_owner_id: '' })).body.properties.hubspot_owner_id).toBeNull();
    const read = await sandbox.call('GET', `${CONTACTS}/${id}?propertiesWithHistory=hubspot_owner_id`);
    const history = read.body.propertiesWithHistory.hubspot_owner_id;
    expect(history.map((one: { value: string }) => one.value)).toEqual(['', ANNA]);
    expect(history[0]).toMatchObject({
      sourceType: 'INTEGRATION',
      sourceId: String(sandbox.hubspot.app.appId),
    });
  });

  test('a taken address is a conflict, in any case of letters', async () => {
    const id = sandbox.contact({ email: 'ada@example.com' });
    const reply = await sandbox.call('POST', CONTACTS, { properties: { email: 'ADA@example.com' } });
    expect([reply.status, reply.body.category]).toEqual([409, 'CONFLICT']);
    expect(reply.body.message).toContain(id);
  });

  test('a lead needs a contact', async () => {
    const leads = '/crm/objects/2026-03/leads';
    const alone = await sandbox.call('POST', leads, { properties: { hs_lead_name: 'Ada' } });
    expect(alone.status).toBe(400);
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 578 }];
    const associations = [{ to: { id: sandbox.contact() }, types }];
    const joined = await sandbox.call('POST', leads, { properties: { hs_lead_name: 'Ada' }, associations });
    expect(joined.status).toBe(201);
  });

  test('malformed JSON is told in the shape of every other error', async () => {
    const reply = await fetch(`${sandbox.url}/hubspot${CONTACTS}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/json' },
      body: '{"properties": ',
    });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ status: 'error', category: 'VALIDATION_ERROR' });
  });
});

describe('batches', () => {
  test('a read answers 207 when some ids are unknown', async () => {
    const id = sandbox.contact({ email: 'ada@example.com' });
    const reply = await sandbox.call('POST', `${CONTACTS}/batch/read`, {
      inputs: [{ id }, { id: '77' }, { id }],
      properties: ['email', 'unknown_name', 'phone'],
    });
    expect(reply.status).toBe(207);
    expect(reply.body.results).toHaveLength(1);
    expect(reply.body.results[0].properties).toMatchObject({ email: 'ada@example.com', phone: null });
    expect(reply.body.errors[0]).toMatchObject({ category: 'OBJECT_NOT_FOUND', context: { ids: ['77'] } });
  });

  test('more than 100 inputs are refused, and so is the same id twice in an update', async () => {
    const inputs = Array.from({ length: 101 }, (_, index) => ({ id: String(index) }));
    expect((await sandbox.call('POST', `${CONTACTS}/batch/read`, { inputs })).status).toBe(400);
    const id = sandbox.contact();
    const twice = [1, 2].map((n) => ({ id, properties: { firstname: String(n) } }));
    const reply = await sandbox.call('POST', `${CONTACTS}/batch/update`, { inputs: twice });
    expect(reply.body.message).toContain('Duplicate IDs');
  });

  test('one bad value refuses an update whole, unless every input carries a trace id', async () => {
    const [good, bad] = [sandbox.contact(), sandbox.contact()];
    const inputs = [
      { id: good, properties: { hubspot_owner_id: ANNA } },
      { id: bad, properties: { hubspot_owner_id: 'x' } },
    ];
    expect((await sandbox.call('POST', `${CONTACTS}/batch/update`, { inputs })).status).toBe(400);
    expect(
      sandbox.hubspot.record({ objectType: 'contacts', id: good }).properties.hubspot_owner_id,
    ).toBeUndefined();
    const traced = inputs.map((input, index) => ({ ...input, objectWriteTraceId: `t${index}` }));
    const reply = await sandbox.call('POST', `${CONTACTS}/batch/update`, { inputs: traced });
    expect([reply.status, reply.body.numErrors]).toEqual([207, 1]);
    expect(reply.body.errors[0].context.objectWriteTraceId).toEqual(['t1']);
    expect(sandbox.hubspot.record({ objectType: 'contacts', id: good }).properties.hubspot_owner_id).toBe(
      ANNA,
    );
  });

  test('an upsert says which records are new', async () => {
    sandbox.contact({ email: 'ada@example.com' });
    const inputs = ['ada', 'bob'].map((name) => ({
      id: `${name}@example.com`,
      idProperty: 'email',
      properties: { firstname: name },
    }));
    const reply = await sandbox.call('POST', `${CONTACTS}/batch/upsert`, { inputs });
    expect(reply.body.results.map((one: { new: boolean }) => one.new)).toEqual([false, true]);
  });
});

describe('limits', () => {
  test('110 requests in 10 seconds, counted down in headers; the next is 429 until the window moves on', async () => {
    const scheduler = createManualScheduler(Date.now());
    const slow = await openSandbox({ scheduler });
    const owners = () => slow.call('GET', '/crm/owners/2026-03?limit=1');
    const first = await owners();
    expect(first.headers.get('x-hubspot-ratelimit-max')).toBe('110');
    expect(first.headers.get('x-hubspot-ratelimit-remaining')).toBe('109');
    expect(first.headers.get('x-hubspot-ratelimit-interval-milliseconds')).toBe('10000');
    for (let n = 1; n < 110; n++) expect((await owners()).status).toBe(200);
    const refused = await owners();
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' });
    scheduler.advance(10_001);
    expect((await owners()).status).toBe(200);
    expect(slow.hubspot.stats().rateLimited).toBe(1);
    await slow.close();
  });

  test('searches have a limit of their own for the whole account, without headers', async () => {
    const scheduler = createManualScheduler(Date.now());
    const slow = await openSandbox({ scheduler });
    const search = () => slow.call('POST', `${CONTACTS}/search`, { filterGroups: [], limit: 1 });
    for (let n = 0; n < 5; n++) expect((await search()).status).toBe(200);
    const refused = await search();
    expect([refused.status, refused.body.message]).toEqual([429, 'You have reached your secondly limit.']);
    expect(refused.headers.get('x-hubspot-ratelimit-max')).toBeNull();
    expect((await slow.call('GET', '/crm/owners/2026-03')).headers.get('x-hubspot-ratelimit-remaining')).toBe(
      '109',
    );
    await slow.close();
  });

  test('a search sees what the lagging index holds', async () => {
    const scheduler = createManualScheduler(Date.now());
    const slow = await openSandbox({ scheduler });
    slow.hubspot.setSearchLag(3000);
    slow.contact({ email: 'late@example.com' });
    const search = async () => (await slow.call('POST', `${CONTACTS}/search`, { query: 'late' })).body.total;
    expect(await search()).toBe(0);
    scheduler.advance(3001);
    expect(await search()).toBe(1);
    await slow.close();
  });
});

describe('failures on demand', () => {
  const read = (id: string) => sandbox.call('GET', `${CONTACTS}/${id}`);

  test.each([
    [{ kind: '429' }, 429],
    [{ kind: '5xx', status: 502 }, 502],
    [{ kind: '423' }, 423],
    [{ kind: '477', retryAfter: 120 }, 477],
  ] as const)('%o', async (fault, status) => {
    const id = sandbox.contact();
    sandbox.hubspot.setFaults([{ ...fault, times: 1 }]);
    const reply = await read(id);
    expect(reply.status).toBe(status);
    if (status === 477) expect(reply.headers.get('retry-after')).toBe('120');
    expect((await read(id)).status).toBe(200);
  });

  test.each(['reset', 'truncated'] as const)('%s breaks the reply after the work is done', async (kind) => {
    const id = sandbox.contact();
    sandbox.hubspot.setFaults([{ kind, method: 'PATCH' }]);
    await expect(patch(id, { firstname: 'Written' })).rejects.toThrow();
    expect(sandbox.hubspot.record({ objectType: 'contacts', id }).properties.firstname).toBe('Written');
  });

  test('a reset before the work leaves the record alone', async () => {
    const id = sandbox.contact();
    sandbox.hubspot.setFaults([{ kind: 'reset', when: 'before' }]);
    await expect(patch(id, { firstname: 'Written' })).rejects.toThrow();
    expect(sandbox.hubspot.record({ objectType: 'contacts', id }).properties.firstname).toBeUndefined();
  });
});

describe('OAuth', () => {
  const token = async (form: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({
      client_id: 'sandbox-hubspot-client',
      client_secret: 'sandbox-hubspot-secret',
      ...form,
    });
    const reply = await fetch(`${sandbox.url}/hubspot/oauth/2026-03/token`, { method: 'POST', body });
    return { status: reply.status, body: await reply.json() };
  };
  const redirect = 'https://fairlead.example/oauth/hubspot/callback';
  const authorize = async () => {
    const query = new URLSearchParams({
      client_id: 'sandbox-hubspot-client',
      redirect_uri: redirect,
      scope: 'oauth crm.objects.contacts.read',
      state: 's1',
      approve: '1',
    });
    const reply = await fetch(`${sandbox.url}/hubspot/app/oauth/authorize?${query}`, { redirect: 'manual' });
    return new URL(reply.headers.get('location') ?? '');
  };

  test('a code is good once, and the refresh token until the app is uninstalled', async () => {
    const back = await authorize();
    expect(back.searchParams.get('state')).toBe('s1');
    const code = back.searchParams.get('code') ?? '';
    const granted = await token({ grant_type: 'authorization_code', code, redirect_uri: redirect });
    expect(granted.body).toMatchObject({ token_type: 'bearer', expires_in: 1800, hub_id: 8001 });
    const again = await token({ grant_type: 'authorization_code', code, redirect_uri: redirect });
    expect([again.status, again.body.status]).toEqual([400, 'BAD_AUTH_CODE']);
    const { refresh_token } = granted.body;
    expect((await token({ grant_type: 'refresh_token', refresh_token })).status).toBe(200);
    const gone = await sandbox.call(
      'DELETE',
      '/appinstalls/2026-09/external-install',
      undefined,
      granted.body.access_token,
    );
    expect(gone.status).toBe(204);
    const revoked = await token({ grant_type: 'refresh_token', refresh_token });
    expect([revoked.status, revoked.body.error, revoked.body.status]).toEqual([
      400,
      'invalid_grant',
      'BAD_REFRESH_TOKEN',
    ]);
  });

  test('a wrong redirect_uri and a wrong secret are refused', async () => {
    const code = (await authorize()).searchParams.get('code') ?? '';
    const elsewhere = await token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: 'https://elsewhere.example',
    });
    expect(elsewhere.body.status).toBe('BAD_REDIRECT_URI');
    const forged = await token({ grant_type: 'refresh_token', refresh_token: 'x', client_secret: 'guess' });
    expect(forged.body.status).toBe('BAD_CLIENT_SECRET');
  });
});
