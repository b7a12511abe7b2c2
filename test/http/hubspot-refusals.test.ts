import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { ALL_SCOPES } from '../../sandbox/hubspot/create-hubspot.ts';
import type { NewAlert } from '../../server/assignments/ports.ts';
import { createHubspotConnector } from '../../server/crm/hubspot/create-hubspot-connector.ts';
import { createHubspotEntry } from '../../server/crm/hubspot/entry.ts';
import { createLimits } from '../../server/crm/hubspot/limits.ts';
import { createHubspotReader } from '../../server/crm/hubspot/reader.ts';
import { createKeyField, createReasonFields } from '../../server/crm/hubspot/reason-fields.ts';
import { createStages } from '../../server/crm/hubspot/stages.ts';
import { checkSources } from '../../server/rounds/check-sources.ts';
import { openPortal, type TestPortal } from '../support/hubspot-portal.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ port: 0 });
});
afterAll(() => sandbox.close());

const clock = { now: Date.now };
const read = (portal: TestPortal, objectType: string) =>
  createHubspotReader(portal.call, createStages(portal.call, clock), 'https://app.hubspot.com')
    .read(portal.connection, [
      { ref: { connectionId: portal.connection.id, objectType, recordId: '1' }, sources: {} },
    ])
    .catch((error: unknown) => error);

describe('what an administrator is told', () => {
  test('a missing scope is named', async () => {
    const portal = openPortal(sandbox, { scopes: ALL_SCOPES.filter((scope) => !scope.includes('leads')) });
    expect(await read(portal, 'lead')).toMatchObject({
      code: 'crm_read_failed',
      retryable: false,
      message: expect.stringMatching(/lacks crm\.objects\.leads\.read\. Have an administrator install/),
    });
  });

  test('an account without leads is told so', async () => {
    const portal = openPortal(sandbox);
    sandbox.hubspot.portal(portal.portalId).missingTypes.add('leads');
    expect(await read(portal, 'lead')).toMatchObject({
      retryable: false,
      message: expect.stringContaining('leads come with Sales Hub Professional'),
    });
  });

  test('a deleted property is named where it is written', async () => {
    const portal = openPortal(sandbox);
    const entry = createHubspotEntry({
      call: portal.call,
      stages: createStages(portal.call, clock),
      reasonFields: createReasonFields(portal.call),
      keyField: createKeyField(portal.call),
    });
    const ref = { connectionId: portal.connection.id, objectType: 'contact', recordId: portal.contact() };
    expect(
      await entry.fill(portal.connection, ref, { 'contact.segment': 'A' }, Date.now() + 30_000),
    ).toMatchObject({
      outcome: 'refused',
      code: 'property_missing',
      remedy: expect.stringContaining('HubSpot has no property segment any more'),
    });
  });

  test('a deleted property is named where it is read, until it is there again', async () => {
    const portal = openPortal(sandbox);
    const open = new Map<string, NewAlert>();
    const alerts = {
      open: async (_: string, alert: NewAlert) => void open.set(alert.subject, alert),
      close: async (_: string, __: string, subject: string) => void open.delete(subject),
    };
    const connector = createHubspotConnector(
      { apiUrl: portal.apiUrl, appUrl: 'https://app.hubspot.com' },
      { tokens: portal.tokens, clock, push: { origin: () => '', secretOf: () => '' } },
    );
    const check = (segment: string) =>
      checkSources(portal.connection, connector, { country: 'contact.country', segment }, alerts);
    await check('contact.segment');
    expect([...open.values()].map(({ detail }) => detail.text)).toEqual([
      expect.stringMatching(/HubSpot has no contact\.segment \(the policy’s segment\)/),
    ]);
    await check('contact.industry');
    expect(open.size).toBe(0);
  });
});

describe('limits', () => {
  const headers = (left: number) =>
    new Headers({ 'X-HubSpot-RateLimit-Daily': '1000', 'X-HubSpot-RateLimit-Daily-Remaining': `${left}` });

  test('of a day’s calls looks stop first, then deliveries, then reads; a look at the day goes out each minute', () => {
    let now = 0;
    const limits = createLimits({ now: () => now });
    const allowed = () =>
      (['background', 'delivery', 'read'] as const).map((p) => limits.take('1', false, p) === 0);
    expect(allowed()).toEqual([true, true, true]);
    for (const [left, expected] of [
      [300, [true, true, true]],
      [200, [false, true, true]],
      [100, [false, false, true]],
      [40, [false, false, false]],
    ] as const) {
      limits.learn('1', headers(left), false);
      expect(allowed()).toEqual(expected);
    }
    expect(limits.usage('1')).toEqual({ limit: 'calls a day', used: 960, of: 1000, resetsAt: null });
    now += 60_000;
    expect(limits.take('1', false, 'read')).toBe(0);
    expect(limits.take('1', false, 'read')).toBe(60_000);
  });

  test('a day that is spent is left alone for a quarter of an hour; a refused search stops searches only', () => {
    let now = 0;
    const limits = createLimits({ now: () => now });
    limits.refused('1', 'searches');
    expect(limits.take('1', true, 'delivery')).toBeGreaterThan(0);
    expect(limits.take('1', false, 'delivery')).toBe(0);
    limits.refused('1', 'day');
    now += 10_000;
    expect(limits.take('1', false, 'read')).toBe(15 * 60_000 - 10_000);
  });
});
