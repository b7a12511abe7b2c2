import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { ALL_SCOPES } from '../../sandbox/hubspot/create-hubspot.ts';
import { AppError } from '../../server/base/app-error.ts';
import { gatherReads } from '../../server/crm/gather-reads.ts';
import { createHubspotClient } from '../../server/crm/hubspot/client.ts';
import { createHubspotDirectory } from '../../server/crm/hubspot/directory.ts';
import { createHubspotRefresher } from '../../server/crm/hubspot/oauth.ts';
import { countOpenWork } from '../../server/crm/hubspot/open-work.ts';
import { createHubspotReader } from '../../server/crm/hubspot/reader.ts';
import { createReasonFields } from '../../server/crm/hubspot/reason-fields.ts';
import { createStages } from '../../server/crm/hubspot/stages.ts';
import { openPortal, type TestPortal } from '../support/hubspot-portal.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ port: 0 });
});
afterEach(() => sandbox.hubspot.setFaults([]));
afterAll(() => sandbox.close());

const readerOf = (portal: TestPortal) =>
  gatherReads({
    readers: [
      createHubspotReader(
        portal.call,
        createStages(portal.call, { now: Date.now }),
        'https://app.hubspot.com',
      ),
    ],
    connection: async () => portal.connection,
  });
const ref = (portal: TestPortal, recordId: string, objectType = 'contact') => ({
  connectionId: portal.connection.id,
  objectType,
  recordId,
});
const requests = () => sandbox.hubspot.stats().requests;
const codeOf = (error: unknown) => (error instanceof AppError ? error.code : String(error));

describe('reading records through', () => {
  test('a record with its own values, its company’s, its person and its owner', async () => {
    const portal = openPortal(sandbox);
    const company = portal.contact({ name: 'Acme', numberofemployees: '1200' }, 'companies');
    const { id } = sandbox.hubspot.create({
      portalId: portal.portalId,
      objectType: 'contacts',
      properties: {
        email: 'ann@acme.test',
        firstname: 'Ann',
        lastname: 'Lee',
        phone: '+14155550100',
        country: 'US',
        hubspot_owner_id: '1001',
      },
      associations: [{ objectType: 'companies', id: company }],
    });
    const sources = {
      country: 'contact.country',
      employees: 'company.numberofemployees',
      missing: 'contact.state',
    };
    expect(await readerOf(portal).read(ref(portal, id), sources)).toEqual({
      ref: ref(portal, id),
      raw: { country: 'US', employees: '1200', missing: null },
      person: {
        name: 'Ann Lee',
        company: null,
        email: 'ann@acme.test',
        phone: '+14155550100',
        source: null,
        message: null,
        url: `https://app.hubspot.com/contacts/${portal.portalId}/record/0-1/${id}`,
      },
      ownerId: '1001',
      ownerSince: expect.any(Number),
      gone: null,
    });
  });

  test('two hundred and fifty at once need three calls, and each gets its own', async () => {
    const portal = openPortal(sandbox);
    const reader = readerOf(portal);
    const ids = Array.from({ length: 250 }, (_, n) => portal.contact({ lastname: `L${n}` }));
    sandbox.hubspot.resetStats();
    const read = await Promise.all(ids.map((id) => reader.read(ref(portal, id), {})));
    expect(read.map(({ person }) => person.name)).toEqual(ids.map((_, n) => `L${n}`));
    expect(requests()).toBe(3);
  });

  test('what is gone says so: missing, archived, merged into another', async () => {
    const portal = openPortal(sandbox);
    const reader = readerOf(portal);
    const [kept, merged, archived] = [portal.contact(), portal.contact(), portal.contact()];
    const where = { portalId: portal.portalId, objectType: 'contacts' };
    const survivor = sandbox.hubspot.merge({ ...where, id: kept, mergeId: merged }).id;
    sandbox.hubspot.remove({ ...where, id: archived });
    const gone = async (id: string) => (await reader.read(ref(portal, id), {})).gone;
    expect(await gone('999999')).toBe('missing');
    expect(await gone(merged)).toEqual({ mergedInto: survivor });
    expect(['missing', 'archived']).toContain(await gone(archived));
  });

  test('a failed read rejects, retryable when it may pass, and the next one is not hurt', async () => {
    const portal = openPortal(sandbox);
    const reader = readerOf(portal);
    const id = portal.contact();
    sandbox.hubspot.setFaults([{ kind: '5xx', times: 1 }]);
    const failed = await reader.read(ref(portal, id), {}).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'crm_read_failed', retryable: true });
    expect((await reader.read(ref(portal, id), {})).gone).toBeNull();
  });

  test('a rush does not break the limit: later reads wait for it together', async () => {
    let now = Date.now();
    const portal = openPortal(sandbox, { now: () => now });
    const reader = readerOf(portal);
    const id = portal.contact();
    portal.limits.of(String(portal.portalId)).requests.exhaust();
    sandbox.hubspot.resetStats();
    const reads = Array.from({ length: 30 }, () => reader.read(ref(portal, id), {}));
    now += 10_001;
    await Promise.all(reads);
    expect(requests()).toBe(1);
    expect(sandbox.hubspot.stats().rateLimited).toBe(0);
  });
});

