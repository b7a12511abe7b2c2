import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { ALL_SCOPES } from '../../sandbox/hubspot/create-hubspot.ts';
import { createHubspotEntry } from '../../server/crm/hubspot/entry.ts';
import { createKeyField, createReasonFields } from '../../server/crm/hubspot/reason-fields.ts';
import { createStages } from '../../server/crm/hubspot/stages.ts';
import { decisionView, openPortal, type TestPortal } from '../support/hubspot-portal.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ port: 0 });
});
afterEach(() => sandbox.hubspot.setFaults([]));
afterAll(() => sandbox.close());

const NO_LEADS = ALL_SCOPES.filter((scope) => !scope.includes('leads'));

/** As a process makes it: with nothing known of the account. */
const entryOf = ({ call }: TestPortal) =>
  createHubspotEntry({
    call,
    stages: createStages(call, { now: Date.now }),
    reasonFields: createReasonFields(call),
    keyField: createKeyField(call),
  });

const until = () => Date.now() + 30_000;

const lead = (key: string, changes: Record<string, unknown> = {}) => ({
  key,
  person: {
    name: 'Ann van Dyke',
    company: 'Harbour',
    email: 'Ann@Harbour.test',
    phone: '+1 415 555 0100',
    source: null,
    message: 'Call me',
    url: null,
  },
  values: { 'contact.country': 'US' },
  ownerId: '1001',
  decision: decisionView('dec_1'),
  mayExist: false,
  ...changes,
});
const person = (changes: Record<string, unknown>) => ({ ...lead('x').person, ...changes });

const all = (portal: TestPortal, type: 'contacts' | 'leads' | 'deals') => [
  ...sandbox.hubspot.portal(portal.portalId).records[type].values(),
];

