import fc from 'fast-check';
import type { Schedule } from '../../server/routing/availability/shifts.ts';

/** Zones that change their clocks, by half hours and at midnight too. */
export const ZONES = [
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
/** Hours of every kind, on quarters of an hour, with days off around changes of clocks. */
export const schedules: fc.Arbitrary<Schedule> = fc.record({
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
/** Near every change of clocks of the zones above in 2026. */
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
/** Instants around those changes, on quarters of an hour. */
export const instantsAtChanges = fc
  .tuple(fc.constantFrom(...changes), fc.integer({ min: -200, max: 200 }))
  .map(([change, quarters]) => Date.parse(change) + quarters * QUARTER);
