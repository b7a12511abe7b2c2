import { afterEach, describe, expect, test, vi } from 'vitest';
import { openPipedriveCompany, type TestCompany } from '../support/pipedrive-company.ts';
import { sandboxForAllTests } from '../support/sandbox-for-all-tests.ts';

const sandbox = sandboxForAllTests();
afterEach(() => vi.restoreAllMocks());

describe('people, open work and what changed', () => {
  test('active users, as they are when they are asked for', async () => {
    const company = openPipedriveCompany(sandbox());
    const read = () => company.connector.directory.read(company.connection, []);
    const people = await read();
    expect(people.map(({ email }) => email)).not.toContain('owner.9@example.com');
    expect(people.find(({ email }) => email === 'owner.1@example.com')).toMatchObject({
      kind: 'owner',
      externalId: company.owner('1'),
      details: { userId: company.owner('1') },
      times: { timezone: 'Etc/UTC' },
    });
    // Users, and the teams they are in.
    expect(sandbox().pipedrive.stats().apiCalls).toBe(2);
    const user = company.account.tables.user.get(company.owner('1'))!;
    company.account.tables.user.set(company.owner('1'), { ...user, active_flag: false });
    expect((await read()).map(({ email }) => email)).not.toContain('owner.1@example.com');
  });

  test('open leads of everybody are one call', async () => {
    const company = openPipedriveCompany(sandbox());
    const owner_id = Number(company.owner('1'));
    for (const values of [{ owner_id }, { owner_id }, { owner_id }]) company.lead(values);
    const [last] = company.rows('lead');
    company.pipedrive.update({ domain: company.domain, id: last!.id, values: { is_archived: true } });
    expect(await company.connector.countOpenWork(company.connection, [])).toEqual({ [owner_id]: 2 });
    expect(sandbox().pipedrive.stats().apiCalls).toBe(1);
  });

  test('a look brings leads that changed, and those that became deals; archived and deleted ones come by the hour', async () => {
    let at = Date.now();
    const company = openPipedriveCompany(sandbox(), { now: () => at });
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

  test('a look is itself the read: the person and the organisation of what is news come in lists', async () => {
    const company = openPipedriveCompany(sandbox());
    const { connection, connector } = company;
    const sources = { email: 'person.email', country: 'organization.address.country', title: 'lead.title' };
    const from = { cursor: null, now: Date.now(), sources };
    const leads = Array.from({ length: 120 }, (_, index) =>
      company.lead({
        title: `Lead ${index}`,
        person: { name: 'Ada', emails: [{ value: `ada.${index}@example.com` }] },
        organization: { name: 'Harbour', address: { country: 'Germany' } },
      }),
    );
    const { records } = await connector.changes.read(connection, from);
    const found = new Map(records.map(({ ref, snapshot }) => [ref.recordId, snapshot]));
    for (const [index, id] of leads.entries())
      expect(found.get(id)?.raw).toEqual({
        email: `ada.${index}@example.com`,
        country: 'Germany',
        title: `Lead ${index}`,
      });
    const ref = company.ref(leads[7]!);
    expect([found.get(leads[7]!)]).toEqual(await connector.reader.read(connection, [{ ref, sources }]));
    sandbox().pipedrive.resetStats();
    const again = await connector.changes.read(connection, { ...from, isTold: () => true });
    expect(again.records.map(({ stamp }) => stamp)).toEqual(records.map(({ stamp }) => stamp));
    expect(sandbox().pipedrive.stats().byKind).toEqual({ 'GET v1/leads': 1, 'GET v2/deals': 1 });
  });

  test('persons are looked at where they enter by themselves', async () => {
    const company = openPipedriveCompany(sandbox());
    const { connector } = company;
    const connection = {
      ...company.connection,
      settings: { ...company.connection.settings, intake: ['person'] },
    };
    const from = { cursor: null, now: Date.now(), sources: { email: 'person.email' } };
    company.lead({ person: { name: 'Ada', emails: [{ value: 'ada@example.com' }] } });
    const [person] = company.rows('person');
    const { records } = await connector.changes.read(connection, from);
    expect(records.find(({ ref }) => ref.objectType === 'person')).toMatchObject({
      ref: { recordId: String(person!.id) },
      snapshot: { raw: { email: 'ada@example.com' } },
    });
  });

  test('a lead that is changed between two pages moves no other past the look', async () => {
    let at = Date.now() - 3_600_000;
    const company = openPipedriveCompany(sandbox(), { now: () => at });
    const { account, connection, domain, pipedrive } = company;
    const ids = Array.from({ length: 1_100 }, () => company.lead());
    // As if they had come within the hour, a few each second.
    for (const [index, id] of ids.entries()) {
      const row = account.tables.lead.get(id)!;
      account.tables.lead.set(id, { ...row, update_time: new Date(at + index * 100).toISOString() });
    }
    const cursor = JSON.stringify({ since: at - 1_000, archivedSince: at, archivedAt: at });
    const real = globalThis.fetch;
    let pages = 0;
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      const reply = await real(input, init);
      if (/v1\/leads\?/.test(String(input)) && ++pages === 1)
        for (const id of ids.slice(0, 5)) pipedrive.update({ domain, id, values: { title: 'Changed' } });
      return reply;
    });
    at = Date.now();
    const { records } = await company.connector.changes.read(connection, { cursor, now: at, sources: {} });
    const seen = new Set(records.map(({ ref }) => ref.recordId));
    expect(ids.filter((id) => !seen.has(id))).toEqual([]);
    expect(seen.size).toBe(records.length);
  });

  test('the next look begins by the clock of Pipedrive, however fast ours goes', async () => {
    const at = Date.now() + 10 * 60_000;
    const company = openPipedriveCompany(sandbox(), { now: () => at });
    const { connection, connector } = company;
    const look = (cursor: string | null) =>
      connector.changes.read(connection, { cursor, now: at, sources: {} });
    const seen = company.lead();
    const since = Date.now() - 60_000;
    const first = await look(JSON.stringify({ since, archivedSince: since, archivedAt: at }));
    expect(first.records.map(({ ref }) => ref.recordId)).toEqual([seen]);
    const later = company.lead();
    const second = await look(first.cursor);
    expect(second.records.map(({ ref }) => ref.recordId)).toContain(later);
  });

  test('the first word with each lead is found by one list', async () => {
    const company = openPipedriveCompany(sandbox());
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
    expect(sandbox().pipedrive.stats().apiCalls).toBe(1);
  });

  test('it is found behind more activities of other leads than are looked through', async () => {
    const company = openPipedriveCompany(sandbox());
    const { account, connection, connector, domain, pipedrive } = company;
    const [other, called] = [company.lead(), company.lead()];
    const since = Date.now() - 3_600_000;
    const phone = (lead_id: string) => {
      const { id } = pipedrive.create({ domain, objectType: 'activity', values: { type: 'call', lead_id } });
      pipedrive.update({ domain, objectType: 'activity', id, values: { done: true } });
      return id;
    };
    const first = account.tables.activity.get(String(phone(other)))!;
    for (let id = -5_100; id < 0; id++)
      account.tables.activity.set(String(id), {
        ...first,
        id,
        update_time: new Date(since + 1_000).toISOString(),
      });
    phone(called);
    const [at] = await connector.firstActivity!(connection, [{ ref: company.ref(called), since }]);
    expect(at).toBeGreaterThanOrEqual(since);
  });
});