describe('a lead from elsewhere', () => {
  test('becomes a contact with owner, reason and company, in one step', async () => {
    const portal = openPortal(sandbox, { scopes: NO_LEADS });
    const company = portal.contact({ name: 'Harbour', domain: 'harbour.test' }, 'companies');
    const [entered] = await entryOf(portal).create(portal.connection, [lead('led_1')], until());
    const [contact] = all(portal, 'contacts');
    expect(entered).toEqual({
      kind: 'entered',
      existed: false,
      ref: { connectionId: portal.connection.id, objectType: 'contact', recordId: contact?.id },
    });
    expect(contact?.properties).toMatchObject({
      firstname: 'Ann van',
      lastname: 'Dyke',
      email: 'ann@harbour.test',
      country: 'US',
      hubspot_owner_id: '1001',
      fairlead_key: 'led_1',
      fairlead_decision: 'dec_1',
      associatedcompanyid: company,
    });
  });

  test('becomes a lead about that contact where the account uses leads: both have the owner', async () => {
    const portal = openPortal(sandbox);
    const company = portal.contact({ name: 'Harbour', domain: 'harbour.test' }, 'companies');
    const [entered] = await entryOf(portal).create(portal.connection, [lead('led_1')], until());
    const [made] = all(portal, 'leads');
    expect(entered).toMatchObject({ existed: false, ref: { objectType: 'lead', recordId: made?.id } });
    expect(made?.properties).toMatchObject({
      hs_lead_name: 'Ann van Dyke',
      hubspot_owner_id: '1001',
      hs_primary_contact_id: all(portal, 'contacts')[0]?.id,
      hs_primary_company_id: company,
      fairlead_reason: decisionView('dec_1').reason,
    });
  });

  test('a hundred go in with a handful of calls', async () => {
    const portal = openPortal(sandbox);
    const entry = entryOf(portal);
    await entry.create(
      portal.connection,
      [lead('first', { person: person({ email: 'a@first.test' }) })],
      until(),
    );
    sandbox.hubspot.resetStats();
    const many = Array.from({ length: 100 }, (_, n) =>
      lead(`led_${n}`, { person: person({ email: `p${n}@harbour.test` }) }),
    );
    const entered = await entry.create(portal.connection, many, until());
    expect(entered.every((one) => one.kind === 'entered' && !one.existed)).toBe(true);
    // Companies of the domains, contacts, leads.
    expect(sandbox.hubspot.stats().requests).toBe(3);
  });

  test.each([
    ['contacts', 'before the contact', 'before'],
    ['contacts', 'after the contact', 'after'],
    ['leads', 'before the lead', 'before'],
    ['leads', 'after the lead', 'after'],
  ] as const)('a connection lost at %s, %s was made: the next try leaves no twin', async (type, _, when) => {
    const portal = openPortal(sandbox);
    const nameless = person({ email: null, name: null, phone: null });
    const records = [lead('led_1'), lead('led_2', { person: nameless })];
    sandbox.hubspot.setFaults([
      { kind: 'reset', path: `/objects/2026-03/${type}/batch/create`, when, times: 1 },
    ]);
    const first = await entryOf(portal).create(portal.connection, records, until());
    expect(first).toEqual([
      { kind: 'failed', result: { outcome: 'retry', afterMs: null, code: 'vendor_unavailable' } },
      { kind: 'failed', result: { outcome: 'retry', afterMs: null, code: 'vendor_unavailable' } },
    ]);
    const again = records.map((record) => ({ ...record, mayExist: true }));
    const second = await entryOf(portal).create(portal.connection, again, until());
    expect(second.map((one) => one.kind)).toEqual(['entered', 'entered']);
    expect(all(portal, 'contacts')).toHaveLength(2);
    expect(all(portal, 'leads').map(({ properties }) => properties.hubspot_owner_id)).toEqual([
      '1001',
      '1001',
    ]);
  });

  test('an address that is somebody’s already, as a further one too: theirs stands, with its owner', async () => {
    const portal = openPortal(sandbox, { scopes: NO_LEADS });
    const [kept, gone] = [
      portal.contact({ email: 'kept@harbour.test', hubspot_owner_id: '1002' }),
      portal.contact({ email: 'second@harbour.test' }),
    ];
    const third = portal.contact({ email: 'third@harbour.test' });
    for (const mergeId of [gone, third])
      sandbox.hubspot.merge({ portalId: portal.portalId, objectType: 'contacts', id: kept, mergeId });
    const emails = ['kept@harbour.test', 'second@harbour.test', 'third@harbour.test'];
    const entered = await entryOf(portal).create(
      portal.connection,
      emails.map((email) => lead(email, { person: person({ email }) })),
      until(),
    );
    expect(entered.map((one) => one.kind === 'entered' && [one.existed, one.ref.recordId])).toEqual(
      emails.map(() => [true, kept]),
    );
    expect(portal.record(kept).properties.hubspot_owner_id).toBe('1002');
  });

  test('one that HubSpot refuses says why, and harms no other', async () => {
    const portal = openPortal(sandbox);
    const bad = lead('bad', { person: person({ email: 'no address' }) });
    const gone = lead('gone', { ownerId: '1009', person: person({ email: 'b@harbour.test' }) });
    const entered = await entryOf(portal).create(portal.connection, [bad, lead('good'), gone], until());
    expect(entered.map((one) => one.kind)).toEqual(['failed', 'entered', 'failed']);
    expect(entered[0]).toMatchObject({
      result: { outcome: 'refused', remedy: expect.stringContaining('no address') },
    });
    expect(entered[2]).toMatchObject({ result: { outcome: 'refused', code: 'owner_inactive' } });
    expect(all(portal, 'contacts')).toHaveLength(1);
  });
});

