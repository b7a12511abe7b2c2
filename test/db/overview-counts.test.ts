import { expect, test } from 'vitest';
import { createDecisionCounts } from '../../server/storage/queries/decision-counts.ts';
import { keepWhileMany } from '../../server/storage/queries/keep-while-many.ts';
import { eachDatabase } from '../support/databases.ts';
import { openLaneWorld, TENANT, TUESDAY } from '../support/lane-world.ts';

const POLICY = {
  pools: [
    { id: 'all', name: 'All', members: [{ rep: 'ann' }], method: 'round_robin', availability: 'ignore' },
  ],
  fallback: [{ pool: 'all' }],
};
const HOUR = 3_600_000;

eachDatabase('numbers of the live page', (open) => {
  test('decisions counted on from the last time are as many as counted anew, over hours and midnight', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: [{ id: 'ann' }] });
    const kept = createDecisionCounts();
    const count = (counts: typeof kept, dayBegan: number) =>
      storage.withTenant(TENANT, (trx) => counts(trx, TENANT, world.clock.now, dayBegan));
    const midnight = TUESDAY - (TUESDAY % (24 * HOUR));
    for (const [leads, later, dayBegan, today] of [
      [2, 0, midnight, 2],
      [1, 90_000, midnight, 3],
      [0, 50 * 60_000, midnight, 3],
      [2, 30 * 60_000, midnight, 5],
      // The policy's zone changed: its day began earlier.
      [0, 0, midnight - 5 * HOUR, 5],
      [1, 24 * HOUR, midnight + 24 * HOUR, 1],
    ] as const) {
      world.clock.now += later;
      for (let n = 0; n < leads; n++) await world.lead();
      const counted = await count(kept, dayBegan);
      expect(counted.today).toBe(today);
      expect(counted).toEqual(await count(createDecisionCounts(), dayBegan));
      expect(counted.perMinute).toHaveLength(60);
    }
  });

  test('few numbers are counted each time, many stand for five seconds, and not over midnight', async () => {
    const { storage } = await open();
    let many = 10;
    const read = keepWhileMany(async () => ({ waiting: many, percent: null }));
    const at = (now: number, day = 0) =>
      storage
        .withTenant(TENANT, (trx) => read(trx, TENANT, now, new Date(day)))
        .then(({ waiting }) => waiting);
    expect(await at(1000)).toBe(10);
    many = 6_000;
    expect(await at(1000)).toBe(6_000);
    many = 6_100;
    expect(await at(5_999)).toBe(6_000);
    expect(await at(5_999, 1)).toBe(6_100);
    many = 3;
    expect(await at(11_000, 1)).toBe(3);
    many = 4;
    expect(await at(11_000, 1)).toBe(4);
  });
});
