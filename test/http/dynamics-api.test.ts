import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { createAddresses } from '../../server/crm/dynamics/addresses.ts';
import { createDynamicsChanges } from '../../server/crm/dynamics/changes.ts';
import { createDynamicsConnector } from '../../server/crm/dynamics/create-dynamics-connector.ts';
import { createDynamicsDirectory } from '../../server/crm/dynamics/directory.ts';
import { createDynamicsEntry } from '../../server/crm/dynamics/entry.ts';
import { firstActivity } from '../../server/crm/dynamics/first-activity.ts';
import { nativeDecisions } from '../../server/crm/dynamics/native-decisions.ts';
import { createDynamicsRefresher } from '../../server/crm/dynamics/oauth.ts';
import { countOpenWork } from '../../server/crm/dynamics/open-work.ts';
import { createDynamicsReader } from '../../server/crm/dynamics/reader.ts';
import { writeRecords } from '../../server/crm/dynamics/record-writes.ts';
import { createRegistration } from '../../server/crm/dynamics/registration.ts';
import { gatherReads } from '../../server/crm/gather-reads.ts';
import { type DynamicsEnvironment, openDynamicsEnvironment } from '../support/dynamics-environment.ts';
import { decisionView } from '../support/hubspot-portal.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ port: 0 });
});
afterEach(() => sandbox.dynamics.setFaults([]));
afterAll(() => sandbox.close());

const SOURCES = {
  country: 'lead.address1_country',
  source: 'lead.leadsourcecode',
  sourceName: 'lead.leadsourcecode.label',
  industry: 'account.industrycode',
};
const readerOf = (env: DynamicsEnvironment) =>
  gatherReads({
    readers: [createDynamicsReader(env.call, env.addresses)],
    connection: async () => env.connection,
  });
const registrationOf = (env: DynamicsEnvironment, secret = 'secret') =>
  createRegistration(env.call, { origin: () => 'https://leads.example.com', secretOf: () => secret });

describe('reading records through', () => {
  test('a lead with its values, its labels, its person, its owner and where it opens', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const id = env.lead({
      firstname: 'Ada',
      emailaddress1: 'ada@example.com',
      companyname: 'Engines',
      address1_country: 'GB',
      leadsourcecode: 8,
    });
    expect(await readerOf(env).read(env.ref(id), SOURCES)).toEqual({
      ref: env.ref(id),
      raw: { country: 'GB', source: '8', sourceName: 'Web', industry: null },
      person: {
        name: 'Ada Lovelace',
        company: 'Engines',
        email: 'ada@example.com',
        phone: null,
        source: 'Web',
        message: null,
        url: `${env.installed.url}/main.aspx?pagetype=entityrecord&etn=lead&id=${id}`,
      },
      ownerId: env.nobody,
      gone: null,
      alwaysOwned: true,
      open: true,
    });
  });

  test('a hundred that arrive together cost one call', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const reader = readerOf(env);
    const ids = Array.from({ length: 100 }, () => env.lead());
    await reader.read(env.ref(ids[0]!), SOURCES);
    env.dynamics.resetStats();
    const read = await Promise.all(ids.map((id) => reader.read(env.ref(id), SOURCES)));
    expect(read.map(({ ref }) => ref.recordId)).toEqual(ids);
    expect(env.dynamics.stats().requests).toBe(1);
  });

  test('qualified, merged, disqualified, deleted and impossible leads are told apart; a team is an owner', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const { name } = env;
    const [survivor, merged, deleted, qualified, lost, teams] = Array.from({ length: 6 }, () => env.lead());
    env.dynamics.merge({ name, id: survivor!, mergeId: merged! });
    env.dynamics.remove({ name, id: deleted! });
    env.dynamics.convert({ name, id: qualified! });
    env.dynamics.disqualify({ name, id: lost! });
    env.dynamics.changeOwner({ name, id: teams!, ownerId: env.idOf('Holding') });
    const reader = readerOf(env);
    const read = await Promise.all(
      [survivor!, merged!, deleted!, qualified!, lost!, 'no-guid'].map((id) =>
        reader.read(env.ref(id), SOURCES),
      ),
    );
    expect(read.map(({ gone }) => gone)).toEqual([
      null,
      { mergedInto: survivor },
      'missing',
      'converted',
      null,
      'missing',
    ]);
    expect(read[4]?.open).toBe(false);
    expect((await reader.read(env.ref(teams!), SOURCES)).ownerId).toBe(`team:${env.idOf('Holding')}`);
  });

  test('a column that is not there fails with its name', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const reading = readerOf(env).read(env.ref(env.lead()), { x: 'lead.new_region' });
    await expect(reading).rejects.toThrow(/new_region/);
  });

  test('the connector names the sources that have no column, for a call a table, and counts its calls', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const { addresses, tokens, clock, connection } = env;
    const push = { origin: () => 'https://leads.example.com', secretOf: () => 'secret' };
    const connector = createDynamicsConnector({ addresses }, { tokens, clock, push });
    const there = ['lead.leadsourcecode.label', 'lead._campaignid_value', 'Lead.companyname', 'account.name'];
    env.dynamics.resetStats();
    expect(
      await connector.missingSources?.(connection, [...there, 'lead.new_region', 'invoice.total']),
    ).toEqual(['lead.new_region', 'invoice.total']);
    expect(env.dynamics.stats().requests).toBe(2);
    expect(connector.usage?.(connection)).toEqual({
      limit: 'calls in five minutes',
      used: 2,
      of: 6_000,
      resetsAt: null,
    });
  });
});

