import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import type { Delivery, DeliveryBody } from '../../server/assignments/ports.ts';
import type { NewRecord } from '../../server/crm/connector.ts';
import { gatherReads } from '../../server/crm/gather-reads.ts';
import { createAddresses } from '../../server/crm/pipedrive/addresses.ts';
import { OAUTH_URL } from '../../server/crm/pipedrive/facts.ts';
import { createPipedriveRefresher } from '../../server/crm/pipedrive/oauth.ts';
import { TENANT } from '../support/delivery-rows.ts';
import { decisionView } from '../support/hubspot-portal.ts';
import { openPipedriveCompany, type TestCompany } from '../support/pipedrive-company.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ port: 0 });
});
afterEach(() => {
  sandbox.pipedrive.setFaults([]);
  sandbox.pipedrive.resetStats();
});
afterAll(() => sandbox.close());

const SOURCES = {
  country: 'organization.address.country',
  employees: 'organization.employee_count',
  amount: 'lead.value',
};
const readerOf = (company: TestCompany) =>
  gatherReads({ readers: [company.connector.reader], connection: async () => company.connection });
const soon = () => Date.now() + 20_000;

describe('reading records through', () => {
  test('a lead with its person and its organisation, for four tokens', async () => {
    const company = openPipedriveCompany(sandbox);
    const id = company.lead({
      value: { amount: 500, currency: 'EUR' },
      person: {
        name: 'Ada Lovelace',
        emails: [{ value: 'old@example.com' }, { value: 'ada@example.com', primary: true }],
        phones: [{ value: '+372 5551' }],
      },
      organization: { name: 'Engines', employee_count: 12, address: { country: 'Estonia' } },
    });
    expect(await readerOf(company).read(company.ref(id), SOURCES)).toEqual({
      ref: company.ref(id),
      raw: { country: 'Estonia', employees: '12', amount: '500' },
      person: {
        name: 'Ada Lovelace',
        company: 'Engines',
        email: 'ada@example.com',
        phone: '+372 5551',
        source: 'Manually created',
        message: null,
        url: `${company.connection.settings.apiDomain}/leads/inbox/${id}`,
      },
      ownerId: company.nobody,
      gone: null,
      alwaysOwned: true,
      open: true,
    });
    expect(sandbox.pipedrive.stats().tokens).toBe(4);
  });

  test('many leads: persons in one list, an organisation once and then from memory', async () => {
    const company = openPipedriveCompany(sandbox);
    const org = company.pipedrive.create({
      domain: company.domain,
      objectType: 'organization',
      values: { name: 'Yard' },
    });
    const ids = Array.from({ length: 30 }, () => company.lead({ organization_id: org.id }));
    const reader = readerOf(company);
    await reader.read(company.ref(ids[0]!), SOURCES);
    sandbox.pipedrive.resetStats();
    await Promise.all(ids.map((id) => reader.read(company.ref(id), SOURCES)));
    expect(sandbox.pipedrive.stats().byKind).toEqual({ 'GET v1/leads/{id}': 30, 'GET v2/persons': 1 });
  });

  test('archived, deleted, converted and unknown leads are told apart', async () => {
    const company = openPipedriveCompany(sandbox);
    const { domain, pipedrive } = company;
    const [archived, deleted, converted] = [company.lead(), company.lead(), company.lead()];
    pipedrive.update({ domain, id: archived, values: { is_archived: true } });
    pipedrive.remove({ domain, id: deleted });
    pipedrive.convert({ domain, id: converted });
    const reader = readerOf(company);
    const gone = await Promise.all(
      [archived, deleted, converted, '7f0a8b50-1b0e-4c5c-9d4c-0a5b5c5d5e5f'].map(
        async (id) => (await reader.read(company.ref(id), SOURCES)).gone,
      ),
    );
    expect(gone).toEqual(['archived', 'missing', 'converted', 'missing']);
  });

  test('deals and persons are records too', async () => {
    const company = openPipedriveCompany(sandbox);
    const id = company.lead();
    const person = String(company.record(id).person_id);
    const deal = company.pipedrive.convert({ domain: company.domain, id });
    const reader = readerOf(company);
    expect(await reader.read(company.ref(String(deal.id), 'deal'), { status: 'deal.status' })).toMatchObject({
      raw: { status: 'open' },
      person: { name: 'Ada Lovelace' },
      open: true,
    });
    expect(await reader.read(company.ref(person, 'person'), {})).toMatchObject({
      person: { name: 'Ada Lovelace' },
      ownerId: company.nobody,
    });
  });

  test.each(['503', 'truncated', 'reset', 'burst', 'daily_limit', 'blocked'] as const)(
    'a read that ends with %s may be tried again',
    async (kind) => {
      const company = openPipedriveCompany(sandbox);
      const id = company.lead();
      sandbox.pipedrive.setFaults([{ kind, path: '/leads/', times: 1 }]);
      await expect(readerOf(company).read(company.ref(id), SOURCES)).rejects.toMatchObject({
        retryable: true,
      });
    },
  );

  test('after a page of the content network nothing more is sent for a while', async () => {
    let at = Date.now();
    const company = openPipedriveCompany(sandbox, { now: () => at });
    const id = company.lead();
    sandbox.pipedrive.setFaults([{ kind: 'blocked', times: 1 }]);
    const read = () => readerOf(company).read(company.ref(id), SOURCES);
    await expect(read()).rejects.toMatchObject({ code: 'crm_read_failed' });
    sandbox.pipedrive.resetStats();
    await expect(read()).rejects.toMatchObject({ code: 'rate_limited' });
    expect(sandbox.pipedrive.stats().apiCalls).toBe(0);
    at += 5 * 60_000 + 1;
    expect((await read()).gone).toBeNull();
  });

  test('a token that ended is renewed once; one that stays refused disconnects', async () => {
    const company = openPipedriveCompany(sandbox);
    const id = company.lead();
    sandbox.pipedrive.setFaults([{ kind: '401', times: 1 }]);
    expect((await readerOf(company).read(company.ref(id), SOURCES)).gone).toBeNull();
    sandbox.pipedrive.setFaults([{ kind: '401' }]);
    await expect(readerOf(company).read(company.ref(id), SOURCES)).rejects.toMatchObject({
      code: 'needs_reconnecting',
    });
  });
});

