import { expect, test } from 'vitest';
import { createAvailabilities } from '../../server/assignments/availabilities.ts';
import { createQueries } from '../../server/storage/queries/create-queries.ts';
import { eachDatabase } from '../support/databases.ts';
import { type LaneWorld, openLaneWorld, TENANT } from '../support/lane-world.ts';

const REPS = [{ id: 'ann' }, { id: 'bob' }, { id: 'cy' }, { id: 'out' }];
const OFFER = { pool: 'all', give: 'offer', claimWithin: 'PT10M', clock: 'elapsed' };

eachDatabase('what a pool makes of turns', (open) => {
  const opened = async (more: object, step: object = { pool: 'all' }): Promise<LaneWorld> => {
    const { storage } = await open();
    const members = ['ann', 'bob', 'cy'].map((rep) => ({ rep }));
    const all = { id: 'all', members, method: 'round_robin', availability: 'ignore', ...more };
    return openLaneWorld(storage, { policy: { pools: [all], fallback: [step] }, reps: REPS });
  };
  const lags = async (lane: LaneWorld): Promise<Readonly<Record<string, number>>> =>
    Object.fromEntries(
      (await lane.rows('select rep_id, lag from pool_member order by rep_id')).map((row) => [
        row.rep_id,
        Number(row.lag),
      ]),
    );
  const kinds = async (lane: LaneWorld) =>
    (await lane.rows('select kind from ledger_entry order by seq')).map(({ kind }) => kind);
  const sumsToNothing = async (lane: LaneWorld) =>
    expect(Object.values(await lags(lane)).reduce((sum, lag) => sum + lag, 0)).toBe(0);
  const decline = (lane: LaneWorld, assignmentId: string, repId: string) =>
    lane.useCases.decline({ tenantId: TENANT, assignmentId, repId, reason: 'too_busy', note: null });

  test('a declined offer gives the turn back, or costs it', async () => {
    const kept = await opened({}, OFFER);
    const first = await kept.lead();
    await decline(kept, first.assignment, first.rep!.id);
    expect(await kinds(kept)).toEqual(['decision', 'reversal', 'decision']);
    const lost = await opened({ credit: { decline: 'charge' } }, OFFER);
    const { assignment, rep } = await lost.lead();
    await decline(lost, assignment, rep!.id);
    expect(await kinds(lost)).toEqual(['decision', 'decision']);
    expect((await lags(lost))[rep!.id]).toBeLessThan(-300_000);
    expect(await lost.rows("select detail from assignment_event where kind = 'declined'")).toEqual([
      { detail: { reason: 'too_busy', turn: 'lost' } },
    ]);
    await sumsToNothing(lost);
  });

  test('an offer that runs out costs the turn, or gives it back', async () => {
    for (const [more, expected] of [
      [{}, ['decision', 'decision']],
      [{ credit: { expiry: 'keep' } }, ['decision', 'reversal', 'decision']],
    ] as const) {
      const lane = await opened(more, OFFER);
      await lane.lead();
      await lane.deliver('slack_card');
      lane.clock.now += 11 * 60_000;
      await lane.sweep();
      expect(await kinds(lane)).toEqual(expected);
      await sumsToNothing(lane);
    }
  });

  test('a lead given by hand stays with whom it was charged to, or the charge follows it', async () => {
    for (const manual of ['ignore', 'count']) {
      const lane = await opened({ manual });
      const { assignment, rep } = await lane.lead();
      const before = await lags(lane);
      const give = (repId: string) =>
        lane.useCases.reassign({
          tenantId: TENANT,
          assignmentId: assignment,
          repId,
          by: { repId: null, admin: true },
          note: null,
        });
      const [other] = ['ann', 'bob', 'cy'].filter((one) => one !== rep!.id);
      expect(await give(other!)).toMatchObject({ ok: true });
      const after = await lags(lane);
      if (manual === 'ignore') expect(after).toEqual(before);
      else {
        expect(after[other!]).toBe(before[other!]! - 1_000_000);
        expect(after[rep!.id]).toBe(before[rep!.id]! + 1_000_000);
        expect(await kinds(lane)).toEqual(['decision', 'reversal', 'manual']);
      }
      await sumsToNothing(lane);
      // Whoever is no member is charged nothing, and nobody is credited for giving a lead out of the pool.
      expect(await give('out')).toMatchObject({ ok: true });
      expect(await lags(lane)).toEqual(after);
    }
  });
});

eachDatabase('what is shown of a pool with a ramp and turns on call', (open) => {
  test('weights as listed and as far as ramps have them, and who is off duty', async () => {
    const { storage } = await open();
    const steps = [
      { after: 'P0D', share: 25 },
      { after: 'P30D', share: 100 },
    ];
    const members = [
      { rep: 'ann', weight: 2 },
      { rep: 'bob', weight: 2, ramp: { from: '2026-11-23', steps } },
      { rep: 'cy', ramp: { from: '2027-01-01', steps } },
    ];
    const desk = { id: 'all', members, method: 'round_robin', availability: 'ignore' };
    const onCall = {
      ...desk,
      id: 'on-call',
      members: ['ann', 'bob'].map((rep) => ({ rep })),
      onCall: { every: 'P1D', from: '2026-11-24' },
    };
    const lane = await openLaneWorld(storage, {
      policy: { pools: [desk, onCall], fallback: [{ pool: 'all' }] },
      reps: REPS,
    });
    const queries = createQueries({
      storage,
      clock: { now: () => lane.clock.now },
      availabilities: createAvailabilities(() => new Set()),
    });
    const { pools } = await queries.overview(TENANT);
    expect(
      pools.map(({ members: shown }) => shown.map(({ weight, availability }) => [weight, availability])),
    ).toEqual([
      [
        [2, 'available'],
        [0.5, 'available'],
        [0, 'off_duty'],
      ],
      [
        [1, 'available'],
        [1, 'off_duty'],
      ],
    ]);
    expect((await queries.repHome(TENANT, 'bob'))!.pools[0]).toMatchObject({ weight: 0.5, totalWeight: 2.5 });
  });
});
