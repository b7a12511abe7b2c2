import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { createScheduler } from '../../sandbox/scheduler.ts';
import type { DeliveryBody } from '../../server/assignments/ports.ts';
import { createZohoChanges } from '../../server/crm/zoho/changes.ts';
import { createZohoDirectory } from '../../server/crm/zoho/directory.ts';
import { createZohoEntry } from '../../server/crm/zoho/entry.ts';
import { readFirstActivity } from '../../server/crm/zoho/first-activity.ts';
import { createPushKeeper } from '../../server/crm/zoho/keep-push.ts';
import { missingSources } from '../../server/crm/zoho/missing-sources.ts';
import { createZohoRefresher } from '../../server/crm/zoho/oauth.ts';
import { countOpenWork } from '../../server/crm/zoho/open-work.ts';
import { createZohoReader } from '../../server/crm/zoho/reader.ts';
import { createZohoSender } from '../../server/crm/zoho/sender.ts';
import { CONNECTION, ownerWrite, TENANT } from '../support/delivery-rows.ts';
import { decisionView } from '../support/hubspot-portal.ts';
import { openZohoOrg, type TestZohoOrg } from '../support/zoho-org.ts';

const HOUR = 3_600_000;
let ahead = 0;
const now = () => Date.now() + ahead;
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ port: 0, scheduler: createScheduler({ now }) });
});
afterEach(() => sandbox.zoho.setFaults([]));
afterAll(() => sandbox.close());

const open = (options: Parameters<typeof openZohoOrg>[1] = {}) => openZohoOrg(sandbox, { now, ...options });
const ref = (recordId: string, objectType = 'lead') => ({
  connectionId: CONNECTION.id,
  objectType,
  recordId,
});
const until = () => now() + 30_000;