describe('limits', () => {
  test('how much of the day all apps have used is told as the last reply had it', async () => {
    const { connector, connection, domain } = openPipedriveCompany(sandbox);
    const limits = sandbox.pipedrive.limits(domain);
    limits.set({ dailyTokens: 1_000 });
    limits.spend(100);
    expect(connector.usage?.(connection)).toBeNull();
    await connector.directory.read(connection, []);
    expect(connector.usage?.(connection)).toEqual({
      limit: 'tokens a day',
      used: 120,
      of: 1_000,
      resetsAt: null,
    });
  });

  test('our calls leave the last of the day to the customer’s other apps, looking around first', async () => {
    const company = openPipedriveCompany(sandbox);
    const limits = sandbox.pipedrive.limits(company.domain);
    limits.set({ dailyTokens: 1_000 });
    const looks = (purpose: 'background' | 'read') =>
      company.call(company.connection, {
        method: 'GET',
        path: '/v1/users/me',
        purpose,
        until: Date.now() + 50,
      });
    limits.spend(800);
    await looks('read');
    await expect(looks('background')).rejects.toMatchObject({ code: 'rate_limited' });
    await looks('read');
    limits.spend(170);
    await looks('read');
    await expect(looks('read')).rejects.toMatchObject({ code: 'rate_limited' });
    expect(limits.usage().refused).toBe(0);
  });

  test('two hundred calls and thirty searches at once run into no limit', async () => {
    const company = openPipedriveCompany(sandbox);
    const limits = sandbox.pipedrive.limits(company.domain);
    limits.set({ burst: 80 });
    const { connection } = company;
    const until = Date.now() + 30_000;
    await Promise.all([
      ...Array.from({ length: 200 }, () =>
        company.call(connection, { method: 'GET', path: '/v1/users/me', purpose: 'read', until }),
      ),
      ...Array.from({ length: 30 }, (_, index) =>
        company.call(connection, {
          method: 'GET',
          path: '/api/v2/persons/search',
          query: { term: `nobody${index}` },
          search: true,
          purpose: 'read',
          until,
        }),
      ),
    ]);
    expect(limits.usage().refused).toBe(0);
  }, 40_000);
});

