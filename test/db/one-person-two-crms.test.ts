import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { afterEach, expect, test } from 'vitest';
import { createSandbox } from '../../sandbox/create-sandbox.ts';
import { createManualScheduler } from '../../sandbox/scheduler.ts';
import { composeService } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';

/** A Tuesday, 10:00 in New York and 15:00 in London. */
const TUESDAY = Date.parse('2026-11-24T15:00:00Z');
const HOUR = 3_600_000;
const API_KEY = 'fl_a-key-for-tests-only';
const NINE_TO_NOON = [{ days: 'MONDAY_TO_FRIDAY', startMinute: 540, endMinute: 720 }];

const person = (name: string, n: number) => ({
  email: `${name}@example.com`,
  firstName: name,
  lastName: 'Rep',
  ownerId: `400${n}`,
  userId: 9000 + n,
});
const ACCOUNT = {
  portalId: 4_711_001,
  name: 'Portal',
  timezone: 'America/New_York',
  people: [
    person('Ann', 1),
    { ...person('Ben', 2), timezone: 'America/New_York', workingHours: NINE_TO_NOON },
  ],
  workflows: [],
};
const ORG = {
  domain: 'two',
  name: 'Org',
  timezone: 'America/New_York',
  users: [{ ...person('Inte', 3) }, person('Ann', 1), person('Ben', 2)],
  queues: [],
};

const pool = (id: string) => ({
  id,
  name: id,
  members: [{ rep: 'ann' }, { rep: 'ben' }],
  method: 'round_robin',
});
const POLICY = {
  fairlead: 1,
  name: 'Two CRMs',
  timezone: 'America/New_York',
  fields: { crm: { type: 'text' } },
  pools: [pool('hubspot'), pool('salesforce')],
  rules: ['hubspot', 'salesforce'].map((id) => ({
    id,
    when: { field: 'crm', op: 'eq', value: id },
    then: [{ pool: id }],
  })),
  fallback: [{ wait: 'PT1H' }],
};
const REPS = [
  { id: 'ann', email: 'ann@example.com', capacity: { open: 3 } },
  { id: 'ben', email: 'ben@example.com', capacity: { open: 9 } },
];

interface Candidate {
  readonly rep: string;
  readonly code: string;
  readonly detail: string;
}
interface Decision {
  readonly outcome: string;
  readonly rep: { readonly id: string } | null;
  readonly candidates: readonly Candidate[];
}

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

/** The service between a HubSpot account and a Salesforce org of the same two people, everything on one clock. */
const openBoth = async (storage: Storage, reps: readonly unknown[] = REPS) => {
  const scheduler = createManualScheduler(TUESDAY);
  const sandbox = await createSandbox({ port: 0, scheduler, accounts: [ACCOUNT], orgs: [ORG] });
  const dataDir = mkdtempSync(join(tmpdir(), 'fairlead-two-'));
  const config = readConfig({
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    PUBLIC_BASE_URL: 'https://leads.example.com',
    BOOTSTRAP_API_KEY: API_KEY,
    HUBSPOT_CLIENT_ID: sandbox.hubspot.app.clientId,
    HUBSPOT_CLIENT_SECRET: sandbox.hubspot.app.clientSecret,
    HUBSPOT_API_URL: `${sandbox.url}/hubspot`,
    SALESFORCE_CLIENT_ID: sandbox.salesforce.app.clientId,
    SALESFORCE_CLIENT_SECRET: sandbox.salesforce.app.clientSecret,
    SALESFORCE_LOGIN_URL: `${sandbox.url}/salesforce`,
    SLACK_SIGNING_SECRET: 'slack-secret',
    SLACK_API_URL: 'http://127.0.0.1:9/',
  });
  const clock = { now: scheduler.now };
  const service = await composeService(config, { storage, clock });
  opened.push(async () => {
    await service.stop();
    await sandbox.close();
    await rm(dataDir, { recursive: true });
  });
  const api = (method: 'post' | 'put' | 'get', path: string, body?: object) => {
    const asked = supertest(service.app)[method](`/api/v1${path}`).set('authorization', `Bearer ${API_KEY}`);
    return (body === undefined ? asked : asked.send(body)).expect(200).then((reply) => reply.body);
  };
  await api('put', '/reps', reps as unknown[]);
  const portal = sandbox.hubspot.install(ACCOUNT.portalId);
  const org = sandbox.salesforce.install(ORG.domain, 'Inte@example.com');
  const hubspot = await api('post', '/connections', {
    vendor: 'hubspot',
    externalId: String(ACCOUNT.portalId),
    name: 'Portal',
    scopes: portal.scopes,
    tokens: { refreshToken: portal.refreshToken },
  });
  const salesforce = await api('post', '/connections', {
    vendor: 'salesforce',
    externalId: org.orgId,
    name: 'Org',
    scopes: ['api'],
    tokens: { refreshToken: org.refreshToken },
    settings: { instanceUrl: org.instanceUrl },
  });
  await api('put', '/policy', POLICY);
  const users = [...(sandbox.salesforce.org().tables.get('User')?.values() ?? [])];
  return {
    sandbox,
    api,
    userId: (email: string) => users.find(({ Email }) => Email === email)?.Id ?? '',
    syncBoth: async () => {
      await api('post', `/connections/${hubspot.id}/sync`);
      await api('post', `/connections/${salesforce.id}/sync`);
    },
    lead: (crm: string): Promise<Decision> => api('post', '/leads', { fields: { crm } }),
    sleepUntil: (at: number) => scheduler.advance(at - scheduler.now()),
  };
};