describe('reading', () => {
  test('a hundred in one call, whole though more fields are asked than one call takes, gone where they went', async () => {
    const org = open();
    const [known, converted, deleted] = [
      org.lead({ Email: 'a@b.co', No_of_Employees: 12 }),
      org.lead({ Company: 'Acme' }),
      org.lead(),
    ];
    sandbox.zoho.convert({ domain: org.domain, id: converted });
    sandbox.zoho.remove({ domain: org.domain, id: deleted });
    const sources = { employees: 'Lead.No_of_Employees', company: 'leads.Company', other: 'Contact.Email' };
    const reader = createZohoReader(org.call, org.addresses);
    const read = await reader.read(
      org.connection,
      [known, converted, deleted, 'no-id'].map((id) => ({ ref: ref(id), sources })),
    );
    expect(read.map(({ gone }) => gone)).toEqual([null, 'converted', 'missing', 'missing']);
    expect(read[0]).toMatchObject({
      raw: { employees: '12', company: 'Engines', other: null },
      person: { name: 'Lovelace', email: 'a@b.co' },
      ownerId: org.nobody,
      alwaysOwned: true,
      open: true,
    });
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`f${n}`, `Lead.Field_${n}`]));
    const wide = await reader.read(org.connection, [{ ref: ref(known), sources: { ...many, ...sources } }]);
    expect(wide[0]?.raw.employees).toBe('12');
  });

  test('open leads by owner: neither converted nor in a closed status, those without a status too', async () => {
    const org = open();
    const owner = org.idOf('owner.1@example.com');
    for (const Lead_Status of ['Contacted', 'Junk Lead', null])
      org.lead({ Lead_Status, Owner: { id: owner } });
    sandbox.zoho.convert({ domain: org.domain, id: org.lead({ Owner: { id: owner } }) });
    expect(await countOpenWork(org.call, org.connection)).toEqual({ [owner]: 2 });
  });

  test('people with their shift, its zone and their time off; whoever has left or not come is no one', async () => {
    const org = open({
      shifts: [
        {
          name: 'Night',
          timezone: 'Europe/London',
          days: ['Monday'],
          from: '22:00',
          to: '06:00',
          users: ['owner.1@example.com'],
        },
      ],
      users: [
        {
          email: 'Away@example.com',
          firstName: 'A',
          lastName: 'Way',
          manager: 'owner.1@example.com',
          away: [{ from: '2026-12-01T00:00:00Z', to: '2026-12-05T00:00:00Z' }],
        },
        { email: 'new@example.com', firstName: 'N', lastName: 'Ew', status: 'unconfirmed' },
      ],
    });
    const people = await createZohoDirectory(org.call).read(org.connection, []);
    const byEmail = new Map(people.map((person) => [person.email, person]));
    expect([...byEmail.keys()]).not.toContain('owner.9@example.com');
    expect([...byEmail.keys()]).not.toContain('new@example.com');
    expect(byEmail.get('owner.1@example.com')?.times).toEqual({
      timezone: 'Europe/London',
      hours: [[{ from: 1320, to: 1800 }], [], [], [], [], [], []],
    });
    expect(byEmail.get('away@example.com')).toMatchObject({
      details: { managerId: org.idOf('owner.1@example.com') },
      times: {
        timezone: 'America/New_York',
        timeOff: [{ from: Date.parse('2026-12-01'), to: Date.parse('2026-12-05') }],
      },
    });
  });

  test('without the scopes for shifts and time off the people are still there', async () => {
    const org = open({ scopes: ['ZohoCRM.users.READ'] });
    expect(await createZohoDirectory(org.call).read(org.connection, [])).toHaveLength(6);
  });

  test('fields a policy names that the org does not have are told, however the module is written', async () => {
    const org = open();
    const sources = ['Lead.Country', 'leads.City', 'Lead.Shoe_Size', 'Contact.Mailing_City', 'Invoice.Total'];
    expect(await missingSources(org.fields, org.connection, sources)).toEqual([
      'Lead.Shoe_Size',
      'Invoice.Total',
    ]);
  });

  test('the first call, meeting or e-mail since an instant', async () => {
    const org = open();
    const [called, silent, early] = [org.lead(), org.lead(), org.lead()];
    const record = (id: string, kind: 'call' | 'email') =>
      sandbox.zoho.recordActivity({ domain: org.domain, id, kind });
    record(early, 'call');
    ahead += HOUR;
    const since = Math.floor(now() / 1000) * 1000;
    record(called, 'email');
    ahead += HOUR;
    record(called, 'call');
    const found = await readFirstActivity(
      org.call,
      org.connection,
      [called, silent, early, '6756839000000999999'].map((id) => ({ ref: ref(id), since })),
    );
    expect(found.slice(1)).toEqual([null, null, null]);
    expect(Math.abs((found[0] ?? 0) - since)).toBeLessThan(60_000);
  });
});