describe('people', () => {
  test('who may own: users with their ids, and teams with who is in them', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const people = await createDynamicsDirectory(env.call).read(env.connection, []);
    const one = people.find(({ email }) => email === 'owner.1@example.com');
    expect(one).toMatchObject({
      kind: 'owner',
      externalId: env.idOf('owner.1@example.com'),
      name: 'Owner 1',
    });
    expect(one?.details).toMatchObject({ type: 'PERSON', entraId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(people.some(({ email }) => email === 'owner.9@example.com')).toBe(false);
    expect(people.filter(({ details }) => details?.type === 'QUEUE')).toEqual([
      expect.objectContaining({
        externalId: `team:${env.idOf('Holding')}`,
        details: { type: 'QUEUE', queue: 'Holding', members: [env.idOf('owner.1@example.com')] },
      }),
    ]);
  });

  test('open work is counted by owner', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const [, closed] = [env.lead(), env.lead()];
    env.dynamics.disqualify({ name: env.name, id: closed });
    expect(await countOpenWork(env.call, env.connection)).toEqual({ [env.nobody]: 1 });
  });

  test('the first call, meeting or outgoing e-mail of a person counts, not the service’s own work', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const { name } = env;
    const [called, untouched] = [env.lead(), env.lead()];
    const since = Date.now() - 1000;
    const regarding = (table: string, id: string) => ({
      [`regardingobjectid_lead_${table}@odata.bind`]: `/leads(${id})`,
    });
    const by = 'owner.1@example.com';
    env.dynamics.create({
      name,
      by,
      table: 'email',
      values: { directioncode: false, ...regarding('email', untouched) },
    });
    env.dynamics.create({
      name,
      by,
      table: 'task',
      values: { subject: 'x', ...regarding('task', untouched) },
    });
    env.dynamics.create({
      name,
      by,
      table: 'phonecall',
      values: { subject: 'Rang', ...regarding('phonecall', called) },
    });
    const found = await firstActivity(env.call, env.connection, [
      { ref: env.ref(called), since },
      { ref: env.ref(untouched), since },
    ]);
    expect(found[0]).toBeGreaterThanOrEqual(Math.floor(since / 1000) * 1000);
    expect(found[1]).toBeNull();
  });
});