describe('registrations', () => {
  const keep = (company: TestCompany) => company.connector.keepPush!(company.connection);

  test('what is missing is made, what is off or was tampered with is replaced, what stands is left', async () => {
    const company = openPipedriveCompany(sandbox());
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
    sandbox().pipedrive.resetStats();
    await keep(company);
    expect(sandbox().pipedrive.stats().byKind).toEqual({ 'GET v1/webhooks': 1 });
    company.account.webhooks.delete(made[1]!.id);
    made[0]!.is_active = 0;
    await keep(company);
    const after = [...company.account.webhooks.values()].map(({ view }) => view);
    expect(after).toHaveLength(4);
    expect(after.every(({ is_active }) => is_active === 1)).toBe(true);
  });

  test('where a user has all the webhooks there are, it is said what to do', async () => {
    const company = openPipedriveCompany(sandbox());
    await keep(company);
    const { view } = [...company.account.webhooks.values()][0]!;
    for (let id = 900; id < 940; id++) {
      const other = structuredClone(company.account.webhooks.get(view.id)!);
      company.account.webhooks.set(id, {
        ...other,
        view: { ...other.view, id, name: 'Theirs', subscription_url: 'https://x.example' },
      });
    }
    company.account.webhooks.delete(view.id);
    await expect(keep(company)).rejects.toThrow(/delete some that are no longer used/);
  });
});