describe('people, open work and what changed', () => {
  test('active users; asked for again within ten minutes, no call', async () => {
    const company = openPipedriveCompany(sandbox);
    const people = await company.connector.directory.read(company.connection, []);
    await company.connector.directory.read(company.connection, []);
    expect(people.map(({ email }) => email)).not.toContain('owner.9@example.com');
    expect(people.find(({ email }) => email === 'owner.1@example.com')).toMatchObject({
      kind: 'owner',
      externalId: company.owner('1'),
      details: { userId: company.owner('1') },
      times: { timezone: 'Etc/UTC' },
    });
    expect(sandbox.pipedrive.stats().apiCalls).toBe(1);
  });

  test('open leads of everybody are one call', async () => {
    const company = openPipedriveCompany(sandbox);
    const owner_id = Number(company.owner('1'));
    for (const values of [{ owner_id }, { owner_id }, { owner_id }]) company.lead(values);
    const [last] = company.rows('lead');
    company.pipedrive.update({ domain: company.domain, id: last!.id, values: { is_archived: true } });
    expect(await company.connector.countOpenWork(company.connection, [])).toEqual({ [owner_id]: 2 });
    expect(sandbox.pipedrive.stats().apiCalls).toBe(1);
  });

  test('a look brings leads that changed, and those that became deals; archived and deleted ones come by the hour', async () => {
    let at = Date.now();
    const company = openPipedriveCompany(sandbox, { now: () => at });
    const { connection, connector, domain, pipedrive } = company;
    const look = (cursor: string | null) =>
      connector.changes.read(connection, { cursor, now: at, sources: {} });
    const first = await look(null);
    const [stays, converted, archived] = [company.lead(), company.lead(), company.lead()];
    pipedrive.convert({ domain, id: converted });
    pipedrive.update({ domain, id: archived, values: { is_archived: true } });
    const second = await look(first.cursor);
    const found = new Map(second.records.map((one) => [one.ref.recordId, one]));
    expect([...found.keys()].sort()).toEqual([stays, converted].sort());
    expect(found.get(converted)?.snapshot?.gone).toBe('converted');
    at += 61 * 60_000;
    pipedrive.remove({ domain, id: stays });
    const listed = company.lead();
    pipedrive.update({ domain, id: listed, values: { title: 'There' } });
    const third = await connector.changes.read(connection, {
      cursor: second.cursor,
      now: at,
      sources: {},
      openRecords: async () => [company.ref(stays), company.ref(listed)],
    });
    const stamps = new Map(third.records.map(({ ref, stamp }) => [ref.recordId, stamp]));
    expect(stamps.get(archived)).toBeDefined();
    expect(stamps.get(stays)).toMatch(/^not listed/);
    expect(stamps.get(listed)).not.toMatch(/^not listed/);
  });

  test('the first word with each lead is found by one list', async () => {
    const company = openPipedriveCompany(sandbox);
    const { connection, connector, domain, pipedrive } = company;
    const [called, untouched] = [company.lead(), company.lead()];
    const since = Date.now() - 60_000;
    const call = pipedrive.create({
      domain,
      objectType: 'activity',
      values: { type: 'call', lead_id: called },
    });
    pipedrive.update({ domain, objectType: 'activity', id: call.id, values: { done: true } });
    const wanted = [called, untouched].map((id) => ({ ref: company.ref(id), since }));
    const [first, none] = await connector.firstActivity!(connection, wanted);
    expect(first).toBeGreaterThanOrEqual(since);
    expect(none).toBeNull();
    expect(sandbox.pipedrive.stats().apiCalls).toBe(1);
  });
});