describe('the client', () => {
  test('a refused token is replaced once, and the call is made again', async () => {
    const portal = openPortal(sandbox);
    const id = portal.contact();
    sandbox.hubspot.tokens.expireAll();
    expect((await readerOf(portal).read(ref(portal, id), {})).gone).toBeNull();
  });

  test('tokens that stay refused need a person', async () => {
    const portal = openPortal(sandbox);
    const tokens = { get: async () => 'CJ-nonsense', refused: async () => undefined };
    const call = createHubspotClient({ apiUrl: portal.apiUrl, tokens, clock: { now: Date.now } });
    const failed = await call(portal.connection, {
      method: 'GET',
      path: '/crm/owners/2026-03',
      purpose: 'read',
    }).catch(codeOf);
    expect(failed).toBe('needs_reconnecting');
  });

  test('a call that gets no answer is given up; one that would outlive its lease is not begun', async () => {
    const portal = openPortal(sandbox);
    const call = createHubspotClient({
      apiUrl: portal.apiUrl,
      tokens: portal.tokens,
      clock: { now: Date.now },
      requestTimeoutMs: 100,
    });
    const owners = { method: 'GET', path: '/crm/owners/2026-03', purpose: 'read' } as const;
    sandbox.hubspot.setFaults([{ kind: 'slow', ms: 2_000 }]);
    expect(await call(portal.connection, owners).catch(codeOf)).toBe('timeout');
    sandbox.hubspot.setFaults([]);
    sandbox.hubspot.resetStats();
    expect(await call(portal.connection, { ...owners, until: Date.now() + 50 }).catch(codeOf)).toBe(
      'timeout',
    );
    expect(requests()).toBe(0);
  });

  test('a failure is asked once: the library does not repeat by itself', async () => {
    const portal = openPortal(sandbox);
    sandbox.hubspot.setFaults([{ kind: '5xx' }]);
    sandbox.hubspot.resetStats();
    const reply = await portal.call(portal.connection, {
      method: 'GET',
      path: '/crm/owners/2026-03',
      purpose: 'read',
    });
    expect([reply.status, requests()]).toEqual([503, 1]);
  });

  test('two hundred calls in a row keep within the account’s limit', async () => {
    const portal = openPortal(sandbox);
    const owners = {
      method: 'GET',
      path: '/crm/owners/2026-03',
      purpose: 'delivery',
      until: Date.now() + 4_000,
    } as const;
    const calls = Array.from({ length: 200 }, () =>
      portal.call(portal.connection, owners).then(({ status }) => status, codeOf),
    );
    const outcomes = await Promise.all(calls);
    const ok = outcomes.filter((outcome) => outcome === 200).length;
    // While nobody waits for a read deliveries have all but the five that are kept for one.
    expect(ok).toBeGreaterThan(75);
    expect(ok).toBeLessThanOrEqual(105);
    expect(outcomes.filter((outcome) => outcome === 'rate_limited').length).toBe(200 - ok);
    expect(sandbox.hubspot.stats().rateLimited).toBe(0);
  });
});