describe('what changed', () => {
  test('changed, converted and deleted leads since the last look, with snapshots; the second look tells nothing twice', async () => {
    const org = open();
    const changes = createZohoChanges(org.call, org.addresses, 1_000);
    const look = (cursor: string | null) =>
      changes.read(org.connection, { cursor, now: now(), sources: { city: 'Lead.City' } });
    const before = await look(null);
    const [fresh, converted, deleted] = [org.lead({ City: 'Rome' }), org.lead({ Company: 'A' }), org.lead()];
    sandbox.zoho.convert({ domain: org.domain, id: converted });
    sandbox.zoho.remove({ domain: org.domain, id: deleted });
    const found = await look(before.cursor);
    const by = new Map(found.records.map((one) => [one.ref.recordId, one]));
    expect(by.get(fresh)?.snapshot).toMatchObject({ raw: { city: 'Rome' }, gone: null });
    expect(by.get(converted)?.snapshot?.gone).toBe('converted');
    expect(by.get(deleted)?.snapshot?.gone).toBe('missing');
    const again = await look(found.cursor);
    expect(again.records.map(({ stamp }) => stamp).toSorted()).toEqual(
      found.records.map(({ stamp }) => stamp).toSorted(),
    );
    sandbox.zoho.changeOwner({ domain: org.domain, id: fresh, ownerId: org.idOf('owner.1@example.com') });
    const later = await look(again.cursor);
    expect(later.records.find(({ ref: { recordId } }) => recordId === fresh)?.stamp).not.toBe(
      by.get(fresh)?.stamp,
    );
    ahead += 10 * 60_000;
    const last = org.lead();
    const quiet = await look((await look(later.cursor)).cursor);
    // The latest of each is looked at again, known by its stamp.
    expect(quiet.records.map(({ ref: { recordId } }) => recordId)).toEqual([last, deleted]);
  });

  test('more than pages reach go on in the next look, none is left out', async () => {
    const org = open();
    const changes = createZohoChanges(org.call, org.addresses, 1_000);
    const first = await changes.read(org.connection, { cursor: null, now: now(), sources: {} });
    const ids = new Set<string>();
    for (let n = 0; n < 2_300; n++) {
      if (n % 500 === 0) ahead += 2_000;
      ids.add(org.lead());
    }
    const seen = new Set<string>();
    let { cursor } = first;
    for (let looks = 0; looks < 3; looks++) {
      const found = await changes.read(org.connection, { cursor, now: now(), sources: {} });
      for (const {
        ref: { recordId },
      } of found.records)
        seen.add(recordId);
      cursor = found.cursor;
    }
    expect([...ids].filter((id) => !seen.has(id))).toEqual([]);
  });
});

const delivery = (body: DeliveryBody, attempts = 1) => ({
  ...body,
  id: `dlv_${Math.random()}`,
  tenantId: TENANT,
  connectionId: CONNECTION.id,
  assignmentId: null,
  version: 1,
  key: 'k',
  attempts,
  failures: 0,
  createdAt: now(),
});

