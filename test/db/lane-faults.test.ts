import { expect, test } from 'vitest';
import { drainItem } from '../../server/assignments/drain.ts';
import { createLanes, type LaneItem } from '../../server/assignments/lane.ts';
import { note } from '../../server/assignments/lane-session.ts';
import { eachDatabase } from '../support/databases.ts';
import { contactRef, openLaneWorld, TENANT } from '../support/lane-world.ts';

const POLICY = {
  fields: { country: { type: 'country', hubspot: 'contact.country' } },
  rules: [
    { id: 'known', name: 'Known', when: { field: 'country', op: 'is_present' }, then: [{ pool: 'all' }] },
  ],
  pools: [{ id: 'all', members: [{ rep: 'ann' }], method: 'round_robin' }],
  fallback: [{ pool: 'all' }],
};
const REPS = [{ id: 'ann', capacity: { open: 1 } }];

const noted = (assignmentId: string): LaneItem<void> => ({
  kind: 'noted',
  wanted: { assignments: [assignmentId] },
  apply: (session) => note(session, session.byAssignment(assignmentId)!, { seenOwnerId: 'somebody' }),
});

eachDatabase('the lane', (open) => {
  test('a mistake of ours that speaks of a connection is no outage: the others are done, and it is told', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: REPS });
    const lanes = createLanes(world.parts);
    const wrong: LaneItem<string> = {
      kind: 'wrong',
      wanted: {},
      apply: () => {
        throw new TypeError("Cannot read properties of undefined (reading 'connectionId')");
      },
    };
    const fine: LaneItem<string> = { kind: 'fine', wanted: {}, apply: () => 'done' };
    const ended = await Promise.allSettled([wrong, fine].map((item) => lanes.submit(TENANT, item)));
    expect(ended).toMatchObject([
      { status: 'rejected', reason: { code: 'not_stored' } },
      { status: 'fulfilled', value: 'done' },
    ]);
    expect(await world.rows('select kind, subject from alert')).toEqual([
      { kind: 'lead_parked', subject: 'wrong' },
    ]);
  });

  test.for([0, 1])(
    'what else is noted of a waiting lead as it is woken takes nothing from it (%i)',
    async (order) => {
      const { storage } = await open();
      const world = await openLaneWorld(storage, { policy: POLICY, reps: REPS });
      world.crm.put('1');
      await world.contact('1');
      await world.lead({ country: 'US' });
      const [, waiting] = await world.assignments();
      expect(waiting).toMatchObject({ state: 'waiting' });
      await world.useCases.recordGone({ tenantId: TENANT, record: contactRef('1'), mergedInto: null });
      const lanes = createLanes(world.parts);
      const items: LaneItem<unknown>[] = [drainItem(null, new Map()), noted(waiting!.id as string)];
      if (order === 1) items.reverse();
      await Promise.all(items.map((item) => lanes.submit(TENANT, item)));
      await world.sweep();
      expect((await world.assignments())[1]).toMatchObject({ state: 'assigned', rep_id: 'ann' });
    },
  );

  test('what frees while many waiting leads are looked at has the first of them looked at again', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: REPS });
    world.crm.put('1');
    await world.contact('1');
    await Promise.all(Array.from({ length: 500 }, () => world.lead({ country: 'US' })));
    world.clock.now += 1000;
    const lanes = createLanes(world.parts);
    const promised = new Map<string, number>();
    const next = await lanes.submit(TENANT, drainItem(null, promised));
    expect(next).not.toBeNull();
    world.clock.now += 1000;
    await world.useCases.recordGone({ tenantId: TENANT, record: contactRef('1'), mergedInto: null });
    await lanes.submit(TENANT, drainItem(next, promised));
    await world.sweep();
    expect(await world.rows(`select state from assignment where state = 'assigned'`)).toHaveLength(1);
  });
});
