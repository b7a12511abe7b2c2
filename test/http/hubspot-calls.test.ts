import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { gatherReads } from '../../server/crm/gather-reads.ts';
import { createHubspotChanges } from '../../server/crm/hubspot/poll.ts';
import { createHubspotReader } from '../../server/crm/hubspot/reader.ts';
import { createReasonFields } from '../../server/crm/hubspot/reason-fields.ts';
import { createHubspotSender } from '../../server/crm/hubspot/sender.ts';
import { createStages } from '../../server/crm/hubspot/stages.ts';
import { deliveryOf, ownerWrite } from '../support/delivery-rows.ts';
import { decisionViews, openPortal } from '../support/hubspot-portal.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ port: 0 });
});
afterAll(() => sandbox.close());

const LEADS = 1_000;

const SOURCES = {
  country: 'contact.country',
  employees: 'company.numberofemployees',
};

test.each([
  ['contact', 0.05, SOURCES],
  ['lead', 0.1, { ...SOURCES, stage: 'lead.hs_pipeline_stage' }],
] as const)(
  'a thousand records of type %s: read with what they are joined to, written, verified and looked at again, at most %d calls each',
  async (objectType, most, sources) => {
    let now = Date.now();
    // A clock that runs fast, so that our own limits keep nobody waiting.
    const portal = openPortal(sandbox, { now: () => (now += 200) });
    sandbox.hubspot.limits.set({ perTenSeconds: null, searchPerSecond: null });
    const { portalId, connection, call } = portal;
    const company = portal.contact({ name: 'Harbour', numberofemployees: '1200' }, 'companies');
    const ids = Array.from({ length: LEADS }, (_, n) => {
      const contact = sandbox.hubspot.create({
        portalId,
        objectType: 'contacts',
        properties: { email: `p${n}@harbour.test`, country: 'US' },
        associations: [{ objectType: 'companies', id: company }],
      }).id;
      if (objectType === 'contact') return contact;
      return sandbox.hubspot.create({
        portalId,
        objectType: 'leads',
        properties: { hs_lead_name: `Lead ${n}`, hs_pipeline_stage: 'new-stage-id' },
        associations: [{ objectType: 'contacts', id: contact }],
      }).id;
    });
    sandbox.hubspot.resetStats();

    const reader = gatherReads({
      readers: [createHubspotReader(call, createStages(call, { now: Date.now }), 'https://app.hubspot.com')],
      connection: async () => connection,
    });
    const refs = ids.map((recordId) => ({ connectionId: connection.id, objectType, recordId }));
    const read = await Promise.all(refs.map((ref) => reader.read(ref, sources)));
    expect(read.every(({ raw }) => raw.country === 'US' && raw.employees === '1200')).toBe(true);
    expect(read[7]?.person).toMatchObject({ email: 'p7@harbour.test' });

    const sender = createHubspotSender({
      call,
      reasonFields: createReasonFields(call),
      decisionsById: decisionViews,
      clock: { now: Date.now },
    });
    const size = sender.batchSize('owner_write');
    for (let from = 0; from < LEADS; from += size) {
      const batch = ids
        .slice(from, from + size)
        .map((id) => deliveryOf(ownerWrite(id, '1001', null, objectType)));
      const results = await sender.send(connection, batch, Number.MAX_SAFE_INTEGER);
      expect(results.every(({ outcome }) => outcome === 'done')).toBe(true);
    }
    const looked = createHubspotChanges(call).read(connection, {
      cursor: JSON.stringify({
        types: { contact: { at: 0 }, lead: { at: 0 } },
        goneAt: Number.MAX_SAFE_INTEGER,
      }),
      now: Date.now(),
      sources,
    });
    expect((await looked).records.length).toBeGreaterThanOrEqual(LEADS);

    const { requests } = sandbox.hubspot.stats();
    expect(requests / LEADS).toBeLessThanOrEqual(most);
    const type = objectType === 'contact' ? 'contacts' : 'leads';
    expect(ids.every((id) => portal.record(id, type).properties.hubspot_owner_id === '1001')).toBe(true);
  },
  60_000,
);
