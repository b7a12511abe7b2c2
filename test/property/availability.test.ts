import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolveAvailability } from '../../server/routing/availability/resolve-availability.ts';
import { windowsAt } from '../../server/routing/availability/windows.ts';
import { atWork } from '../support/at-work.ts';
import { instantsAtChanges, schedules, ZONES } from '../support/schedule-arbitraries.ts';

const QUARTER = 15 * 60_000;

const nothing = () => new Set<string>();

test('agrees with the clock on the wall, and stays valid until it says', () => {
  fc.assert(
    fc.property(schedules, instantsAtChanges, (schedule, now) => {
      const { code, endsAt, backAt, validUntil } = resolveAvailability(schedule, nothing, now);
      expect(code === 'available').toBe(atWork(schedule, now));
      const change = endsAt ?? backAt ?? now + 100 * QUARTER;
      for (let at = now; at < Math.min(change, now + 300 * QUARTER); at += QUARTER)
        expect(atWork(schedule, at)).toBe(code === 'available');
      if (endsAt !== null) expect(atWork(schedule, endsAt)).toBe(false);
      if (backAt !== null) expect(atWork(schedule, backAt)).toBe(true);
      expect(validUntil).toBeGreaterThan(now);
      const later = resolveAvailability(schedule, nothing, validUntil - 1);
      expect({ ...later, endsAt: null }).toEqual({
        code,
        inHours: later.inHours,
        endsAt: null,
        backAt,
        validUntil,
      });
    }),
    { numRuns: 1500 },
  );
}, 60_000);

test('windows of caps are those of Temporal', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), instantsAtChanges, (timezone, now) => {
      const there = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone);
      const date = there.toPlainDate();
      const monday = date.subtract({ days: date.dayOfWeek - 1 });
      const start = (day: Temporal.PlainDate) => day.toZonedDateTime(timezone).epochMilliseconds;
      const { names, ends, today } = windowsAt(now, timezone);
      expect(today).toBe(date.toString());
      expect(names).toEqual({
        perHour: there.toPlainDateTime().toString().slice(0, 13),
        perDay: date.toString(),
        perWeek: monday.toString(),
        perMonth: date.toString().slice(0, 7),
      });
      expect({ ...ends, perHour: 0 }).toEqual({
        perHour: 0,
        perDay: start(date.add({ days: 1 })),
        perWeek: start(monday.add({ days: 7 })),
        perMonth: start(date.with({ day: 1 }).add({ months: 1 })),
      });
      expect(ends.perHour).toBeGreaterThan(now);
      expect(ends.perHour - now).toBeLessThanOrEqual(4 * QUARTER);
    }),
    { numRuns: 500 },
  );
});
