import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { gatherReads } from '../../server/crm/gather-reads.ts';
import { createSalesforceDirectory } from '../../server/crm/salesforce/directory.ts';
import { createSalesforceRefresher } from '../../server/crm/salesforce/oauth.ts';
import { countOpenWork } from '../../server/crm/salesforce/open-work.ts';
import { pollChanged } from '../../server/crm/salesforce/poll.ts';
import { createSalesforceReader } from '../../server/crm/salesforce/reader.ts';
import { openSalesforceOrg, type TestOrg } from '../support/salesforce-org.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ port: 0 });
});
afterEach(() => sandbox.salesforce.setFaults([]));
afterAll(() => sandbox.close());

const readerOf = (org: TestOrg) =>
  gatherReads({
    readers: [createSalesforceReader(org.call, org.addresses, org.readVisible)],
    connection: async () => org.connection,
  });
const ref = (org: TestOrg, recordId: string) => ({
  connectionId: org.connection.id,
  objectType: 'lead',
  recordId,
});
const SOURCES = { country: 'Lead.Country', employees: 'Lead.NumberOfEmployees' };

describe('reading records through', () => {
  test('a lead with its values, its person, its owner and where it opens', async () => {
    const org = openSalesforceOrg(sandbox);
    const id = org.lead({ FirstName: 'Ada', Country: 'US', Email: 'Ada@example.com' });
    expect(await readerOf(org).read(ref(org, id), SOURCES)).toEqual({
      ref: ref(org, id),
      raw: { country: 'US', employees: null },
      person: {
        name: 'Ada Lovelace',
        company: 'Engines',
        email: expect.stringMatching(/^ada@example.com$/i),
        phone: null,
        source: null,
        message: null,
        url: `${org.installed.instanceUrl}/lightning/r/Lead/${id}/view`,
      },
      ownerId: org.nobody,
      ownerSince: expect.any(Number),
      gone: null,
      alwaysOwned: true,
      open: true,
    });
  });

  test('two hundred that arrive together cost one call', async () => {
    const org = openSalesforceOrg(sandbox);
    const reader = readerOf(org);
    const ids = Array.from({ length: 200 }, () => org.lead());
    // The first batch says how many the vendor takes.
    await reader.read(ref(org, ids[0]!), SOURCES);
    sandbox.salesforce.resetStats();
    const read = await Promise.all(ids.map((id) => reader.read(ref(org, id), SOURCES)));
    expect(read.map((one) => one.ref.recordId)).toEqual(ids);
    expect(sandbox.salesforce.stats().apiCalls).toBe(1);
  });

  test('converted, merged, deleted and unknown leads are told apart', async () => {
    const org = openSalesforceOrg(sandbox);
    const [survivor, merged, deleted, converted] = [org.lead(), org.lead(), org.lead(), org.lead()];
    org.salesforce.merge({ domain: org.domain, id: survivor, mergeId: merged });
    org.salesforce.remove({ domain: org.domain, id: deleted });
    org.salesforce.convert({ domain: org.domain, id: converted });
    const reader = readerOf(org);
    const gone = await Promise.all(
      [survivor, merged, deleted, converted, '00QWs00000000zzMAA'].map(
        async (id) => (await reader.read(ref(org, id), SOURCES)).gone,
      ),
    );
    expect(gone).toEqual([null, { mergedInto: survivor }, 'missing', 'converted', 'missing']);
  });

  test('a field its user may not see is missing from what is read, and an alert names it until it shows', async () => {
    let now = Date.now();
    const org = openSalesforceOrg(sandbox, { packageInstalled: false, now: () => now });
    const id = org.lead({ Country: 'US' });
    const sources = { ...SOURCES, why: 'Lead.Fairlead_Reason__c' };
    const reader = readerOf(org);
    const read = () => reader.read(ref(org, id), { ...sources, area: 'Account.Industry' });
    expect((await read()).raw).toEqual({ country: 'US', employees: null, why: null, area: null });
    const [[subject, text] = []] = [...org.alerts];
    expect(subject).toBe(`${org.connection.id}/Lead`);
    expect(text).toContain('read access to Lead.Fairlead_Reason__c, Account.Industry');
    sandbox.salesforce.resetStats();
    await read();
    expect(sandbox.salesforce.stats().apiCalls).toBe(1);
    org.salesforce.org(org.domain).packageInstalled = true;
    now += 3_600_001;
    await reader.read(ref(org, id), sources);
    expect([...org.alerts]).toEqual([]);
  });

  test('a poll leaves such a field out as well', async () => {
    const org = openSalesforceOrg(sandbox);
    const id = org.lead();
    const { records } = await pollChanged(org.call, org.addresses, org.connection, {
      sources: { colour: 'Lead.Colour__c' },
      since: Date.now() - 60_000,
      now: Date.now(),
      readVisible: org.readVisible,
    });
    expect(records.map(({ snapshot }) => [snapshot.ref.recordId, snapshot.raw])).toEqual([
      [id, { colour: null }],
    ]);
    expect([...org.alerts.values()]).toEqual([expect.stringContaining('Lead.Colour__c')]);
  });

  test.each(['503', 'truncated', 'reset', 'concurrent_limit'] as const)(
    'a read that ends with %s may be tried again',
    async (kind) => {
      const org = openSalesforceOrg(sandbox);
      const id = org.lead();
      sandbox.salesforce.setFaults([{ kind, path: 'queryAll', times: 1 }]);
      await expect(readerOf(org).read(ref(org, id), SOURCES)).rejects.toMatchObject({ retryable: true });
      expect((await readerOf(org).read(ref(org, id), SOURCES)).gone).toBeNull();
    },
  );

  test('a session that ended is renewed once; one that stays refused disconnects', async () => {
    const org = openSalesforceOrg(sandbox);
    const id = org.lead();
    sandbox.salesforce.setFaults([{ kind: 'session_expired', times: 1 }]);
    expect((await readerOf(org).read(ref(org, id), SOURCES)).gone).toBeNull();
    sandbox.salesforce.setFaults([{ kind: 'session_expired' }]);
    sandbox.salesforce.resetStats();
    await expect(readerOf(org).read(ref(org, id), SOURCES)).rejects.toMatchObject({
      code: 'needs_reconnecting',
    });
    expect(sandbox.salesforce.stats().apiCalls).toBe(2);
  });
});

