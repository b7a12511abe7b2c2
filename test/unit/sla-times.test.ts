import { describe, expect, test } from 'vitest';
import { createHolidayDates } from '../../server/holidays/holiday-dates.ts';
import { resolveAvailability } from '../../server/routing/availability/resolve-availability.ts';
import type { Schedule } from '../../server/routing/availability/shifts.ts';
import { weekHours } from '../../server/routing/policy/week-hours.ts';
import { clockTimes } from '../../server/routing/sla/clock-times.ts';
import { repsWhoHad } from '../../server/routing/sla/reps-who-had.ts';
import type { AvailabilityAt } from '../../server/routing/sla/working-time.ts';
import { workingTime } from '../../server/routing/sla/working-time.ts';

const MINUTE = 60_000;
const holidays = createHolidayDates();

const repIn = (timezone: string, hours: unknown, more: Partial<Schedule> = {}): AvailabilityAt => {
  const schedule: Schedule = {
    timezone,
    hours: hours === null ? null : weekHours.parse(hours),
    holidays: { calendars: [], dates: [] },
    timeOff: [],
    ...more,
  };
  return (at) => resolveAvailability(schedule, holidays, at);
};

const OFFICE = { 'mon-fri': '09:00-17:00' };
const newYork = repIn('America/New_York', OFFICE);

const due = (
  from: string,
  minutes: number,
  rep: AvailabilityAt,
  clock: 'working' | 'elapsed' = 'working',
): string | null => {
  const [at] = clockTimes({ clock, from: Date.parse(from), passed: 0 }, [minutes * MINUTE], [rep]);
  return at === null || at === undefined ? null : new Date(at).toISOString().replace(':00.000Z', 'Z');
};

describe('when an SLA in working time is due', () => {
  test.each([
    ['within the shift', '2026-11-24T15:00Z', 5, newYork, '2026-11-24T15:05Z'],
    ['begun before the shift', '2026-11-24T10:00Z', 5, newYork, '2026-11-24T14:05Z'],
    ['to the end of the shift exactly', '2026-11-24T21:55Z', 5, newYork, '2026-11-24T22:00Z'],
    ['over the night', '2026-11-24T21:58Z', 5, newYork, '2026-11-25T14:03Z'],
    ['over a weekend', '2026-11-27T21:30Z', 60, newYork, '2026-11-30T14:30Z'],
    ['over two whole days', '2026-11-23T14:00Z', 1000, newYork, '2026-11-25T14:40Z'],
    [
      'over a public holiday',
      '2026-11-25T21:58Z',
      5,
      repIn('America/New_York', OFFICE, { holidays: { calendars: ['US'], dates: [] } }),
      '2026-11-27T14:03Z',
    ],
    [
      'over a holiday by its date',
      '2026-11-24T21:58Z',
      5,
      repIn('America/New_York', OFFICE, { holidays: { calendars: [], dates: ['2026-11-25'] } }),
      '2026-11-26T14:03Z',
    ],
    [
      'over time off',
      '2026-11-24T21:58Z',
      5,
      repIn('America/New_York', OFFICE, { timeOff: [{ from: '2026-11-25', to: '2026-11-29' }] }),
      '2026-11-30T14:03Z',
    ],
    ['over the weekend when clocks go forward', '2026-03-06T21:30Z', 60, newYork, '2026-03-09T13:30Z'],
    ['over the weekend when clocks go back', '2026-10-30T20:30Z', 60, newYork, '2026-11-02T14:30Z'],
    [
      'in a night shift that loses an hour',
      '2026-03-08T03:00Z',
      480,
      repIn('America/New_York', { sat: '22:00-06:00' }),
      '2026-03-15T03:00Z',
    ],
    [
      'in a night shift that gains an hour',
      '2026-11-01T02:00Z',
      540,
      repIn('America/New_York', { sat: '22:00-06:00' }),
      '2026-11-01T11:00Z',
    ],
    [
      'in a night shift, past midnight',
      '2026-11-24T03:30Z',
      60,
      repIn('America/New_York', { mon: '22:00-06:00' }),
      '2026-11-24T04:30Z',
    ],
    [
      'over a break at noon',
      '2026-11-24T12:50Z',
      20,
      repIn('Europe/Madrid', { 'mon-fri': ['09:00-14:00', '16:00-19:00'] }),
      '2026-11-24T15:10Z',
    ],
    [
      'in a half-hour zone',
      '2026-11-24T12:25Z',
      10,
      repIn('Asia/Kolkata', { 'mon-fri': '09:00-18:00' }),
      '2026-11-25T03:35Z',
    ],
    [
      'in a quarter-hour zone',
      '2026-11-24T11:10Z',
      10,
      repIn('Asia/Kathmandu', { 'mon-fri': '10:00-17:00' }),
      '2026-11-25T04:20Z',
    ],
    ['of whoever always works', '2026-11-28T03:00Z', 90, repIn('UTC', null), '2026-11-28T04:30Z'],
    ['of whoever never works', '2026-11-24T15:00Z', 5, repIn('UTC', {}), null],
  ] as const)('%s: from %s, %d minutes', (_, from, minutes, rep, expected) => {
    expect(due(from, minutes, rep)).toBe(expected);
  });
});

test('on an elapsed clock the night counts', () => {
  expect(due('2026-11-24T21:58Z', 5, newYork, 'elapsed')).toBe('2026-11-24T22:03Z');
});

test('of several reps asked at once the last counts; whoever does not work again is not waited for', () => {
  const from = Date.parse('2026-11-24T15:00Z');
  const late = repIn('Australia/Sydney', OFFICE);
  const never = repIn('UTC', {});
  const at = (reps: readonly AvailabilityAt[]) =>
    clockTimes({ clock: 'working', from, passed: 0 }, [5 * MINUTE], reps)[0];
  expect(at([newYork, late])).toBe(Date.parse('2026-11-24T22:05Z'));
  expect(at([newYork, never])).toBe(Date.parse('2026-11-24T15:05Z'));
  expect(at([never])).toBe(null);
  expect(at([])).toBe(null);
});

test('what has passed already is due at once, and marks may come in any order', () => {
  const from = Date.parse('2026-11-24T15:00Z');
  const marks = [15, 3, 5, 3].map((minutes) => minutes * MINUTE);
  expect(clockTimes({ clock: 'working', from, passed: 4 * MINUTE }, marks, [newYork])).toEqual([
    from + 11 * MINUTE,
    from,
    from + MINUTE,
    from,
  ]);
});

test('working time is what of a stretch is worked', () => {
  const of = (from: string, to: string) => workingTime(newYork, Date.parse(from), Date.parse(to)) / MINUTE;
  expect(of('2026-11-24T21:58Z', '2026-11-25T14:03Z')).toBe(5);
  expect(of('2026-11-28T00:00Z', '2026-11-30T00:00Z')).toBe(0);
  expect(of('2026-11-24T15:00Z', '2026-11-24T15:00Z')).toBe(0);
});

test('of those who had a lead the latest fifty are remembered, each once', () => {
  const reps = Array.from({ length: 60 }, (_, i) => `rep${i}`);
  expect(repsWhoHad(['ann', 'ben'], ['ann'], [])).toEqual(['ben', 'ann']);
  expect(repsWhoHad(reps)).toEqual(reps.slice(10));
  expect(repsWhoHad(reps, ['rep0'])).toEqual([...reps.slice(11), 'rep0']);
});