describe('people, open work, lost pushes, properties', () => {
  test('owners come with their hours; those who left do not come', async () => {
    const portal = openPortal(sandbox);
    const people = await createHubspotDirectory(portal.call).read(portal.connection, []);
    expect(people.map(({ externalId }) => externalId)).toEqual(['1001', '1002', '1003', '1004', '1005']);
    expect(people[0]).toEqual({
      kind: 'owner',
      externalId: '1001',
      email: 'owner.1001@example.com',
      name: 'Owner 1001',
      details: {
        type: 'PERSON',
        userId: 501_001,
        teams: ['Inbound'],
      },
      times: {
        timezone: 'America/New_York',
        hours: Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: 540, to: 1020 }] : [])),
      },
    });
  });

  test('an account without the users scope gives owners all the same', async () => {
    const portal = openPortal(sandbox, {
      scopes: ALL_SCOPES.filter((scope) => scope !== 'crm.objects.users.read'),
    });
    const [first] = await createHubspotDirectory(portal.call).read(portal.connection, []);
    expect(first).toMatchObject({ externalId: '1001', details: { userId: 501_001 } });
    expect(first).not.toHaveProperty('times');
  });

  const count = (portal: TestPortal, owners: readonly string[]) =>
    countOpenWork(portal.call, createStages(portal.call, { now: Date.now }), portal.connection, owners);

  test('open work is counted per owner: contacts, or leads where there are more', async () => {
    const portal = openPortal(sandbox);
    const own = (hubspot_owner_id: string, lifecyclestage: string) =>
      portal.contact({ hubspot_owner_id, lifecyclestage });
    for (const stage of ['lead', 'opportunity', 'customer']) own('1001', stage);
    const about = own('1002', 'subscriber');
    for (const stage of ['new-stage-id', 'connected-stage-id', 'unqualified-stage-id'])
      sandbox.hubspot.create({
        portalId: portal.portalId,
        objectType: 'leads',
        properties: { hs_lead_name: 'L', hubspot_owner_id: '1002', hs_pipeline_stage: stage },
        associations: [{ objectType: 'contacts', id: about }],
      });
    expect(await count(portal, ['1001', '1002'])).toEqual({ '1001': 2, '1002': 2 });
  });

  test('open work of many is counted by the page, of few by the owner', async () => {
    const portal = openPortal(sandbox, { scopes: ALL_SCOPES.filter((scope) => !scope.includes('leads')) });
    for (let n = 0; n < 450; n++)
      portal.contact({ hubspot_owner_id: n % 9 === 0 ? '1001' : '1002', lifecyclestage: 'lead' });
    sandbox.hubspot.resetStats();
    const owners = ['1001', '1002', '1003', '1004'];
    expect(await count(portal, owners)).toEqual({ '1001': 50, '1002': 400, '1003': 0, '1004': 0 });
    const searches = () => sandbox.hubspot.stats().byRoute['POST /crm/objects/2026-03/contacts/search'];
    expect(searches()).toBe(3);
    expect(await count(portal, ['1001'])).toEqual({ '1001': 50 });
    expect(searches()).toBe(3 + 2);
  });

  test('the reason’s properties are made once, and found again by the next process', async () => {
    const portal = openPortal(sandbox);
    expect(await createReasonFields(portal.call).ensure(portal.connection, 'contact')).toBe(true);
    sandbox.hubspot.resetStats();
    const again = createReasonFields(portal.call);
    expect(await again.ensure(portal.connection, 'contact')).toBe(true);
    expect(await again.ensure(portal.connection, 'contact')).toBe(true);
    expect(requests()).toBe(1);
    const refused = openPortal(sandbox, {
      scopes: ALL_SCOPES.filter((scope) => !/schemas.*write/.test(scope)),
    });
    expect(await createReasonFields(refused.call).ensure(refused.connection, 'contact')).toBe(false);
  });
});

describe('tokens', () => {
  const refresherFor = (apiUrl: string, clientSecret: string) =>
    createHubspotRefresher({ apiUrl, clientId: 'sandbox-hubspot-client', clientSecret });

  test('a refresh gives a new access token; after an uninstall it says so', async () => {
    const portal = openPortal(sandbox);
    const { refreshToken } = sandbox.hubspot.install(portal.portalId);
    const refresher = refresherFor(portal.apiUrl, 'sandbox-hubspot-secret');
    expect(await refresher.refresh(refreshToken, portal.connection)).toMatchObject({
      ok: true,
      accessToken: expect.stringMatching(/^CJ/),
      expiresInMs: 1_800_000,
    });
    sandbox.hubspot.tokens.uninstall(portal.portalId);
    expect(await refresher.refresh(refreshToken, portal.connection)).toEqual({
      ok: false,
      code: 'invalid_grant',
    });
  });

  test('a wrong secret, a slip of HubSpot’s and no answer disconnect nobody', async () => {
    const portal = openPortal(sandbox);
    const { refreshToken } = sandbox.hubspot.install(portal.portalId);
    const failed = async (apiUrl: string, secret = 'sandbox-hubspot-secret') =>
      refresherFor(apiUrl, secret)
        .refresh(refreshToken, portal.connection)
        .catch((error: unknown) => error);
    expect(await failed(portal.apiUrl, 'wrong')).toMatchObject({
      ok: false,
      code: 'app_refused',
      remedy: expect.stringContaining('HUBSPOT_CLIENT_SECRET'),
    });
    expect(await failed('http://127.0.0.1:9')).toMatchObject({ code: 'vendor_unavailable', retryable: true });
    sandbox.hubspot.setFaults([{ kind: '5xx', path: '/oauth' }]);
    expect(await failed(portal.apiUrl)).toMatchObject({ code: 'vendor_unavailable', retryable: true });
  });
});
