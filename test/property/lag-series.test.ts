import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLagSeries } from '../../server/routing/ledger/lag-series.ts';
import { createPoolLedger } from '../../server/routing/ledger/pool-ledger.ts';
import { LEAD } from '../../server/routing/ledger/shares.ts';
import type { Posting } from '../../server/routing/state.ts';

const REPS = ['ann', 'ben', 'cat'];
const turn = fc
  .record({ among: fc.integer({ min: 1, max: 3 }), taker: fc.nat(2) })
  .map(({ among, taker }): Posting => {
    const there = REPS.slice(0, among);
    const owed = Object.fromEntries(
      there.map((rep, i) => [
        rep,
        i === 0 ? LEAD - Math.floor(LEAD / among) * (among - 1) : Math.floor(LEAD / among),
      ]),
    );
    return {
      pool: 'p',
      owed,
      charged: { [there[taker % among]!]: LEAD },
      banked: {},
      released: {},
      previousAt: null,
    };
  });

test('every point is what the ledger said then, the last is what it says now, and points stay few', () => {
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 900, size: 'max' }), (postings) => {
      const series = createLagSeries();
      const ledger = createPoolLedger();
      const known = new Map<number, Record<string, number>>();
      for (const [i, posting] of postings.entries()) {
        series.post(posting, i);
        ledger.post(posting, i);
        known.set(i, Object.fromEntries(REPS.map((rep) => [rep, ledger.balance(rep).lag])));
      }
      const { reps, points } = series.series();
      expect(points.length).toBeLessThanOrEqual(242);
      const furthest = Math.max(0, ...points.flatMap(({ lags }) => lags.map(Math.abs)));
      expect(furthest).toBe(ledger.worstLag());
      expect(points.length).toBeGreaterThanOrEqual(Math.min(postings.length, 120));
      expect(points.map(({ at }) => at)).toEqual(points.map(({ at }) => at).toSorted((a, b) => a - b));
      if (postings.length > 0) expect(points.at(-1)!.at).toBe(postings.length - 1);
      for (const { at, lags } of points)
        for (const [i, rep] of reps.entries()) expect(lags[i]).toBe(known.get(at)![rep]);
    }),
    { numRuns: 25 },
  );
});