const said = ({ candidates }: Decision, rep: string) => {
  const { code, detail } = candidates.find((candidate) => candidate.rep === rep)!;
  return { code, detail };
};

eachDatabase('a rep in a HubSpot pool and a Salesforce pool', (open) => {
  test('has one open-work count and one capacity', async () => {
    const both = await openBoth((await open()).storage);
    both.sandbox.hubspot.create({
      portalId: ACCOUNT.portalId,
      objectType: 'contacts',
      properties: { lifecyclestage: 'lead', hubspot_owner_id: '4001' },
    });
    both.sandbox.salesforce.create({
      values: { LastName: 'Open', Company: 'Work', OwnerId: both.userId('Ann@example.com') },
    });
    await both.syncBoth();
    // Counted in the background.
    await expect
      .poll(async () => {
        const { pools } = await both.api('get', '/overview');
        return pools.map(({ members }: { members: { open: number }[] }) => members[0]!.open);
      })
      .toEqual([2, 2]);
    const taken: string[] = [];
    for (let i = 0; i < 4; i++) taken.push((await both.lead('hubspot')).rep?.id ?? '');
    expect(taken.filter((rep) => rep === 'ann')).toHaveLength(1);
    expect(said(await both.lead('salesforce'), 'ann')).toEqual({
      code: 'at_capacity',
      detail: 'full: 3 of 3 open leads',
    });
  });

  test('has one time off, wherever it was entered, and one end of it', async () => {
    const both = await openBoth((await open()).storage);
    const userId = both.userId('Ann@example.com');
    const away = { from: TUESDAY, to: TUESDAY + HOUR };
    both.sandbox.salesforce.create({
      objectType: 'OutOfOffice',
      values: {
        UserId: userId,
        StartDate: new Date(away.from).toISOString(),
        EndDate: new Date(away.to).toISOString(),
        IsEnabled: true,
      },
    });
    await both.syncBoth();
    for (const crm of ['hubspot', 'salesforce']) {
      const decision = await both.lead(crm);
      expect(decision.rep?.id).toBe('ben');
      expect(said(decision, 'ann')).toEqual({
        code: 'time_off',
        detail: 'on time off (set in Salesforce), back at 11:00 New York',
      });
    }
    // HubSpot's begins before the other ends.
    setOutOfOffice(both.sandbox, 9001, [{ from: TUESDAY + HOUR / 2, to: TUESDAY + 3 * HOUR }]);
    await both.syncBoth();
    expect(said(await both.lead('salesforce'), 'ann').detail).toBe(
      'on time off (set in Salesforce), back at 13:00 New York',
    );
    await both.sleepUntil(away.to);
    expect(said(await both.lead('salesforce'), 'ann')).toEqual({
      code: 'time_off',
      detail: 'on time off (set in HubSpot), back at 13:00 New York',
    });
    await both.sleepUntil(TUESDAY + 3 * HOUR);
    expect(['chosen', 'outranked']).toContain(said(await both.lead('salesforce'), 'ann').code);
  });

  test('works the hours a CRM knows, unless the directory says others', async () => {
    const both = await openBoth((await open()).storage);
    await both.syncBoth();
    await both.sleepUntil(TUESDAY + 3 * HOUR);
    expect(said(await both.lead('salesforce'), 'ben')).toEqual({
      code: 'off_hours',
      detail: 'back at Wed 09:00 New York (hours set in HubSpot)',
    });
    await both.api('put', '/reps', [REPS[0]!, { ...REPS[1]!, hours: { 'mon-sun': '00:00-24:00' } }]);
    expect(['chosen', 'outranked']).toContain(said(await both.lead('salesforce'), 'ben').code);
  });
});

const setOutOfOffice = (
  { hubspot }: Awaited<ReturnType<typeof createSandbox>>,
  userId: number,
  ranges: readonly { readonly from: number; readonly to: number }[],
): void => {
  const users = hubspot.portal(ACCOUNT.portalId).records.users;
  const user = [...users.values()].find(
    ({ properties }) => properties.hs_internal_user_id === String(userId),
  )!;
  hubspot.update({
    portalId: ACCOUNT.portalId,
    objectType: 'users',
    id: user.id,
    properties: {
      hs_out_of_office_hours: JSON.stringify(
        ranges.map(({ from, to }) => ({ startTimestamp: from, endTimestamp: to })),
      ),
    },
  });
};
