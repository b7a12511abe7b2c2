import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { ALL_SCOPES } from '../../sandbox/hubspot/create-hubspot.ts';
import type { RecordRef } from '../../server/assignments/types.ts';
import { createHubspotChanges } from '../../server/crm/hubspot/poll.ts';
import { openPortal, type TestPortal } from '../support/hubspot-portal.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ port: 0 });
  // Every test here is one in which no push arrives.
  sandbox.hubspot.dropPushes(1);
});
afterAll(() => sandbox.close());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Looks at an account again and again, each time from where the look before ended. */
const lookerAt = (portal: TestPortal, sources: Record<string, string> = {}) => {
  const changes = createHubspotChanges(portal.call);
  const open: RecordRef[] = [];
  let cursor: string | null = null;
  const look = async (ahead = 0) => {
    const now = Date.now() + ahead;
    const found = await changes.read(portal.connection, {
      cursor,
      now,
      sources,
      openRecords: async () => open,
    });
    cursor = found.cursor;
    return found.records.map(({ ref, snapshot }) => [
      `${ref.objectType}/${ref.recordId}`,
      snapshot?.gone ?? null,
    ]);
  };
  const follow = (objectType: string, recordId: string) =>
    void open.push({ connectionId: portal.connection.id, objectType, recordId });
  return { look, follow, startAt: (text: string) => (cursor = text) };
};

const where = (portal: TestPortal, id: string, objectType = 'contacts') => ({
  portalId: portal.portalId,
  objectType,
  id,
});

/** As if a contact had last been changed then. */
const changedAt = (portal: TestPortal, id: string, at: number): void => {
  const record = sandbox.hubspot.record(where(portal, id));
  record.properties.lastmodifieddate = new Date(at).toISOString();
  for (const version of record.history.lastmodifieddate ?? []) Object.assign(version, { at });
};