describe('registrations', () => {
  const keep = (company: TestCompany) => company.connector.keepPush!(company.connection);

  test('what is missing is made, what is off or was tampered with is replaced, what stands is left', async () => {
    const company = openPipedriveCompany(sandbox);
    await keep(company);
    const made = [...company.account.webhooks.values()].map(({ view }) => view);
    expect(made.map(({ event_object }) => event_object).sort()).toEqual(['deal', 'lead', 'person', 'user']);
    expect(made[0]).toMatchObject({
      event_action: '*',
      version: '2.0',
      subscription_url: 'https://leads.example.com/pipedrive/webhooks',
      http_auth_user: company.connection.id,
      http_auth_password: 's'.repeat(43),
    });
    sandbox.pipedrive.resetStats();
    await keep(company);
    expect(sandbox.pipedrive.stats().byKind).toEqual({ 'GET v1/webhooks': 1 });
    company.account.webhooks.delete(made[1]!.id);
    made[0]!.is_active = 0;
    await keep(company);
    const after = [...company.account.webhooks.values()].map(({ view }) => view);
    expect(after).toHaveLength(4);
    expect(after.every(({ is_active }) => is_active === 1)).toBe(true);
  });
});

describe('writing', () => {
  const sender = (company: TestCompany) =>
    company.connector.sender({
      decisionsById: async (_tenant, ids) => new Map(ids.map((id) => [id, decisionView(id)])),
      clock: { now: Date.now },
    });

  const delivery = (body: DeliveryBody, changes: Partial<Delivery> = {}): Delivery =>
    ({
      ...body,
      id: `dlv_${Math.random()}`,
      tenantId: TENANT,
      connectionId: 'con_1',
      assignmentId: null,
      version: 1,
      key: 'k',
      attempts: 1,
      createdAt: Date.now(),
      failures: 0,
      ...changes,
    }) as Delivery;

  const ownerWrite = (company: TestCompany, id: string, ownerId: string, decisionId = 'dec_1') =>
    delivery({
      kind: 'owner_write',
      body: { record: company.ref(id), ownerId, decisionId, expectedOwnerId: company.nobody },
    });

  const send = (company: TestCompany, ...deliveries: Delivery[]) =>
    sender(company).send(company.connection, deliveries, soon());

  test('an owner and one pinned note; a later decision is written over it', async () => {
    const company = openPipedriveCompany(sandbox);
    const id = company.lead();
    expect(await send(company, ownerWrite(company, id, company.owner('1')))).toEqual([{ outcome: 'done' }]);
    const again = delivery({ kind: 'reason_write', body: { record: company.ref(id), decisionId: 'dec_2' } });
    expect(await send(company, again)).toEqual([{ outcome: 'done' }]);
    expect(String(company.record(id).owner_id)).toBe(company.owner('1'));
    expect(company.rows('note')).toMatchObject([
      { lead_id: id, pinned_to_lead_flag: true, content: expect.stringContaining('Fairlead decision dec_2') },
    ]);
  });

  test('a lead costs what its page says: 48 tokens of the day', async () => {
    const company = openPipedriveCompany(sandbox);
    const id = company.lead();
    sandbox.pipedrive.resetStats();
    await send(company, ownerWrite(company, id, company.owner('1')));
    expect(sandbox.pipedrive.stats().tokens).toBe(2 + 10 + 2 + 20 + 10);
  });

  test('a person’s choice stays; a lead that is gone needs nothing; an inactive owner is named', async () => {
    const company = openPipedriveCompany(sandbox);
    const { domain, pipedrive } = company;
    const [chosen, gone, refused] = [company.lead(), company.lead(), company.lead()];
    pipedrive.changeOwner({ domain, id: chosen, ownerId: company.owner('3') });
    pipedrive.remove({ domain, id: gone });
    const inactive = String(pipedrive.userId('owner.9@example.com', domain));
    const results = await send(
      company,
      ownerWrite(company, chosen, company.owner('1')),
      ownerWrite(company, gone, company.owner('1')),
      ownerWrite(company, refused, inactive),
    );
    expect(results).toMatchObject([
      { outcome: 'overtaken', ownerId: company.owner('3') },
      { outcome: 'refused', code: 'record_gone' },
      { outcome: 'refused', code: 'rejected', remedy: expect.stringContaining('is not active') },
    ]);
    expect(company.rows('note')).toHaveLength(0);
  });

  test('the reply that never came: the next try finds the owner standing and adds the note once', async () => {
    const company = openPipedriveCompany(sandbox);
    const id = company.lead();
    sandbox.pipedrive.setFaults([{ kind: 'reset', method: 'PATCH', times: 1 }]);
    const write = ownerWrite(company, id, company.owner('2'));
    expect(await send(company, write)).toMatchObject([{ outcome: 'retry' }]);
    sandbox.pipedrive.setFaults([{ kind: 'reset', method: 'POST', path: '/notes', times: 1 }]);
    expect(await send(company, write)).toMatchObject([{ outcome: 'retry' }]);
    expect(await send(company, write)).toEqual([{ outcome: 'done' }]);
    expect(String(company.record(id).owner_id)).toBe(company.owner('2'));
    expect(company.rows('note')).toHaveLength(1);
  });

  test('the reason goes into the custom field too, where the connection names one', async () => {
    const company = openPipedriveCompany(sandbox);
    const reasonField = 'a'.repeat(40);
    const connection = { ...company.connection, settings: { ...company.connection.settings, reasonField } };
    const id = company.lead();
    const write = ownerWrite(company, id, company.owner('1'));
    await sender(company).send(connection, [write], soon());
    expect(company.record(id)[reasonField]).toBe(`${decisionView('dec_1').reason} (dec_1)`);
    sandbox.pipedrive.resetStats();
    await sender(company).send(connection, [write], soon());
    expect(sandbox.pipedrive.stats().byKind['PATCH v1/leads/{id}']).toBeUndefined();
  });

  test('a task is made once, whatever became of the reply', async () => {
    const company = openPipedriveCompany(sandbox);
    const id = company.lead();
    const body: DeliveryBody = {
      kind: 'task',
      body: { record: company.ref(id), ownerId: company.owner('1'), decisionId: 'dec_1' },
    };
    sandbox.pipedrive.setFaults([{ kind: 'reset', path: '/activities', times: 1 }]);
    expect(await send(company, delivery(body))).toMatchObject([{ outcome: 'retry' }]);
    expect(await send(company, delivery(body, { attempts: 2 }))).toEqual([{ outcome: 'done' }]);
    expect(company.rows('activity')).toMatchObject([
      { lead_id: id, owner_id: Number(company.owner('1')), type: 'task', done: false },
    ]);
  });
});

