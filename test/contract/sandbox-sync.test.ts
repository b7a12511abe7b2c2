import { afterEach, beforeEach, expect, test } from 'vitest';
import { createManualScheduler } from '../../sandbox/scheduler.ts';
import { ANNA, BEN, TEST_ACCOUNT } from '../support/sandbox-account.ts';
import { type OpenOrg, openOrg } from '../support/sandbox-org.ts';

const scheduler = createManualScheduler(Date.parse('2026-11-24T15:00:00Z'));
let org: OpenOrg;

beforeEach(async () => {
  org = await openOrg({ accounts: [TEST_ACCOUNT], scheduler });
  org.sync.start();
});
afterEach(() => org.close());

const contact = (properties: Readonly<Record<string, string>>) =>
  org.hubspot.create({ objectType: 'contacts', properties });
const contactOf = (id: string) => org.hubspot.record({ objectType: 'contacts', id }).properties;
const leadIdOf = (contactId: string) => contactOf(contactId).salesforceleadid ?? '';

test('a contact gets a lead with its values and its owner, found by e-mail', () => {
  const { id } = contact({
    email: 'ada@example.com',
    firstname: 'Ada',
    country: 'US',
    hubspot_owner_id: ANNA,
  });
  expect(org.sync.syncNow()).toEqual({ toContacts: 0, toLeads: 1, problems: [] });
  expect(org.salesforce.record({ id: leadIdOf(id) })).toMatchObject({
    Email: 'ada@example.com',
    FirstName: 'Ada',
    LastName: '[not provided]',
    Country: 'US',
    OwnerId: org.idOf('anna@example.com'),
  });
  expect(org.sync.syncNow()).toEqual({ toContacts: 0, toLeads: 0, problems: [] });
});

test('a lead gets a contact, or is joined to the one with its e-mail', () => {
  const lead = org.lead({ Email: 'bob@example.com', OwnerId: org.idOf('ben@example.com') });
  const known = contact({ email: 'cyd@example.com' });
  const twin = org.lead({ Email: 'cyd@example.com' });
  org.sync.syncNow();
  const made = org.hubspot.portal().unique.get('contacts/email/bob@example.com') ?? '';
  expect(contactOf(made)).toMatchObject({
    salesforceleadid: lead,
    hubspot_owner_id: BEN,
    company: 'Engines',
  });
  expect(leadIdOf(known.id)).toBe(twin);
});

test('owners travel both ways; a queue has nobody to travel to', () => {
  const { id } = contact({ email: 'ada@example.com', hubspot_owner_id: ANNA });
  org.sync.syncNow();
  const lead = leadIdOf(id);
  org.salesforce.changeOwner({ id: lead, ownerId: org.idOf('ben@example.com'), by: 'anna@example.com' });
  org.sync.syncNow();
  expect(contactOf(id).hubspot_owner_id).toBe(BEN);
  const history = org.hubspot.record({ objectType: 'contacts', id }).history.hubspot_owner_id;
  expect(history?.[0]?.source.type).toBe('SALESFORCE');
  org.hubspot.changeOwner({ objectType: 'contacts', id, ownerId: ANNA, by: 'ben@example.com' });
  org.sync.syncNow();
  expect(org.salesforce.record({ id: lead }).OwnerId).toBe(org.idOf('anna@example.com'));
  expect(org.salesforce.journal.entries(lead).at(-1)?.actor).toMatchObject({
    via: 'sync',
    client: 'HubSpot',
  });
  org.salesforce.changeOwner({ id: lead, ownerId: org.idOf('Inbound_Holding') });
  org.sync.syncNow();
  expect(contactOf(id).hubspot_owner_id).toBe(ANNA);
});

test('where both sides changed the same value Salesforce stands; other values are kept', () => {
  const { id } = contact({ email: 'ada@example.com', country: 'US' });
  org.sync.syncNow();
  const lead = leadIdOf(id);
  org.salesforce.update({ id: lead, values: { Country: 'DE' } });
  org.hubspot.update({ objectType: 'contacts', id, properties: { country: 'FR', phone: '+1' } });
  org.sync.syncNow();
  expect(contactOf(id)).toMatchObject({ country: 'DE', phone: '+1' });
  expect(org.salesforce.record({ id: lead })).toMatchObject({ Country: 'DE', Phone: '+1' });
});

test('what the other side refuses is told; with an interval it runs by itself until stopped', () => {
  const { id } = contact({ email: 'ada@example.com' });
  org.sync.start(60_000);
  contact({ email: 'bob@example.com' });
  scheduler.advance(60_000);
  expect(leadIdOf(id)).not.toBe('');
  org.salesforce.setAutomation({ validationRule: { message: 'No.' } });
  org.hubspot.changeOwner({ objectType: 'contacts', id, ownerId: BEN });
  expect(org.sync.syncNow().problems).toEqual(['No.']);
  org.sync.stop();
  contact({ email: 'cyd@example.com' });
  scheduler.advance(600_000);
  expect(org.sync.waiting()).toBe(0);
});

test('of people who are alone only a share is carried over, always the same ones', () => {
  org.sync.set({ share: 0.25 });
  const ids = Array.from({ length: 80 }, (_, n) => contact({ email: `p${n}@example.com` }).id);
  const { toLeads } = org.sync.syncNow();
  expect(toLeads).toBeGreaterThan(8);
  expect(toLeads).toBeLessThan(35);
  const synced = ids.filter((id) => leadIdOf(id) !== '');
  for (const id of ids) org.hubspot.update({ objectType: 'contacts', id, properties: { city: 'Bristol' } });
  org.sync.syncNow();
  expect(ids.filter((id) => leadIdOf(id) !== '')).toEqual(synced);
});