describe('writing owners', () => {
  const write = (env: DynamicsEnvironment, id: string, ownerId: string, replaceable: readonly string[]) => ({
    deliveryId: `dlv_${id}`,
    attempts: 1,
    record: env.ref(id),
    decision: decisionView(`dec_${id}`),
    ownerId,
    replaceable,
  });
  const waysOf = (env: DynamicsEnvironment) => ({
    call: env.call,
    connection: env.connection,
    columns: env.columns,
    until: Date.now() + 20_000,
  });

  test('a save between the look and the write is found by its version: the record is looked at again', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const [busy, taken] = [env.lead(), env.lead()];
    const [one, other] = [env.idOf('owner.1@example.com'), env.idOf('owner.2@example.com')];
    await env.columns.of(env.connection, 'lead');
    // People save both records after they were looked at: one its subject, one its owner.
    const { call } = env;
    let saved = false;
    const slow: typeof call = async (environment, asked) => {
      if (asked.path === '$batch' && !saved) {
        saved = true;
        env.dynamics.update({ name: env.name, id: busy, values: { subject: 'Saved meanwhile' } });
        env.dynamics.changeOwner({ name: env.name, id: taken, ownerId: other });
      }
      return call(environment, asked);
    };
    const results = await writeRecords(
      [write(env, busy, one, [env.nobody]), write(env, taken, one, [env.nobody])],
      { ...waysOf(env), call: slow },
    );
    expect(results).toEqual([{ outcome: 'done' }, { outcome: 'overtaken', ownerId: other }]);
    expect(env.ownerOf(env.record(busy))).toBe(one);
    expect(env.ownerOf(env.record(taken))).toBe(other);
  });

  test('a lead deleted after the look is not made anew', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const id = env.lead();
    const { call } = env;
    const removing: typeof call = async (environment, asked) => {
      if (asked.path === '$batch') env.dynamics.remove({ name: env.name, id });
      return call(environment, asked);
    };
    const owner = env.idOf('owner.1@example.com');
    const [result] = await writeRecords([write(env, id, owner, [env.nobody])], {
      ...waysOf(env),
      call: removing,
    });
    expect(result).toMatchObject({ outcome: 'refused', code: 'record_gone' });
    expect(env.rows('lead')).toEqual([]);
  });

  test('what a plug-in puts there in the same save is kept, and told', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const id = env.lead();
    const [one, other] = [env.idOf('owner.1@example.com'), env.idOf('owner.2@example.com')];
    env.dynamics.setAutomation({ keepsOwner: other }, env.name);
    const [result] = await writeRecords([write(env, id, one, [env.nobody])], waysOf(env));
    expect(result).toEqual({ outcome: 'overtaken', ownerId: other });
  });

  test('without Fairlead’s columns the reason is a note, once, and a team can be given the lead', async () => {
    const env = openDynamicsEnvironment(sandbox, { solution: false });
    const id = env.lead();
    const team = `team:${env.idOf('Holding')}`;
    for (let round = 0; round < 2; round++)
      expect(await writeRecords([write(env, id, team, [env.nobody])], waysOf(env))).toEqual([
        { outcome: 'done' },
      ]);
    expect(env.record(id).values.ownerid).toEqual({ table: 'team', id: env.idOf('Holding') });
    expect(env.rows('annotation').map(({ values }) => values.notetext)).toEqual([
      expect.stringContaining(`Fairlead decision dec_${id}`),
    ]);
  });

  test('a refused row leaves the others of its batch alone', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const [bad, good] = [env.lead(), env.lead()];
    const owner = env.idOf('owner.1@example.com');
    env.dynamics.setFaults([{ kind: 'row', id: bad, message: 'The region is missing.' }]);
    const results = await writeRecords(
      [write(env, bad, owner, [env.nobody]), write(env, good, owner, [env.nobody])],
      waysOf(env),
    );
    expect(results).toEqual([
      { outcome: 'refused', code: 'rejected', remedy: expect.stringContaining('The region is missing.') },
      { outcome: 'done' },
    ]);
  });
});

