import { expect, test } from 'vitest';
import { goneSnapshot } from '../../server/crm/gone-snapshot.ts';
import { eachDatabase } from '../support/databases.ts';
import { contactRef, openLaneWorld, TENANT } from '../support/lane-world.ts';

const POLICY = {
  fields: { country: { type: 'country', hubspot: 'contact.country' } },
  pools: [{ id: 'all', members: [{ rep: 'dana' }], method: 'round_robin', availability: 'ignore' }],
  fallback: [{ pool: 'all' }],
};

eachDatabase('a CRM that refuses to be read', (open) => {
  const world = async () => {
    const { storage } = await open();
    return openLaneWorld(storage, { policy: POLICY, reps: [{ id: 'dana' }] });
  };

  test('its leads wait, one alert says what to do, and it ends once they are read again', async () => {
    const lane = await world();
    const alerts = () =>
      lane.rows("select detail->>'text' as text, closed_at from alert where kind = 'read_refused'");
    for (const id of ['c1', 'c2']) lane.crm.put(id, { raw: { country: 'US' } });
    lane.crm.refusing = 'HubSpot lacks crm.objects.leads.read: install the app again.';
    for (const id of ['c1', 'c2']) expect((await lane.contact(id)).outcome).toBe('waiting');
    expect(await alerts()).toEqual([
      { text: 'Leads wait: HubSpot lacks crm.objects.leads.read: install the app again.', closed_at: null },
    ]);
    lane.crm.refusing = null;
    lane.clock.now += 3_600_000;
    await lane.sweep();
    expect((await lane.assignments()).map(({ state }) => state)).toEqual(['assigned', 'assigned']);
    expect((await alerts()).map(({ closed_at }) => closed_at !== null)).toEqual([true]);
  });

  test('a person who was wiped out there is forgotten here, and the decision stands', async () => {
    const lane = await world();
    lane.crm.put('c1', { raw: { country: 'US' } });
    const decision = await lane.contact('c1');
    const snapshot = goneSnapshot(contactRef('c1'), 'erased');
    const record = contactRef('c1');
    await lane.useCases.recordChanged({ tenantId: TENANT, record, source: 'poll', snapshot });
    expect((await lane.assignments()).map((row) => [row.state, row.closed_because])).toEqual([
      ['closed', 'erased'],
    ]);
    const kept = await lane.rows('select field_values, person from lead_snapshot');
    expect(kept.every((row) => row.field_values === null && row.person === null)).toBe(true);
    expect(await lane.rows('select id from decision')).toEqual([{ id: decision.id }]);
  });
});