describe('writing', () => {
  const sender = ({ call, fields, clock }: TestZohoOrg) =>
    createZohoSender({
      call,
      fields,
      clock,
      decisionsById: async (_, all) => new Map(all.map((id) => [id, decisionView(id)])),
    });
  const give = (org: TestZohoOrg, id: string, attempts = 1) =>
    delivery(ownerWrite(id, org.idOf('owner.1@example.com'), org.nobody, 'lead'), attempts);

  test('a user at the threshold is said in a sentence that says what to do; who is given instead is told', async () => {
    const org = open();
    sandbox.zoho.setAutomation({ threshold: { most: 0 } }, org.domain);
    const [refused] = await sender(org).send(org.connection, [give(org, org.lead())], until());
    expect(refused).toMatchObject({ outcome: 'refused', code: 'owner_at_threshold' });
    expect((refused as { remedy: string }).remedy).toMatch(
      /assignment threshold is reached.*Raise it in Zoho CRM/,
    );
    const other = org.idOf('owner.2@example.com');
    sandbox.zoho.setAutomation({ threshold: { most: 0, defaultOwnerId: other } }, org.domain);
    const [instead] = await sender(org).send(org.connection, [give(org, org.lead())], until());
    expect(instead).toEqual({ outcome: 'overtaken', ownerId: other });
  });

  test('our writes set off no workflow; a rule that runs all the same is told, not fought', async () => {
    const org = open();
    const other = org.idOf('owner.2@example.com');
    const rule = { name: 'Theirs', entries: [{ ownerId: other }], onEdit: true };
    sandbox.zoho.setAutomation({ assignmentRule: rule }, org.domain);
    const quiet = org.lead({ Owner: { id: org.nobody } });
    sandbox.zoho.setAutomation({ assignmentRule: null }, org.domain);
    const mine = org.lead();
    sandbox.zoho.setAutomation({ assignmentRule: rule }, org.domain);
    expect(await sender(org).send(org.connection, [give(org, mine)], until())).toEqual([{ outcome: 'done' }]);
    sandbox.zoho.setAutomation({ assignmentRule: { ...rule, always: true } }, org.domain);
    expect(org.ownerOf(quiet)).toBe(other);
    sandbox.zoho.setAutomation({ assignmentRule: null }, org.domain);
    const theirs = org.lead();
    sandbox.zoho.setAutomation({ assignmentRule: { ...rule, always: true } }, org.domain);
    expect(await sender(org).send(org.connection, [give(org, theirs)], until())).toEqual([
      { outcome: 'overtaken', ownerId: other },
    ]);
  });

  test('without our fields the reason is a note, once', async () => {
    const org = open({ fairleadFields: false });
    const id = org.lead();
    sandbox.zoho.setFaults([{ kind: 'reset', path: '/crm/v8/Notes', method: 'POST', times: 1 }]);
    const [first] = await sender(org).send(org.connection, [give(org, id)], until());
    expect(first?.outcome).toBe('retry');
    expect(await sender(org).send(org.connection, [give(org, id, 2)], until())).toEqual([
      { outcome: 'done' },
    ]);
    const notes = org.rows('Notes');
    expect(notes).toHaveLength(1);
    expect(String(notes[0]?.Note_Content)).toContain(`Fairlead decision dec_${id}`);
  });

  test('a locked record waits, the others do not', async () => {
    const org = open();
    const [locked, free] = [org.lead(), org.lead()];
    sandbox.zoho.lock({ domain: org.domain, id: locked, locked: true });
    const results = await sender(org).send(org.connection, [give(org, locked), give(org, free)], until());
    expect(results).toEqual([
      { outcome: 'retry', afterMs: null, code: 'record_locked' },
      { outcome: 'done' },
    ]);
  });

  test('when half of the credits are used, our share ends before the day does: looking around first', async () => {
    const org = open();
    sandbox.zoho.limits(org.domain).set({ credits: 100 });
    const reader = createZohoReader(org.call, org.addresses);
    const id = org.lead();
    const read = () => reader.read(org.connection, [{ ref: ref(id), sources: {} }]);
    for (let n = 0; n < 80; n++) await read();
    await expect(countOpenWork(org.call, org.connection)).rejects.toMatchObject({ code: 'rate_limited' });
    expect(await sender(org).send(org.connection, [give(org, id)], until())).toEqual([{ outcome: 'done' }]);
    expect(sandbox.zoho.limits(org.domain).usage().used).toBeLessThan(90);
  });
});

