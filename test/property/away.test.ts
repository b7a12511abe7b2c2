import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAway, type TimeAway, withAway } from '../../server/routing/availability/away.ts';
import { resolveAvailability } from '../../server/routing/availability/resolve-availability.ts';
import type { Schedule } from '../../server/routing/availability/shifts.ts';
import { weekHours } from '../../server/routing/policy/week-hours.ts';
import { TIME_SOURCES } from '../../server/routing/state.ts';

const START = Date.parse('2026-11-01T00:00:00Z');
const HOUR = 3_600_000;
const WEEK = 168 * HOUR;
const schedule: Schedule = {
  timezone: 'America/New_York',
  hours: weekHours.parse({ 'mon-fri': ['09:00-12:00', '13:00-17:00'], sat: '22:00-06:00' }),
  holidays: { calendars: [], dates: ['2026-11-11'] },
  timeOff: [{ from: '2026-11-16', to: '2026-11-17' }],
};
const usual = (at: number) => resolveAvailability(schedule, () => new Set(), at);

const instant = fc.integer({ min: START, max: START + 4 * WEEK });
const range: fc.Arbitrary<TimeAway> = fc.record({
  from: instant,
  to: fc.constant(0),
  source: fc.constantFrom(...TIME_SOURCES),
});
/** Ranges overlap, touch, repeat, and some never end. */
const away: fc.Arbitrary<readonly TimeAway[]> = fc.array(
  fc
    .tuple(range, fc.option(fc.integer({ min: 1, max: 90 * HOUR }), { nil: null, freq: 12 }))
    .map(([one, length]) => ({ ...one, to: length === null ? null : one.from + length })),
  { maxLength: 6 },
);

test('somebody away is on time off, from where it was entered; else their schedule holds', () => {
  fc.assert(
    fc.property(away, instant, (times, at) => {
      const answer = withAway(usual, times, at);
      expect(answer.inHours).toBe(usual(at).inHours);
      if (!isAway(times, at)) {
        expect(answer.code).toBe(usual(at).code);
        return;
      }
      expect(answer).toMatchObject({ code: 'time_off', endsAt: null });
      const entered = times.filter(({ from, to }) => from <= at && (to === null || at < to));
      if (usual(at).code === 'time_off') expect(answer.source).toBeUndefined();
      else expect(entered.map(({ source }) => source)).toContain(answer.source);
    }),
  );
});

test('they are back with the first work after all of it, and a shift ends where time off begins', () => {
  const atWork = (times: readonly TimeAway[], at: number) =>
    usual(at).code === 'available' && !isAway(times, at);
  fc.assert(
    fc.property(away, instant, (times, at) => {
      const { code, backAt, endsAt } = withAway(usual, times, at);
      const turns = endsAt ?? backAt;
      if (turns === null) {
        expect(times.some(({ to }) => to === null)).toBe(true);
        return;
      }
      expect(turns).toBeGreaterThan(at);
      expect(atWork(times, turns)).toBe(code !== 'available');
      expect(withAway(usual, times, turns).code === 'available').toBe(code !== 'available');
      // Nothing turns in between.
      const edges = times.flatMap(({ from, to }) => [from, to ?? from]);
      for (let i = 1; i < 50; i++) edges.push(at + Math.floor(((turns - at) * i) / 50));
      for (const between of edges)
        if (between > at && between < turns) expect(atWork(times, between)).toBe(code === 'available');
    }),
  );
});

test('an answer holds until it says', () => {
  const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(away, instant, part, (times, at, share) => {
      const { validUntil, ...answer } = withAway(usual, times, at);
      expect(validUntil).toBeGreaterThan(at);
      const later = at + Math.floor((validUntil - at) * share);
      // Where two overlap, which of them is named may change as one ends.
      const { code, inHours, endsAt, backAt } = answer;
      expect(withAway(usual, times, later)).toMatchObject({ code, inHours, endsAt, backAt });
    }),
  );
});

test('nobody is away without having said so', () => {
  fc.assert(
    fc.property(instant, (at) => {
      expect(withAway(usual, [], at)).toEqual(usual(at));
    }),
  );
});