describe('finding who is there', () => {
  test('by address, by a further address, else by phone; an open lead of theirs comes first', async () => {
    const portal = openPortal(sandbox);
    const ann = portal.contact({ email: 'ann@harbour.test' });
    const merged = portal.contact({ email: 'bob@old.test' });
    const bob = portal.contact({ email: 'bob@harbour.test' });
    sandbox.hubspot.merge({ portalId: portal.portalId, objectType: 'contacts', id: bob, mergeId: merged });
    const cy = portal.contact({ phone: '+49 30 901820' });
    const makeLead = (stage: string) =>
      sandbox.hubspot.create({
        portalId: portal.portalId,
        objectType: 'leads',
        properties: { hs_lead_name: 'Ann', hs_pipeline_stage: stage },
        associations: [{ objectType: 'contacts', id: ann }],
      }).id;
    const [, open] = [
      makeLead('unqualified-stage-id'),
      makeLead('new-stage-id'),
      makeLead('qualified-stage-id'),
    ];
    sandbox.hubspot.resetStats();
    const found = await entryOf(portal).find(portal.connection, [
      { email: 'ANN@harbour.test', phone: null },
      { email: 'bob@old.test', phone: null },
      { email: null, phone: '4930901820' },
      { email: 'nobody@harbour.test', phone: '4930901820' },
      { email: null, phone: null },
    ]);
    expect(found.map((ref) => ref && [ref.objectType, ref.recordId])).toEqual([
      ['lead', open],
      ['contact', bob],
      ['contact', cy],
      null,
      null,
    ]);
    // By address, further addresses, two kinds of phone; the pipelines; the leads of those found.
    expect(sandbox.hubspot.stats().requests).toBe(7);
  });
});

describe('what stands there already', () => {
  test('is filled in only where it is empty, on the contact a lead is about', async () => {
    const portal = openPortal(sandbox);
    const contact = portal.contact({ email: 'ann@harbour.test', country: 'DE' });
    const { id } = sandbox.hubspot.create({
      portalId: portal.portalId,
      objectType: 'leads',
      properties: { hs_lead_name: 'Ann' },
      associations: [{ objectType: 'contacts', id: contact }],
    });
    const ref = { connectionId: portal.connection.id, objectType: 'lead', recordId: id };
    const values = { 'contact.country': 'US', 'contact.city': 'Boston' };
    const entry = entryOf(portal);
    expect(await entry.fill(portal.connection, ref, values, until())).toEqual({ outcome: 'done' });
    expect(portal.record(contact).properties).toMatchObject({ country: 'DE', city: 'Boston' });
    const gone = { ...ref, objectType: 'contact', recordId: '404404' };
    expect(await entry.fill(portal.connection, gone, values, until())).toMatchObject({ code: 'record_gone' });
  });
});

describe('a lead somebody works on', () => {
  test('is qualified and becomes one deal, however often it is tried', async () => {
    const portal = openPortal(sandbox);
    const entry = entryOf(portal);
    const [entered] = await entry.create(portal.connection, [lead('led_1')], until());
    const ref = entered?.kind === 'entered' ? entered.ref : undefined;
    if (!ref) throw new Error('The lead did not enter.');
    const convert = () => entry.convert?.(portal.connection, [{ ref, ownerId: '1002' }], until());
    sandbox.hubspot.setFaults([{ kind: '5xx', path: '/leads/batch/update', times: 1 }]);
    expect(await convert()).toMatchObject([{ outcome: 'retry' }]);
    sandbox.hubspot.changeOwner({
      portalId: portal.portalId,
      objectType: 'leads',
      id: ref.recordId,
      ownerId: '1003',
    });
    expect(await convert()).toEqual([{ outcome: 'done' }]);
    expect(await convert()).toEqual([{ outcome: 'done' }]);
    // Whoever was given it meanwhile keeps it.
    expect(portal.record(ref.recordId, 'leads').properties.hubspot_owner_id).toBe('1003');
    expect(portal.record(ref.recordId, 'leads').properties.hs_pipeline_stage).toBe('qualified-stage-id');
    expect(all(portal, 'deals').map(({ properties }) => properties)).toEqual([
      expect.objectContaining({
        dealname: 'Ann van Dyke',
        dealstage: 'appointmentscheduled',
        hubspot_owner_id: '1002',
      }),
    ]);
  });

  test('a contact is not converted, and says what to do', async () => {
    const portal = openPortal(sandbox);
    const ref = { connectionId: portal.connection.id, objectType: 'contact', recordId: portal.contact() };
    expect(
      await entryOf(portal).convert?.(portal.connection, [{ ref, ownerId: '1001' }], until()),
    ).toMatchObject([{ outcome: 'refused', code: 'cannot_convert' }]);
  });
});
