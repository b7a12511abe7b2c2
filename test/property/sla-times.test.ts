import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolveAvailability } from '../../server/routing/availability/resolve-availability.ts';
import { clockTimes } from '../../server/routing/sla/clock-times.ts';
import { type AvailabilityAt, workingInstants, workingTime } from '../../server/routing/sla/working-time.ts';
import { atWork } from '../support/at-work.ts';
import { instantsAtChanges, schedules } from '../support/schedule-arbitraries.ts';

const QUARTER = 15 * 60_000;
const nothing = () => new Set<string>();
/** Quarters of working time. */
const amounts = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 5 });

test('is due when a walk of the clock on the wall has seen as much working time', () => {
  fc.assert(
    fc.property(schedules, instantsAtChanges, amounts, (schedule, from, quarters) => {
      const availabilityAt: AvailabilityAt = (at) => resolveAvailability(schedule, nothing, at);
      const sorted = [...quarters].sort((a, b) => a - b);
      const found = workingInstants(
        availabilityAt,
        from,
        sorted.map((count) => count * QUARTER),
      );
      // Changes of clocks, hours and instants all lie on quarters: so does every step of the walk.
      const longest = from + 21 * 96 * QUARTER;
      let worked = 0;
      let at = from;
      sorted.forEach((count, i) => {
        for (; worked < count && at < longest; at += QUARTER) if (atWork(schedule, at)) worked++;
        const due = found[i]!;
        if (count === 0) expect(due).toBe(from);
        else if (worked === count) expect(due).toBe(at);
        else expect(due === null || due > longest).toBe(true);
      });
    }),
    { numRuns: 400 },
  );
}, 60_000);

test('is total and deterministic, never goes back, and agrees with the time it counts', () => {
  const marks = fc.array(fc.integer({ min: 0, max: 30 * 86_400_000 }), { maxLength: 6 });
  fc.assert(
    fc.property(
      schedules,
      instantsAtChanges,
      marks,
      fc.integer({ min: 0, max: 86_400_000 }),
      fc.constantFrom('working' as const, 'elapsed' as const),
      (schedule, from, asked, passed, clock) => {
        const availabilityAt: AvailabilityAt = (at) => resolveAvailability(schedule, nothing, at);
        const once = clockTimes({ clock, from, passed }, asked, [availabilityAt]);
        expect(clockTimes({ clock, from, passed }, asked, [availabilityAt])).toEqual(once);
        asked.forEach((mark, i) => {
          const due = once[i]!;
          if (due === null) return;
          expect(due).toBeGreaterThanOrEqual(from);
          if (clock === 'working')
            expect(workingTime(availabilityAt, from, due)).toBe(Math.max(0, mark - passed));
        });
        const ordered = asked
          .map((mark, i) => [mark, once[i] ?? Infinity] as const)
          .sort((a, b) => a[0] - b[0]);
        for (let i = 1; i < ordered.length; i++)
          expect(ordered[i]![1]).toBeGreaterThanOrEqual(ordered[i - 1]![1]);
      },
    ),
    { numRuns: 200 },
  );
}, 60_000);