describe('looking for changes', () => {
  const changesOf = (env: DynamicsEnvironment) => createDynamicsChanges(env.call, registrationOf(env));

  test('the first look begins now, the next tells what changed, was deleted and whose push was lost', async () => {
    const now = Date.now();
    const env = openDynamicsEnvironment(sandbox);
    const reader = changesOf(env);
    const [kept, gone] = [env.lead(), env.lead()];
    const first = await reader.read(env.connection, { cursor: null, now: now + 600_000, sources: {} });
    expect(first.records).toEqual([]);
    env.dynamics.update({ name: env.name, id: kept, values: { subject: 'Again' } });
    env.dynamics.remove({ name: env.name, id: gone });
    const second = await reader.read(env.connection, { ...first, now, sources: {} });
    expect(second.records.map(({ ref }) => ref.recordId)).toEqual([kept, gone]);
    const third = await reader.read(env.connection, { ...second, now, sources: {} });
    expect(third.records).toEqual([]);
  });

  test('a link that is refused begins anew, from the look before on', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const id = env.lead();
    const old = `${env.installed.url}/api/data/v9.2/leads?$deltatoken=1!2020-01-01T00:00:00Z`;
    const cursor = JSON.stringify({ link: old, at: Date.now() });
    const found = await changesOf(env).read(env.connection, { cursor, now: Date.now(), sources: {} });
    expect(found.records.map(({ ref }) => ref.recordId)).toEqual([id]);
    expect(found.cursor).toContain('deltatoken');
  });

  test('a push that failed for good is found among the system jobs', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const registration = createRegistration(env.call, {
      origin: () => 'http://127.0.0.1:9',
      secretOf: () => 'secret',
    });
    await registration.keep(env.connection);
    const reader = createDynamicsChanges(env.call, registration);
    const now = Date.now();
    const first = await reader.read(env.connection, { cursor: null, now, sources: {} });
    const id = env.lead();
    await vi.waitUntil(() => env.rows('asyncoperation').length === 1);
    env.dynamics.remove({ name: env.name, id });
    const found = await reader.read(env.connection, { ...first, now, sources: {} });
    expect(found.records).toContainEqual({
      ref: env.ref(id),
      stamp: env.rows('asyncoperation').find(({ values }) => values.messagename === 'Create')?.id,
    });
  });

  test('a cursor that points elsewhere is not followed with our token', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const cursor = JSON.stringify({ link: 'https://elsewhere.example.com/steal', at: 0 });
    const looking = changesOf(env).read(env.connection, { cursor, now: Date.now(), sources: {} });
    await expect(looking).rejects.toThrow(/another place/);
  });
});

describe('the environment’s own assignment rules', () => {
  test('are named with whom they gave the lead to; where there are none, nobody is', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const ownerId = env.idOf('owner.2@example.com');
    const untouched = env.lead();
    env.dynamics.setAutomation({ assignmentRules: [{ name: 'Web leads', ownerId }] }, env.name);
    const id = env.lead();
    await vi.waitUntil(() => env.rows('msdyn_salesroutingrun').length === 1);
    const since = Date.now() - 60_000;
    const runs = (...leads: string[]) =>
      nativeDecisions(
        env.call,
        env.connection,
        leads.map((lead) => ({ ref: env.ref(lead), since })),
      );
    env.dynamics.resetStats();
    expect(await runs(untouched, id)).toEqual([
      [],
      [{ rule: 'Web leads', outcome: 'owner_assigned', ownerId, at: expect.any(Number) }],
    ]);
    expect(env.dynamics.stats().requests).toBe(1);
    const later = [{ ref: env.ref(id), since: Date.now() + 60_000 }];
    expect(await nativeDecisions(env.call, env.connection, later)).toEqual([[]]);
    env.dynamics.setInstalled({ assignmentRules: false }, env.name);
    expect(await runs(id)).toEqual([[]]);
  });
});