describe('leads that enter from elsewhere', () => {
  const newRecord = (company: TestCompany, changes: Partial<NewRecord> = {}) => ({
    key: 'fl_key_1',
    person: {
      name: 'Grace Hopper',
      company: 'Yard',
      email: 'grace@example.com',
      phone: null,
      source: null,
      message: null,
      url: null,
    },
    values: { 'organization.employee_count': '40', 'organization.address.country': 'Estonia' },
    ownerId: company.owner('1'),
    decision: decisionView('dec_1'),
    mayExist: false,
    ...changes,
  });

  test('a lead is made with its person, its organisation and its owner, and found by its e-mail', async () => {
    const company = openPipedriveCompany(sandbox);
    const { connection } = company;
    const entry = company.connector.entry!;
    const people = [
      { email: 'GRACE@example.com', phone: null },
      { email: 'nobody@example.com', phone: null },
    ];
    expect(await entry.find(connection, people)).toEqual([null, null]);
    const [entered] = await entry.create(connection, [newRecord(company)], soon());
    expect(entered).toMatchObject({ kind: 'entered', existed: false, ref: { objectType: 'lead' } });
    expect(company.rows('lead')).toMatchObject([
      { origin_id: 'fl_key_1', owner_id: Number(company.owner('1')), title: 'Grace Hopper, Yard' },
    ]);
    expect(company.rows('organization')).toMatchObject([
      { name: 'Yard', employee_count: 40, address: { country: 'Estonia' } },
    ]);
    const [found, none] = await entry.find(connection, people);
    expect(found?.recordId).toBe(company.rows('lead')[0]?.id);
    expect(none).toBeNull();
  });

  test.each(['/persons', '/organizations', '/v1/leads'])(
    'a reply of POST %s that never came leaves no twin',
    async (path) => {
      const company = openPipedriveCompany(sandbox);
      const entry = company.connector.entry!;
      sandbox.pipedrive.setFaults([{ kind: 'reset', method: 'POST', path, times: 1 }]);
      const [first] = await entry.create(company.connection, [newRecord(company)], soon());
      expect(first).toMatchObject({ kind: 'failed', result: { outcome: 'retry' } });
      const again = { ...newRecord(company), mayExist: true };
      const [second] = await entry.create(company.connection, [again], soon());
      expect(second).toMatchObject({ kind: 'entered' });
      expect(company.rows('lead')).toHaveLength(1);
      expect(company.rows('person')).toHaveLength(1);
      expect(company.rows('organization')).toHaveLength(1);
    },
  );

  test('an unknown outcome is asked for by the key before a second try', async () => {
    const company = openPipedriveCompany(sandbox);
    const entry = company.connector.entry!;
    const record = newRecord(company, { person: { ...newRecord(company).person, email: null } });
    sandbox.pipedrive.setFaults([{ kind: 'reset', method: 'POST', path: '/v1/leads', times: 1 }]);
    await entry.create(company.connection, [record], soon());
    const [entered] = await entry.create(company.connection, [{ ...record, mayExist: true }], soon());
    expect(entered).toMatchObject({ kind: 'entered', existed: true });
    expect(company.rows('lead')).toHaveLength(1);
    expect(company.rows('person')).toHaveLength(1);
  });

  test('only what is empty is filled', async () => {
    const company = openPipedriveCompany(sandbox);
    const id = company.lead({ organization: { name: 'Yard', employee_count: 7 } });
    const values = {
      'organization.employee_count': '40',
      'organization.website': 'yard.example',
      'person.job_title': 'Captain',
    };
    expect(await company.connector.entry!.fill(company.connection, company.ref(id), values, soon())).toEqual({
      outcome: 'done',
    });
    expect(company.rows('organization')[0]).toMatchObject({ employee_count: 7, website: 'yard.example' });
    expect(company.rows('person')[0]).toMatchObject({ job_title: 'Captain' });
  });

  test('a lead becomes a deal with its owner, once', async () => {
    const company = openPipedriveCompany(sandbox);
    const id = company.lead();
    const convert = () =>
      company.connector.entry!.convert!(
        company.connection,
        [{ ref: company.ref(id), ownerId: company.owner('2') }],
        soon(),
      );
    expect(await convert()).toEqual([{ outcome: 'done' }]);
    expect(await convert()).toEqual([{ outcome: 'done' }]);
    expect(company.rows('deal')).toMatchObject([
      { source_lead_id: id, owner_id: Number(company.owner('2')) },
    ]);
  });
});