describe('what no push told', () => {
  test('new contacts, owners and values people changed; what was there before is no news', async () => {
    const portal = openPortal(sandbox);
    const { look } = lookerAt(portal);
    expect(await look()).toEqual([]);
    const [made, owned] = [portal.contact({ email: 'new@harbour.test' }), portal.contact()];
    sandbox.hubspot.changeOwner({ ...where(portal, owned), ownerId: '1001' });
    expect((await look()).map(([ref]) => ref).toSorted()).toEqual(
      [`contact/${made}`, `contact/${owned}`].toSorted(),
    );
  });

  test('one search per two hundred, and nothing else', async () => {
    const portal = openPortal(sandbox);
    const { look } = lookerAt(portal);
    await look();
    for (let n = 0; n < 450; n++) changedAt(portal, portal.contact(), Date.now() - n);
    sandbox.hubspot.resetStats();
    expect(await look()).toHaveLength(450);
    expect(sandbox.hubspot.stats().requests).toBe(3);
  });

  test('a contact that is changed between two pages moves no other past the look', async () => {
    const portal = openPortal(sandbox);
    const begun = Date.now() - HOUR;
    const ids = Array.from({ length: 450 }, () => portal.contact());
    for (const [index, id] of ids.entries()) changedAt(portal, id, begun + index * 1_000);
    let pages = 0;
    const moving: TestPortal = {
      ...portal,
      call: async (to, call) => {
        const reply = await portal.call(to, call);
        if (call.search && ++pages === 1) for (const id of ids.slice(0, 5)) changedAt(portal, id, Date.now());
        return reply;
      },
    };
    const { look, startAt } = lookerAt(moving);
    startAt(JSON.stringify({ types: { contact: { at: begun } }, goneAt: Date.now() }));
    const seen = (await look()).map(([ref]) => ref);
    expect(ids.filter((id) => !seen.includes(`contact/${id}`))).toEqual([]);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('the next look begins by the clock of HubSpot, however fast ours goes; a burst is not read again in silence', async () => {
    const portal = openPortal(sandbox);
    const { look } = lookerAt(portal);
    await look();
    const [first, second] = [portal.contact(), portal.contact()];
    changedAt(portal, second, Date.now() + 500);
    expect(await look(10 * MINUTE)).toHaveLength(2);
    const third = portal.contact();
    changedAt(portal, third, Date.now() + 1_000);
    const found = (await look(10 * MINUTE)).map(([ref]) => ref);
    expect(found).toContain(`contact/${third}`);
    expect(found).not.toContain(`contact/${first}`);
  });

  test('leads and deals only where the policy reads them; a company only where a lead stands on it', async () => {
    const portal = openPortal(sandbox);
    const contact = portal.contact();
    const lead = sandbox.hubspot.create({
      portalId: portal.portalId,
      objectType: 'leads',
      properties: { hs_lead_name: 'Harbour' },
      associations: [{ objectType: 'contacts', id: contact }],
    }).id;
    const [ours, other] = [
      portal.contact({ name: 'A' }, 'companies'),
      portal.contact({ name: 'B' }, 'companies'),
    ];
    const without = lookerAt(portal, { country: 'contact.country', size: 'company.numberofemployees' });
    await without.look();
    sandbox.hubspot.resetStats();
    expect(await without.look()).toEqual([[`contact/${contact}`, null]]);
    expect(sandbox.hubspot.stats().requests).toBe(1);

    const withLeads = lookerAt(portal, { stage: 'lead.hs_pipeline_stage' });
    withLeads.follow('company', ours);
    await withLeads.look();
    const found = (await withLeads.look()).map(([ref]) => ref);
    expect(found).toEqual(expect.arrayContaining([`lead/${lead}`, `company/${ours}`, `contact/${contact}`]));
    expect(found).not.toContain(`company/${other}`);
  });

  test('an account without leads, or that does not show them, is looked through for the rest', async () => {
    const portal = openPortal(sandbox, { scopes: ALL_SCOPES.filter((scope) => !scope.includes('leads')) });
    const { look } = lookerAt(portal, { stage: 'lead.hs_pipeline_stage' });
    await look();
    const contact = portal.contact();
    expect(await look()).toEqual([[`contact/${contact}`, null]]);
  });

  test.each([
    ['into the one that lives on', false],
    ['both into a new one', true],
  ])('a merge, %s: the open lead is told where its record went, at once', async (_, asNew) => {
    const portal = openPortal(sandbox);
    const { look, follow } = lookerAt(portal);
    const [kept, gone] = [portal.contact({ email: 'kept@a.test' }), portal.contact({ email: 'gone@a.test' })];
    for (const id of [kept, gone]) follow('contact', id);
    await look();
    const survivor = sandbox.hubspot.merge({ ...where(portal, kept), mergeId: gone, asNew });
    const told = Object.fromEntries(await look());
    expect(told[`contact/${gone}`]).toEqual({ mergedInto: survivor.id });
    expect(told[`contact/${survivor.id}`]).toBeNull();
    if (asNew) expect(told[`contact/${kept}`]).toEqual({ mergedInto: survivor.id });
  });

  test('deleted, wiped out and merged records of open leads are found within the hour, for one call a hundred', async () => {
    const portal = openPortal(sandbox);
    const { look, follow } = lookerAt(portal);
    const ids = Array.from({ length: 250 }, () => portal.contact());
    ids.forEach((id, index) => {
      changedAt(portal, id, Date.now() - 250 + index);
      follow('contact', id);
    });
    await look();
    const [deleted, wiped, merged] = ids as [string, string, string];
    sandbox.hubspot.remove(where(portal, deleted));
    sandbox.hubspot.privacyDelete(where(portal, wiped));
    await look(5 * MINUTE);
    sandbox.hubspot.resetStats();
    const told = Object.fromEntries(await look(HOUR));
    expect(told[`contact/${deleted}`]).toBe('archived');
    expect(told[`contact/${wiped}`]).toBe('erased');
    expect(told).not.toHaveProperty(`contact/${merged}`);
    // A search, three batch reads, one of the bin, one look at each that is gone.
    expect(sandbox.hubspot.stats().requests).toBe(7);
  });

  test('a restored record is news again', async () => {
    const portal = openPortal(sandbox);
    const { look } = lookerAt(portal);
    const id = portal.contact();
    await look();
    sandbox.hubspot.remove(where(portal, id));
    expect(await look()).toEqual([]);
    sandbox.hubspot.restore(where(portal, id));
    expect(await look()).toEqual([[`contact/${id}`, null]]);
  });

  test('more than a search can reach is read in several looks, even where all changed in one millisecond', async () => {
    let now = Date.now();
    sandbox.hubspot.limits.set({ searchPerSecond: null });
    const portal = openPortal(sandbox, { now: () => (now += 300) });
    const { look, startAt } = lookerAt(portal);
    const at = Date.now();
    const account = sandbox.hubspot.portal(portal.portalId);
    for (let n = 0; n < 10_300; n++) {
      changedAt(portal, portal.contact(), at);
    }
    startAt(JSON.stringify({ types: { contact: { at } }, goneAt: Date.now() + HOUR }));
    const found = new Set<string>();
    for (let looks = 0; looks < 4; looks++) for (const [ref] of await look()) found.add(String(ref));
    expect(found.size).toBe(10_300);
    expect(account.records.contacts.size).toBe(10_300);
    sandbox.hubspot.limits.set({ searchPerSecond: 5 });
  }, 60_000);

  test('a cursor of the form before is taken up, and one that cannot be read begins anew', async () => {
    const portal = openPortal(sandbox);
    const { look, startAt } = lookerAt(portal);
    const id = portal.contact();
    startAt(String(Date.now() - MINUTE));
    expect(await look()).toEqual([[`contact/${id}`, null]]);
    startAt('nonsense');
    expect(await look()).toEqual([]);
  });
});