describe('registering the webhook', () => {
  test('one endpoint and four steps, once; what somebody switched off or changed is mended', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const registration = registrationOf(env);
    await registration.keep(env.connection);
    await registration.keep(env.connection);
    expect(env.rows('serviceendpoint')).toHaveLength(1);
    expect(env.rows('sdkmessageprocessingstep').map(({ values }) => values.name)).toEqual([
      'Fairlead: lead Create',
      'Fairlead: lead Update',
      'Fairlead: lead Delete',
      'Fairlead: lead Merge',
    ]);
    const [create] = env.rows('sdkmessageprocessingstep');
    env.dynamics.update({
      name: env.name,
      table: 'sdkmessageprocessingstep',
      id: create!.id,
      values: { statecode: 1 },
    });
    await registrationOf(env, 'another secret').keep(env.connection);
    expect(env.rows('sdkmessageprocessingstep')[0]?.values.statecode).toBe(0);
    expect(env.rows('serviceendpoint')[0]?.values).toMatchObject({
      url: 'https://leads.example.com/dynamics/webhooks',
      authvalue: 'another secret',
    });
    expect(env.rows('serviceendpoint')).toHaveLength(1);
  });
});

describe('entering leads', () => {
  const PERSON = {
    name: 'Ada King Lovelace',
    company: 'Engines',
    email: 'ada@example.com',
    phone: '+44 20 1234',
    source: 'Website',
    message: 'Call me',
    url: null,
  };
  const until = Date.now() + 60_000;

  test('a lead is created with its owner and values, and never twice', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const entry = createDynamicsEntry(env.call, env.columns);
    const record = {
      key: 'led_1',
      person: PERSON,
      values: { 'lead.address1_country': 'GB', 'lead.numberofemployees': '12', 'lead.leadsourcecode': 'Web' },
      ownerId: env.idOf('owner.1@example.com'),
      decision: decisionView('dec_1'),
      mayExist: false,
    };
    const [first] = await entry.create(env.connection, [record], until);
    const [second] = await entry.create(env.connection, [{ ...record, mayExist: true }], until);
    expect(first).toMatchObject({ kind: 'entered', existed: false });
    expect(second).toEqual({ ...first, existed: true });
    expect(env.rows('lead')).toHaveLength(1);
    expect(env.rows('lead')[0]?.values).toMatchObject({
      firstname: 'Ada King',
      lastname: 'Lovelace',
      address1_country: 'GB',
      numberofemployees: 12,
      fairlead_decision: 'dec_1',
      ownerid: { id: env.idOf('owner.1@example.com') },
    });
    // A label is no value of a choice: left out rather than refused.
    expect(env.rows('lead')[0]?.values.leadsourcecode).toBeUndefined();
  });

  test('an owner who has left fails alone', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const entry = createDynamicsEntry(env.call, env.columns);
    const record = { key: 'a', person: PERSON, values: {}, decision: decisionView('dec_1'), mayExist: false };
    const entered = await entry.create(
      env.connection,
      [
        { ...record, ownerId: env.idOf('owner.9@example.com') },
        { ...record, key: 'b', ownerId: null },
      ],
      until,
    );
    expect(entered.map(({ kind }) => kind)).toEqual(['failed', 'entered']);
  });

  test('the lead of a person is found by e-mail, else phone: open before closed, newest first', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const { find } = createDynamicsEntry(env.call, env.columns);
    const closed = env.lead({ emailaddress1: 'ada@example.com' });
    env.dynamics.disqualify({ name: env.name, id: closed });
    const open = env.lead({ emailaddress1: 'ADA@example.com' });
    const byPhone = env.lead({ mobilephone: '+44 20 1' });
    const found = await find(env.connection, [
      { email: 'ada@example.com', phone: null },
      { email: "o'nobody@example.com", phone: '+44 20 1' },
      { email: null, phone: null },
    ]);
    expect(found.map((ref) => ref?.recordId ?? null)).toEqual([open, byPhone, null]);
  });

  test('only empty columns are filled', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const { fill } = createDynamicsEntry(env.call, env.columns);
    const id = env.lead({ companyname: 'Engines' });
    const values = { 'lead.companyname': 'Other', 'lead.address1_city': 'London' };
    expect(await fill(env.connection, env.ref(id), values, until)).toEqual({ outcome: 'done' });
    expect(env.record(id).values).toMatchObject({ companyname: 'Engines', address1_city: 'London' });
  });

  test('qualifying takes the campaign along and gives what it makes to the owner; again is no second time', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const { convert } = createDynamicsEntry(env.call, env.columns);
    const campaign = env.rows('campaign')[0]!.id;
    const id = env.lead({ companyname: 'Engines', 'campaignid@odata.bind': `/campaigns(${campaign})` });
    const ownerId = env.idOf('owner.1@example.com');
    for (let round = 0; round < 2; round++)
      expect(await convert!(env.connection, [{ ref: env.ref(id), ownerId }], until)).toEqual([
        { outcome: 'done' },
      ]);
    const made = ['account', 'contact', 'opportunity'].flatMap((table) => env.rows(table));
    expect(made).toHaveLength(3);
    expect(made.map(env.ownerOf)).toEqual([ownerId, ownerId, ownerId]);
    expect(env.rows('opportunity')[0]?.values.campaignid).toEqual({ table: 'campaign', id: campaign });
  });
});