test('tokens and secrets go to Pipedrive’s hosts alone', () => {
  const { api } = createAddresses(OAUTH_URL);
  const at = (apiDomain: string) => () => api({ settings: { apiDomain } });
  expect(at('https://harbour.pipedrive.com/')()).toBe('https://harbour.pipedrive.com');
  for (const other of [
    'http://harbour.pipedrive.com',
    'https://harbour.pipedrive.com.evil.example',
    'https://evil.example/harbour.pipedrive.com',
    'https://harbour.pipedrive.com:8443',
    'https://user@evil.example',
    'https://pipedrive.com',
    '',
  ])
    expect(at(other), other).toThrow(/apiDomain must be/);
});

test('a refresh gives a new access token; an ended installation is told from a slip', async () => {
  const company = openPipedriveCompany(sandbox);
  const { refreshToken } = sandbox.pipedrive.install(company.domain);
  const { clientId, clientSecret } = sandbox.pipedrive.app;
  const refresherWith = (secret: string) =>
    createPipedriveRefresher({
      addresses: createAddresses(`${sandbox.url}/pipedrive`),
      clientId,
      clientSecret: secret,
    });
  const refresher = refresherWith(clientSecret);
  expect(await refresher.refresh(refreshToken, company.connection)).toMatchObject({
    ok: true,
    expiresInMs: 3_599_000,
    settings: { apiDomain: sandbox.pipedrive.apiUrl(company.domain) },
  });
  await expect(refresherWith('wrong').refresh(refreshToken, company.connection)).rejects.toMatchObject({
    retryable: true,
  });
  sandbox.pipedrive.revoke(company.domain);
  expect(await refresher.refresh(refreshToken, company.connection)).toEqual({
    ok: false,
    code: 'invalid_grant',
  });
});
