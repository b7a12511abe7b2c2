import { expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { HUBSPOT, openLaneWorld, TENANT } from '../support/lane-world.ts';

const POLICY = {
  fields: { country: { type: 'country', hubspot: 'contact.country' } },
  pools: [{ id: 'all', members: [{ rep: 'ann' }], method: 'round_robin' }],
  rules: [{ id: 'later', when: { field: 'country', op: 'eq', value: 'FR' }, then: [{ wait: 'PT1H' }] }],
  fallback: [{ pool: 'all' }],
};
const callback = { connectionId: HUBSPOT, callbackId: 'held-1' };

eachDatabase('a workflow held before its decision was known', (open) => {
  test('goes on at once when the lead has somebody by now, and is told once', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: [{ id: 'ann' }] });
    const decision = await world.lead({ country: 'US' });
    await world.useCases.completeCallback({ tenantId: TENANT, assignmentId: decision.assignment, callback });
    expect((await world.deliveries('callback')).map(({ body }) => body)).toEqual([
      { callbackId: 'held-1', decisionId: decision.id },
    ]);
  });

  test('is remembered while nobody has the lead, however often it is said', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: [{ id: 'ann' }] });
    const { assignment } = await world.lead({ country: 'FR' });
    for (let time = 0; time < 2; time++)
      await world.useCases.completeCallback({ tenantId: TENANT, assignmentId: assignment, callback });
    expect(await world.deliveries('callback')).toEqual([]);
    expect(await world.assignments()).toMatchObject([{ state: 'waiting', callbacks: [callback] }]);
  });

  test('of a lead nobody knows is left alone', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: [{ id: 'ann' }] });
    await world.useCases.completeCallback({ tenantId: TENANT, assignmentId: 'asg_none', callback });
    expect(await world.deliveries('callback')).toEqual([]);
  });
});