describe('tokens', () => {
  const refresherOf = (env: DynamicsEnvironment, clientSecret = env.dynamics.app.clientSecret) =>
    createDynamicsRefresher({ addresses: env.addresses, clientId: env.dynamics.app.clientId, clientSecret });

  test('client credentials need no grant; an app that was removed is refused for good', async () => {
    const env = openDynamicsEnvironment(sandbox);
    const refresher = refresherOf(env);
    expect(refresher.needsNoGrant?.(env.connection)).toBe(true);
    expect(await refresher.refresh(null, env.connection)).toMatchObject({ ok: true, expiresInMs: 3_599_000 });
    env.dynamics.revoke(env.name);
    expect(await refresher.refresh(null, env.connection)).toEqual({ ok: false, code: 'invalid_grant' });
  });

  test('a wrong secret of ours disconnects nobody', async () => {
    const env = openDynamicsEnvironment(sandbox);
    await expect(refresherOf(env, 'wrong').refresh(null, env.connection)).rejects.toMatchObject({
      retryable: true,
    });
  });

  test('a disabled application user breaks the connection with what to do', async () => {
    const env = openDynamicsEnvironment(sandbox);
    env.dynamics.revoke(env.name, 'user');
    await expect(countOpenWork(env.call, env.connection)).rejects.toMatchObject({
      code: 'needs_reconnecting',
      message: expect.stringContaining('application user'),
    });
  });
});

describe('addresses', () => {
  const real = createAddresses('https://login.microsoftonline.com');
  const tenantId = '6f1b2c3d-0000-4000-8000-000000000001';
  const given = (settings: Readonly<Record<string, unknown>>) => ({
    externalId: '6F1B2C3D-0000-4000-8000-000000000002',
    settings: { tenantId, ...settings },
  });

  test.each([
    'https://contoso.crm.dynamics.com',
    'https://contoso.crm4.dynamics.com/',
    'https://contoso.api.crm11.dynamics.com',
    'https://contoso.crm.microsoftdynamics.us',
  ])('%s is an environment', (url) => {
    expect(real.check(given({ url }))).toMatchObject({
      externalId: '6f1b2c3d-0000-4000-8000-000000000002',
      settings: { url: url.replace(/\/$/, '') },
    });
  });

  test.each([
    { url: 'http://contoso.crm.dynamics.com' },
    { url: 'https://contoso.crm.dynamics.com.example.com' },
    { url: 'https://crm.dynamics.com@example.com' },
    { url: 'https://contoso.crm.dynamics.com/other?x=1' },
    { url: 'http://127.0.0.1:3000/dynamics/contoso' },
    { url: 'https://contoso.crm.dynamics.com', tenantId: '../organizations' },
    { url: 'https://contoso.crm.dynamics.com', loginUrl: 'https://login.example.com' },
  ])('%j is refused', (settings) => {
    expect(() => real.check(given(settings))).toThrow(expect.objectContaining({ code: 'invalid_settings' }));
  });
});