describe('people', () => {
  test('active users by their long id, and queues with whoever stands in them through groups', async () => {
    const org = openSalesforceOrg(sandbox);
    org.salesforce.addOrg({
      domain: org.domain,
      name: 'x',
      timezone: 'UTC',
      users: [],
      queues: [
        { developerName: 'Team', name: 'Team', members: ['owner.2@example.com', 'owner.9@example.com'] },
        { developerName: 'Nested', name: 'Nested', owns: ['Lead'], members: ['Team', 'owner.3@example.com'] },
      ],
    });
    const people = await createSalesforceDirectory(org.call).read(org.connection, []);
    const users = people.filter(({ details }) => details?.type === 'PERSON');
    expect(users.map(({ email }) => email)).not.toContain('owner.9@example.com');
    expect(users.find(({ email }) => email === 'owner.1@example.com')).toMatchObject({
      kind: 'owner',
      externalId: org.idOf('owner.1@example.com'),
      details: { userId: org.idOf('owner.1@example.com') },
      times: { timezone: 'America/New_York' },
    });
    expect(people.find(({ details }) => details?.queue === 'Nested')).toMatchObject({
      externalId: org.idOf('Nested'),
      email: null,
      details: { members: [org.idOf('owner.2@example.com'), org.idOf('owner.3@example.com')].sort() },
    });
  });

  test('open work of everybody is one call', async () => {
    const org = openSalesforceOrg(sandbox);
    const OwnerId = org.idOf('owner.1@example.com');
    for (const values of [{ OwnerId }, { OwnerId }, { OwnerId, Status: 'Unqualified' }]) org.lead(values);
    sandbox.salesforce.resetStats();
    expect(await countOpenWork(org.call, org.connection)).toMatchObject({ [OwnerId]: 2 });
    expect(sandbox.salesforce.stats().apiCalls).toBe(1);
  });
});

test('a poll brings what changed since, with all the policy reads, deleted ones too', async () => {
  const org = openSalesforceOrg(sandbox);
  const [stays, goes] = [org.lead({ Country: 'DE' }), org.lead()];
  org.salesforce.remove({ domain: org.domain, id: goes });
  const { records, next } = await pollChanged(org.call, org.addresses, org.connection, {
    sources: SOURCES,
    since: Date.now() - 60_000,
    now: Date.now(),
    readVisible: org.readVisible,
  });
  const found = new Map(records.map(({ snapshot }) => [snapshot.ref.recordId, snapshot]));
  expect(found.get(stays)).toMatchObject({ raw: { country: 'DE' }, gone: null });
  expect(found.get(goes)?.gone).toBe('missing');
  expect(next).toBeLessThanOrEqual(Date.now());
});

describe('tokens', () => {
  const refresherFor = (org: TestOrg, clientSecret = 'sandbox-salesforce-secret') =>
    createSalesforceRefresher({
      addresses: org.addresses,
      clientId: 'sandbox-salesforce-client',
      clientSecret,
    });

  test('a refresh gives a new access token, and the rotated refresh token where there is one', async () => {
    const org = openSalesforceOrg(sandbox);
    sandbox.salesforce.setOAuth({ refreshTokenRotation: true });
    const { refreshToken } = sandbox.salesforce.install(org.domain);
    const refreshed = await refresherFor(org).refresh(refreshToken, org.connection);
    sandbox.salesforce.setOAuth({ refreshTokenRotation: false });
    expect(refreshed).toMatchObject({ ok: true, expiresInMs: null });
    expect(refreshed.ok && refreshed.refreshToken).not.toBe(refreshToken);
    expect(refreshed.ok && refreshed.refreshToken).not.toBeNull();
  });

  test('a revoked grant is told from a slip', async () => {
    const org = openSalesforceOrg(sandbox);
    const failed = (token: string, secret?: string) =>
      refresherFor(org, secret)
        .refresh(token, org.connection)
        .catch((error: unknown) => error);
    expect(await failed('revoked')).toEqual({ ok: false, code: 'invalid_grant' });
    expect(await failed('any', 'wrong')).toMatchObject({ code: 'app_refused' });
  });

  test('client credentials need no refresh token', async () => {
    const org = openSalesforceOrg(sandbox);
    const settings = {
      ...org.connection.settings,
      flow: 'client_credentials',
      loginUrl: org.installed.instanceUrl,
    };
    const connection = { ...org.connection, settings };
    const refresher = refresherFor(org);
    expect(refresher.needsNoGrant?.(connection)).toBe(true);
    expect(await refresher.refresh(null, connection)).toMatchObject({ ok: true, refreshToken: null });
  });
});