describe('entering leads', () => {
  const entryOf = ({ call, fields, clock }: TestZohoOrg) => createZohoEntry(call, { fields, clock });
  const person = (email: string | null, name = 'Ada King Lovelace') => ({
    name,
    company: 'Engines',
    email,
    phone: null,
    source: 'Website',
    message: 'Hello',
    url: null,
  });
  const wanted = (org: TestZohoOrg, key: string, email: string | null, mayExist = false) => ({
    key,
    person: person(email),
    values: { 'Lead.No_of_Employees': '40', 'Lead.Country': 'US', 'Lead.Unknown': 'x' },
    ownerId: org.idOf('owner.1@example.com'),
    decision: decisionView(`dec_${key}`),
    mayExist,
  });

  test('a lead stands with its owner, values of the right type and the reason; a second try makes no second', async () => {
    const org = open();
    const entry = entryOf(org);
    sandbox.zoho.setFaults([{ kind: 'truncated', path: '/upsert', times: 1 }]);
    const [first] = await entry.create(org.connection, [wanted(org, 'key-1', 'ada@x.co')], until());
    const [second] = await entry.create(org.connection, [wanted(org, 'key-1', 'ada@x.co', true)], until());
    const { id } = org.rows('Leads')[0]!;
    expect([first, second]).toMatchObject([
      { kind: 'failed', result: { outcome: 'retry' } },
      { kind: 'entered', existed: true, ref: { recordId: id } },
    ]);
    expect(org.rows('Leads')).toHaveLength(1);
    expect(org.record(id)).toMatchObject({
      First_Name: 'Ada King',
      Last_Name: 'Lovelace',
      No_of_Employees: 40,
      Country: 'US',
      Owner: { id: org.idOf('owner.1@example.com') },
      Fairlead_Decision: 'dec_key-1',
      Fairlead_Key: 'key-1',
    });
  });

  test('without a field for the key whoever has the address is left as they are', async () => {
    const org = open({ fairleadFields: false });
    const standing = org.lead({ Email: 'ada@x.co', City: 'Rome' });
    const entered = await entryOf(org).create(
      org.connection,
      [wanted(org, 'key-1', 'Ada@x.co'), wanted(org, 'key-2', 'eve@x.co'), wanted(org, 'key-3', null)],
      until(),
    );
    expect(entered).toMatchObject([
      { existed: true, ref: { recordId: standing } },
      { existed: false },
      { existed: false },
    ]);
    expect(org.ownerOf(standing)).toBe(org.nobody);
    expect(org.rows('Notes')).toHaveLength(2);
  });

  test('an address another record must not share is told as that record', async () => {
    const org = open();
    const standing = org.lead({ Email: 'ada@x.co' });
    sandbox.zoho.setAutomation({ uniqueEmail: true }, org.domain);
    const [entered] = await entryOf(org).create(org.connection, [wanted(org, 'key-9', 'ada@x.co')], until());
    expect(entered).toMatchObject({ kind: 'entered', existed: true, ref: { recordId: standing } });
  });

  test('who stands there already: open leads before contacts before those that are done, newest first', async () => {
    const org = open();
    const junk = org.lead({ Email: 'a@x.co', Lead_Status: 'Junk Lead' });
    sandbox.zoho.create({
      domain: org.domain,
      objectType: 'Contacts',
      values: { Last_Name: 'C', Email: 'a@x.co' },
    });
    org.lead({ Email: 'a@x.co' });
    ahead += 5_000;
    const newest = org.lead({ Secondary_Email: 'A@x.co' });
    const byPhone = org.lead({ Mobile: '+1 555' });
    const onlyJunk = org.lead({ Email: 'junk@x.co', Lead_Status: 'Lost Lead' });
    const people = [
      { email: 'A@x.co', phone: null },
      { email: 'nobody@x.co', phone: '+1 555' },
      { email: 'junk@x.co', phone: null },
      { email: 'who@x.co', phone: null },
      { email: null, phone: null },
    ];
    const found = await entryOf(org).find(org.connection, people);
    expect(found.map((one) => one?.recordId ?? null)).toEqual([newest, byPhone, onlyJunk, null, null]);
    expect(junk).toBeDefined();
  });

  test('only what is lacking is filled in', async () => {
    const org = open();
    const id = org.lead({ City: 'Rome' });
    const values = { 'Lead.City': 'Paris', 'Lead.Country': 'IT', 'Lead.No_of_Employees': '7' };
    expect(await entryOf(org).fill(org.connection, ref(id), values, until())).toEqual({ outcome: 'done' });
    expect(org.record(id)).toMatchObject({ City: 'Rome', Country: 'IT', No_of_Employees: 7 });
    expect(
      await entryOf(org).fill(org.connection, ref('6756839000000999999'), values, until()),
    ).toMatchObject({
      code: 'record_gone',
    });
  });

  test('leads are converted with their owner, one alone or sixty by jobs of fifty; those that are gone are told', async () => {
    const org = open();
    const [one, two] = [org.idOf('owner.1@example.com'), org.idOf('owner.2@example.com')];
    const leads = [
      { ref: ref(org.lead()), ownerId: one },
      ...Array.from({ length: 60 }, () => ({ ref: ref(org.lead()), ownerId: two })),
    ];
    sandbox.zoho.resetStats();
    const results = await entryOf(org).convert!(org.connection, leads, until());
    expect(results.every(({ outcome }) => outcome === 'done')).toBe(true);
    expect(sandbox.zoho.stats().byKind).toMatchObject({ 'leads.convert': 1, 'leads.mass_convert': 2 });
    const owners = org.rows('Contacts').map(({ Owner }) => (Owner as { id: string }).id);
    expect(owners.filter((id) => id === two)).toHaveLength(60);
    const gone = [
      { ref: ref(org.lead()), ownerId: two },
      { ref: ref('6756839000000999999'), ownerId: two },
    ];
    expect(await entryOf(org).convert!(org.connection, gone, until())).toMatchObject([
      { outcome: 'done' },
      { outcome: 'refused', code: 'record_gone' },
    ]);
  });
});

