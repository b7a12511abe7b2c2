import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolveAvailability } from '../../server/routing/availability/resolve-availability.ts';
import type { Schedule } from '../../server/routing/availability/shifts.ts';
import { windowsAt } from '../../server/routing/availability/windows.ts';

const ZONES = [
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Havana',
  'Asia/Beirut',
  'Africa/Casablanca',
  'America/St_Johns',
];
const QUARTER = 15 * 60_000;
const spans = fc
  .uniqueArray(fc.integer({ min: 0, max: 95 }), { minLength: 2, maxLength: 4 })
  .map((quarters) => {
    const sorted = quarters.sort((a, b) => a - b).map((quarter) => quarter * 15);
    const list = [];
    for (let i = 0; i + 1 < sorted.length; i += 2) list.push({ from: sorted[i]!, to: sorted[i + 1]! });
    return list;
  });
const nights = fc
  .tuple(fc.integer({ min: 60, max: 95 }), fc.integer({ min: 1, max: 40 }))
  .map(([from, to]) => [{ from: from * 15, to: 1440 + to * 15 }]);
const day = fc.oneof(spans, nights, fc.constant([]));
const schedules: fc.Arbitrary<Schedule> = fc.record({
  timezone: fc.constantFrom(...ZONES),
  hours: fc.option(fc.tuple(day, day, day, day, day, day, day)),
  holidays: fc.record({
    calendars: fc.constant([]),
    dates: fc.constantFrom([], ['2026-03-29'], ['2026-11-01', '2026-11-02']),
  }),
  timeOff: fc.constantFrom(
    [],
    [{ from: '2026-03-27', to: '2026-03-29' }],
    [{ from: '2026-10-24', to: '2026-10-25' }],
  ),
});
/** Around every change of clocks of the zones above in 2026. */
const changes = [
  '2026-03-08T07:00Z',
  '2026-03-29T01:00Z',
  '2026-04-04T15:00Z',
  '2026-10-03T15:30Z',
  '2026-10-25T01:00Z',
  '2026-11-01T06:00Z',
  '2026-02-15T02:00Z',
  '2026-03-22T02:00Z',
];
const instants = fc
  .tuple(fc.constantFrom(...changes), fc.integer({ min: -200, max: 200 }))
  .map(([change, quarters]) => Date.parse(change) + quarters * QUARTER);

const nothing = () => new Set<string>();

/** Whether the clock on the wall shows working time, asked of Temporal one instant at a time. */
const atWork = (schedule: Schedule, at: number): boolean => {
  const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(schedule.timezone);
  const minute = there.hour * 60 + there.minute;
  const works = (date: Temporal.PlainDate, from: number) => {
    const text = date.toString();
    const off =
      schedule.holidays.dates.includes(text) ||
      schedule.timeOff.some((one) => one.from <= text && text <= one.to);
    const hours = schedule.hours === null ? [{ from: 0, to: 1440 }] : schedule.hours[date.dayOfWeek - 1]!;
    return !off && hours.some((span) => span.from <= from && from < span.to);
  };
  const today = there.toPlainDate();
  return works(today, minute) || works(today.subtract({ days: 1 }), minute + 1440);
};

test('agrees with the clock on the wall, and stays valid until it says', () => {
  fc.assert(
    fc.property(schedules, instants, (schedule, now) => {
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
    fc.property(fc.constantFrom(...ZONES), instants, (timezone, now) => {
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
