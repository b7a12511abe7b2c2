import { expect, test } from 'vitest';
import { createDecisionMinutes, decisionCounts } from '../../server/storage/queries/decision-counts.ts';
import { keepWhileMany } from '../../server/storage/queries/keep-while-many.ts';
import type { Storage } from '../../server/storage/storage.ts';
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
    const kept = createDecisionMinutes(storage);
    const count = async (minutes: typeof kept, dayBegan: number) =>
      decisionCounts(await minutes(TENANT, world.clock.now), world.clock.now, dayBegan);
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
      expect(counted).toEqual(await count(createDecisionMinutes(storage), dayBegan));
      expect(counted.perMinute).toHaveLength(60);
    }
  });

  test('a day of many is counted in short transactions, once, and what came meanwhile is not lost', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: [{ id: 'ann' }] });
    await world.lead();
    // Every ten seconds one until now, so that many are from before the day.
    world.clock.now += 120_000_000;
    await storage.executeSql(
      `begin; select set_config('fairlead.tenant', '${TENANT}', true);
       insert into decision (tenant_id, id, lead_id, assignment_id, snapshot_id, source, decided_at, outcome, policy_version, engine, hash, result, inputs)
       select tenant_id, 'many' || n, lead_id, assignment_id, snapshot_id, source, decided_at + n * interval '10 seconds',
         outcome, policy_version, engine, hash, '{}', '{}'
       from decision, generate_series(1, 12000) as n where tenant_id = '${TENANT}'; commit`,
    );
    let transactions = 0;
    const turns: Storage = {
      ...storage,
      withTenant: async (tenantId, work) => {
        transactions += 1;
        // Somebody else's lead between.
        if (transactions === 3) await world.lead();
        return storage.withTenant(tenantId, work);
      },
    };
    const minutes = createDecisionMinutes(turns);
    const total = async () =>
      (await minutes(TENANT, world.clock.now)).values().reduce((sum, decided) => sum + decided, 0);
    const { now } = world.clock;
    const expected = async () => {
      const [row] = await world.rows(
        `select count(*) as n from decision where decided_at >= '${new Date(Math.floor(now / 60_000) * 60_000 - 25 * HOUR).toISOString()}'`,
      );
      return Number(row!.n);
    };
    // No more is gone through than the last 25 hours, and the rest of a step.
    expect(await total()).toBe((await expected()) - 1);
    expect(transactions).toBe(5);
    expect(await total()).toBe(await expected());
    expect(transactions).toBe(6);
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
