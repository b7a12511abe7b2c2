import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { firstActivity } from '../../server/crm/hubspot/first-activity.ts';
import { openPortal } from '../support/hubspot-portal.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ port: 0 });
});
afterAll(() => sandbox.close());

const iso = (at: number) => new Date(at).toISOString();

test('the first thing a person did since, whatever its kind; received mail, our notes and nobody’s do not count', async () => {
  const portal = openPortal(sandbox);
  const since = Date.now() - 600_000;
  const log = (objectType: string, id: string, at: number, properties: Record<string, string> = {}) =>
    sandbox.hubspot.create({
      portalId: portal.portalId,
      objectType,
      properties: { hs_timestamp: iso(at), hubspot_owner_id: '1001', ...properties },
      associations: [{ objectType: 'contacts', id }],
    });
  const make = () => portal.contact();
  const [called, wrote, before, received, noted, ours, quiet, planned] = Array.from({ length: 8 }, make) as [
    string,
    ...string[],
  ];
  const second = 1_000;
  log('calls', called, since + 120 * second);
  log('emails', called, since + 60 * second);
  log('emails', wrote!, since + 5 * second, { hs_email_direction: 'EMAIL' });
  log('calls', before!, since - 60 * second);
  log('emails', received!, since + second, { hs_email_direction: 'INCOMING_EMAIL' });
  log('notes', noted!, since + 7 * second, { hs_note_body: 'Spoke to them' });
  log('notes', ours!, since + 8 * second, { hs_note_body: 'Fairlead decision dec_1', hubspot_owner_id: '' });
  const plannedAt = Date.now();
  log('meetings', planned!, since + 86_400_000);
  const ids = [called, wrote, before, received, noted, ours, quiet, planned] as string[];
  const wanted = ids.map((recordId) => ({
    ref: { connectionId: portal.connection.id, objectType: 'contact', recordId },
    since,
  }));
  sandbox.hubspot.resetStats();
  const found = await firstActivity(portal.call, portal.connection, wanted);
  expect(found.slice(0, 7)).toEqual([
    since + 60 * second,
    since + 5 * second,
    null,
    null,
    since + 7 * second,
    null,
    null,
  ]);
  // A meeting to come was put down now.
  expect(found[7]).toBeGreaterThanOrEqual(plannedAt);
  expect(found[7]).toBeLessThanOrEqual(Date.now());
  const { requests, byRoute } = sandbox.hubspot.stats();
  expect(requests).toBe(9);
  expect(Object.keys(byRoute).filter((route) => route.endsWith('/search'))).toEqual([]);
});

test('a thousand quiet contacts cost ten calls; a lead is looked at by itself', async () => {
  const portal = openPortal(sandbox);
  const quiet = Array.from({ length: 1_000 }, () => portal.contact());
  const lead = sandbox.hubspot.create({
    portalId: portal.portalId,
    objectType: 'leads',
    properties: { hs_lead_name: 'Harbour' },
    associations: [{ objectType: 'contacts', id: portal.contact() }],
  }).id;
  const at = Date.now() - 1_000;
  sandbox.hubspot.create({
    portalId: portal.portalId,
    objectType: 'calls',
    properties: { hs_timestamp: iso(at), hubspot_owner_id: '1002' },
    associations: [{ objectType: 'leads', id: lead }],
  });
  const wanted = (objectType: string, ids: readonly string[]) =>
    ids.map((recordId) => ({
      ref: { connectionId: portal.connection.id, objectType, recordId },
      since: at - 60_000,
    }));
  sandbox.hubspot.resetStats();
  const found = await firstActivity(portal.call, portal.connection, wanted('contact', quiet));
  expect(found.every((one) => one === null)).toBe(true);
  expect(sandbox.hubspot.stats().requests).toBe(10);
  expect(await firstActivity(portal.call, portal.connection, wanted('lead', [lead]))).toEqual([at]);
});
