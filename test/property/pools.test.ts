import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import { poolMembers } from '../../server/routing/decide/members.ts';
import { LEAD } from '../../server/routing/ledger/shares.ts';
import { leadOf, NOW, policyOf, repAt, worldOf } from '../support/routing-world.ts';

const DAY = 86_400_000;
const SIZE = 6;
const zones = fc.constantFrom(
  'UTC',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
);
const dates = fc
  .integer({ min: -400, max: 400 })
  .map((days) => new Date(NOW + days * DAY).toISOString().slice(0, 10));
const ramps = fc
  .tuple(dates, fc.uniqueArray(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 4 }))
  .chain(([from, days]) =>
    fc
      .array(fc.integer({ min: 1, max: 100 }), { minLength: days.length, maxLength: days.length })
      .map((shares) => ({
        from,
        steps: [...days]
          .sort((a, b) => a - b)
          .map((after, i) => ({ after: `P${after}D`, share: shares.sort((a, b) => a - b)[i]! })),
      })),
  );
const members = fc.array(
  fc.record({
    weight: fc.integer({ min: 1, max: 1000 }),
    priority: fc.integer({ min: 1, max: 3 }),
    ramp: fc.option(ramps, { nil: undefined }),
  }),
  { minLength: 1, maxLength: SIZE },
);
const onCall = fc.record({
  every: fc.integer({ min: 1, max: 30 }).map((days) => `P${days}D`),
  from: dates,
  size: fc.integer({ min: 1, max: SIZE + 2 }),
});
const instants = fc.integer({ min: -500, max: 500 }).map((days) => NOW + days * DAY * 0.77);

const deskOf = (list: readonly object[], timezone: string, more: object = {}) =>
  policyOf({
    timezone,
    pools: [
      {
        id: 'desk',
        members: list.map((member, i) => JSON.parse(JSON.stringify({ rep: `rep${i}`, ...member }))),
        method: 'round_robin',
        availability: 'ignore',
        ...more,
      },
    ],
    fallback: [{ pool: 'desk' }],
  });

test('who is on call is a total function of the moment: as many as asked, the others with their next turn', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: SIZE }), onCall, zones, instants, (size, rota, timezone, now) => {
      const compiled = deskOf(
        Array.from({ length: size }, () => ({})),
        timezone,
        { onCall: rota },
      );
      const desk = compiled.pool('desk')!;
      const offAt = (at: number) => poolMembers(desk, () => [], { now: at, timezone }).off!;
      const off = offAt(now);
      expect(size - off.size).toBe(Math.min(size, rota.size));
      for (const [rep, { backAt }] of off) {
        expect(backAt).toBeGreaterThan(now);
        expect(offAt(backAt).has(rep)).toBe(false);
        expect(offAt(backAt - 1).has(rep)).toBe(true);
      }
      expect(offAt(now)).toEqual(off);
    }),
    { numRuns: 300 },
  );
});

test('over a whole round everybody is on call as often', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: SIZE }), onCall, (size, rota) => {
      const desk = deskOf(
        Array.from({ length: size }, () => ({})),
        'UTC',
        { onCall: rota },
      ).pool('desk')!;
      const counts = new Map<string, number>();
      for (let turn = 0; turn < size; turn++) {
        const now = NOW + turn * desk.onCall!.days * DAY;
        const { list, off } = poolMembers(desk, () => [], { now, timezone: 'UTC' });
        for (const { rep } of list) if (!off!.has(rep)) counts.set(rep, (counts.get(rep) ?? 0) + 1);
      }
      expect([...counts.values()]).toEqual(Array.from({ length: size }, () => Math.min(size, rota.size)));
    }),
  );
});

test('a ramp is total, never falls, and weighs whole percents of the weight', () => {
  fc.assert(
    fc.property(members, zones, instants, instants, (list, timezone, a, b) => {
      const desk = deskOf(list, timezone).pool('desk')!;
      const [before, after] = [Math.min(a, b), Math.max(a, b)].map((now) => {
        const { list: found, off } = poolMembers(desk, () => [], { now, timezone });
        const whole = found.find((_, i) => list[i]!.ramp === undefined);
        return found.map(({ rep, weight }, i) => {
          expect(Number.isSafeInteger(weight)).toBe(true);
          expect(off?.has(rep) ?? false).toBe(weight === 0);
          return whole === undefined ? 0 : weight / whole.weight / list[i]!.weight;
        });
      });
      before!.forEach((share, i) => {
        expect(share).toBeLessThanOrEqual(after![i]! + 1e-9);
      });
    }),
    { numRuns: 300 },
  );
});

test('owed equals charged, and inside a tier nobody is ever a whole lead away while the same are eligible', () => {
  const withoutRamps = fc.array(
    fc.record({ weight: fc.integer({ min: 1, max: 1000 }), priority: fc.integer({ min: 1, max: 3 }) }),
    { minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(withoutRamps, fc.infiniteStream(fc.boolean()), (list, free) => {
      const compiled = deskOf(list, 'UTC');
      const reps = list.map((_, i) => repAt(`rep${i}`, { paused: free.next().value === false }));
      const world = worldOf(reps);
      const first = Math.min(...reps.map(({ paused }, i) => (paused ? 9 : list[i]!.priority)));
      for (let lead = 0; lead < 150; lead++) {
        const { posting } = decide(leadOf(`lead${lead}`), compiled, world.state, NOW + lead);
        if (posting === null) return;
        world.post(posting, NOW + lead);
        expect(Object.values(posting.owed).reduce((sum, one) => sum + one, 0)).toBe(LEAD);
        reps.forEach(({ id }, i) => {
          const { lag } = world.balance('desk', id);
          if (list[i]!.priority === first) expect(Math.abs(lag)).toBeLessThan(LEAD);
          else expect(lag).toBe(0);
        });
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('ramps, turns and tiers of any kind: every posting sums to nothing, and so do the balances', () => {
  fc.assert(
    fc.property(
      members,
      fc.option(onCall, { nil: undefined }),
      zones,
      fc.array(instants, { maxLength: 25 }),
      (list, rota, timezone, moments) => {
        const compiled = deskOf(list, timezone, rota === undefined ? {} : { onCall: rota });
        const world = worldOf(list.map((_, i) => repAt(`rep${i}`)));
        for (const [i, now] of [...moments].sort((a, b) => a - b).entries()) {
          const { posting, outcome } = decide(leadOf(`lead${i}`), compiled, world.state, now);
          if (outcome.kind === 'waiting') expect(outcome.retryAt).toBeGreaterThan(now);
          if (posting === null) continue;
          world.post(posting, now);
          expect(Object.values(posting.owed).reduce((sum, one) => sum + one, 0)).toBe(LEAD);
          expect(list.reduce((sum, _, rep) => sum + world.balance('desk', `rep${rep}`).lag, 0)).toBe(0);
        }
      },
    ),
    { numRuns: 150 },
  );
});