describe('keeping Zoho notifying', () => {
  const SECRET = 's'.repeat(43);
  const keeper = ({ call, clock }: TestZohoOrg, origin = 'https://leads.example.com') =>
    createPushKeeper(call, { clock, push: { origin: () => origin, secretOf: () => SECRET } });
  const channel = ({ zoho, org }: TestZohoOrg) => zoho.channels.alive(org);

  test('one channel, made once, renewed before it lapses, mended when the address changes, made again when it is gone', async () => {
    const org = open();
    const writes = () => {
      const { byKind } = sandbox.zoho.stats();
      return [byKind['watch.enable'] ?? 0, byKind['watch.replace'] ?? 0];
    };
    sandbox.zoho.resetStats();
    await keeper(org)(org.connection);
    await keeper(org)(org.connection);
    expect(writes()).toEqual([1, 0]);
    const [made] = channel(org);
    expect(made).toMatchObject({
      events: ['Leads.create', 'Leads.edit', 'Leads.delete'],
      notifyUrl: `https://leads.example.com/zoho/notifications?connection=${CONNECTION.id}`,
      token: SECRET,
      withValues: false,
    });
    expect(made!.expiresAt - now()).toBeGreaterThan(6.5 * 24 * HOUR);
    ahead += 4 * 24 * HOUR;
    await keeper(org)(org.connection);
    expect(writes()).toEqual([1, 1]);
    expect(channel(org)[0]!.expiresAt - now()).toBeGreaterThan(6.5 * 24 * HOUR);
    await keeper(org, 'https://other.example.com')(org.connection);
    expect(channel(org)[0]!.notifyUrl).toContain('other.example.com');
    sandbox.zoho.channels.expire(org.org);
    await keeper(org)(org.connection);
    expect([writes()[0], channel(org).length]).toEqual([2, 1]);
  });

  test('a refusal is thrown with what to do', async () => {
    const org = open({ scopes: ['ZohoCRM.modules.ALL'] });
    await expect(keeper(org)(org.connection)).rejects.toThrow(
      /allows Fairlead too little.*Connect the org again/,
    );
  });
});

describe('tokens', () => {
  const refresher = ({ addresses, clock }: TestZohoOrg) =>
    createZohoRefresher({
      addresses,
      clock,
      clientId: 'sandbox-zoho-client',
      clientSecret: 'sandbox-zoho-secret',
    });

  test('another token, with its life and no other refresh token; a revoked grant is known though the status is 200', async () => {
    const org = open();
    const ask = () => refresher(org).refresh(org.installed.refreshToken, org.connection);
    expect(await ask()).toMatchObject({ ok: true, refreshToken: null, expiresInMs: HOUR });
    sandbox.zoho.revoke(org.domain);
    expect(await ask()).toEqual({ ok: false, code: 'invalid_grant' });
  });

  test('a loop of refusals never locks the org out', async () => {
    const org = open();
    const one = refresher(org);
    const asked: unknown[] = [];
    sandbox.zoho.resetStats();
    for (let n = 0; n < 30; n++)
      asked.push(
        await one
          .refresh(org.installed.refreshToken, org.connection)
          .catch((error: { code: string }) => error.code),
      );
    expect(asked.at(-1)).toBe('vendor_unavailable');
    expect(sandbox.zoho.stats().tokens).toBeLessThan(10);
    ahead += 11 * 60_000;
    expect(await one.refresh(org.installed.refreshToken, org.connection)).toMatchObject({ ok: true });
  });
});
