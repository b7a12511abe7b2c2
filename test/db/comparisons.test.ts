import { expect, test } from 'vitest';
import { createComparisons } from '../../server/storage/directory/comparisons.ts';
import { eachDatabase } from '../support/databases.ts';
import { HUBSPOT, openLaneWorld, SALESFORCE, TENANT } from '../support/lane-world.ts';

const POLICY = {
  fields: { city: { type: 'text', hubspot: 'contact.city' } },
  pools: [{ id: 'all', name: 'All', members: [{ rep: 'ann' }, { rep: 'ben' }], method: 'round_robin' }],
  fallback: [{ pool: 'all' }],
};

eachDatabase('comparisons', (open) => {
  test('each decision for the log is begun with once, where its record is, by whichever process comes first', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: [{ id: 'ann' }, { id: 'ben' }] });
    const decide = async (id: string) => {
      world.crm.put(id, { raw: { city: 'Ghent' } });
      await world.contact(id);
    };
    const one = createComparisons(storage);
    expect(await one.begin(TENANT, HUBSPOT)).toBe(0);
    await decide('live');
    await world.setLane({ mode: 'log_only' });
    for (const id of ['first', 'second']) await decide(id);
    expect(await one.begin(TENANT, SALESFORCE)).toBe(0);
    expect(await one.begin(TENANT, HUBSPOT)).toBe(2);
    expect(await one.begin(TENANT, HUBSPOT)).toBe(0);

    const other = createComparisons(storage);
    await decide('third');
    expect(await other.begin(TENANT, HUBSPOT)).toBe(1);
    expect(await one.begin(TENANT, HUBSPOT)).toBe(0);
    await decide('fourth');
    expect(await one.begin(TENANT, HUBSPOT)).toBe(1);
    expect(await one.begin(TENANT, SALESFORCE)).toBe(0);
    const listed = await one.list(TENANT, { since: 0, limit: 3 });
    const inOrder = await world.rows('select decision_id from comparison order by seq');
    expect(listed.map(({ decisionId }) => decisionId)).toEqual(
      inOrder.slice(1).map(({ decision_id }) => decision_id),
    );
  });
});
