import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Away, isAway, withAway } from '../../server/routing/availability/away.ts';
import { resolveAvailability } from '../../server/routing/availability/resolve-availability.ts';
import type { Schedule } from '../../server/routing/availability/shifts.ts';
import { weekHours } from '../../server/routing/policy/week-hours.ts';

const START = Date.parse('2026-11-01T00:00:00Z');
const WEEK = 7 * 86_400_000;
const schedule: Schedule = {
  timezone: 'America/New_York',
  hours: weekHours.parse({ 'mon-fri': ['09:00-12:00', '13:00-17:00'], sat: '22:00-06:00' }),
  holidays: { calendars: [], dates: ['2026-11-11'] },
  timeOff: [{ from: '2026-11-16', to: '2026-11-17' }],
};
const usual = (at: number) => resolveAvailability(schedule, () => new Set(), at);

const instant = fc.integer({ min: START, max: START + 4 * WEEK });
const away: fc.Arbitrary<Away> = fc.record({
  since: fc.constant(START),
  until: fc.option(fc.integer({ min: START, max: START + 4 * WEEK }), { nil: null }),
});

test('somebody away is on time off, back with the first work after it; else their schedule holds', () => {
  fc.assert(
    fc.property(away, instant, (time, at) => {
      const answer = withAway(usual, time, at);
      if (!isAway(time, at)) {
        expect(answer).toEqual(usual(at));
        return;
      }
      expect(answer).toMatchObject({ code: 'time_off', endsAt: null, inHours: usual(at).inHours });
      expect(answer.backAt === null).toBe(time.until === null);
      if (answer.backAt === null) return;
      expect(answer.backAt).toBeGreaterThanOrEqual(time.until ?? 0);
      expect(withAway(usual, time, answer.backAt).code).toBe('available');
    }),
  );
});

test('an answer holds until it says', () => {
  fc.assert(
    fc.property(
      away,
      instant,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (time, at, part) => {
        const answer = withAway(usual, time, at);
        expect(answer.validUntil).toBeGreaterThan(at);
        const later = at + Math.floor((answer.validUntil - at) * part);
        expect(withAway(usual, time, later)).toMatchObject({ code: answer.code, inHours: answer.inHours });
      },
    ),
  );
});

test('nobody is away without having said so', () => {
  fc.assert(
    fc.property(instant, (at) => {
      expect(withAway(usual, null, at)).toEqual(usual(at));
    }),
  );
});
