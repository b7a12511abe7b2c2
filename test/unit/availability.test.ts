import { describe, expect, test } from 'vitest';
import { createHolidayDates } from '../../server/holidays/holiday-dates.ts';
import { resolveAvailability } from '../../server/routing/availability/resolve-availability.ts';
import type { Schedule } from '../../server/routing/availability/shifts.ts';
import { weekHours } from '../../server/routing/policy/week-hours.ts';
import { walkAvailability } from '../support/availability-walk.ts';
import { DAYS_OFF, HOURS } from './availability-cases.ts';
import { DAYS_OFF_WORLDWIDE, HOURS_WORLDWIDE } from './availability-cases-worldwide.ts';

const holidays = createHolidayDates();

const hoursFrom = (text: string): Schedule['hours'] => {
  if (text === 'always') return null;
  const days = text === 'never' ? [] : text.split('; ').map((part) => part.split(' '));
  return weekHours.parse(Object.fromEntries(days.map(([day, spans]) => [day, spans!.split(',')])));
};

const scheduleFrom = (timezone: string, hours: string, daysOff: string): Schedule => {
  const of = (kind: string) =>
    daysOff
      .split(', ')
      .flatMap((entry) => (entry.startsWith(`${kind} `) ? [entry.slice(kind.length + 1)] : []));
  return {
    timezone,
    hours: hoursFrom(hours),
    holidays: { calendars: of('calendar'), dates: of('holiday') },
    timeOff: of('off').map((range) => ({ from: range.slice(0, 10), to: range.slice(12) })),
  };
};

const instant = (text: string): number => Date.parse(`${text}${text.length === 16 ? ':00' : ''}Z`);

const rows = (table: string): string[][] =>
  table.split('\n').flatMap((line) => (line === '' || line.startsWith('#') ? [] : [line.split(' | ')]));

/** No change is as far ahead, in any line that knows of one. */
const WALKED_DAYS = 15;

const check = (schedule: Schedule, at: string, code: string, until: string) => {
  const { validUntil, ...found } = resolveAvailability(schedule, holidays, instant(at));
  const moment = until === '-' ? null : instant(until);
  const expected = code === 'available' ? { endsAt: moment, backAt: null } : { endsAt: null, backAt: moment };
  expect({ code: found.code, endsAt: found.endsAt, backAt: found.backAt }).toEqual({ code, ...expected });
  expect(walkAvailability(schedule, holidays, instant(at), WALKED_DAYS)).toEqual({ code, until: moment });
  expect(validUntil).toBeGreaterThan(instant(at));
  expect(validUntil).toBeLessThanOrEqual(moment ?? Number.POSITIVE_INFINITY);
};

describe('hours', () => {
  test.each(rows(HOURS + HOURS_WORLDWIDE))('%s %s at %s: %s until %s', (zone, hours, at, code, until) => {
    check(scheduleFrom(zone!, hours!, ''), at!, code!, until!);
  });
});

describe('days off', () => {
  test.each(rows(DAYS_OFF + DAYS_OFF_WORLDWIDE))(
    '%s %s, %s, at %s: %s until %s',
    (zone, hours, off, at, code, until) => {
      check(scheduleFrom(zone!, hours!, off!), at!, code!, until!);
    },
  );
});

test('time off counts as hours missed only while the rep would have worked', () => {
  const schedule = scheduleFrom('Europe/London', 'mon-fri 09:00-17:00', 'off 2026-11-23..2026-11-27');
  const inHours = (at: string) => resolveAvailability(schedule, holidays, instant(at)).inHours;
  expect(inHours('2026-11-24T10:00')).toBe(true);
  expect(inHours('2026-11-24T20:00')).toBe(false);
});

test('the table is as large as it says, and no line is there twice', () => {
  const lines = [HOURS, HOURS_WORLDWIDE, DAYS_OFF, DAYS_OFF_WORLDWIDE]
    .flatMap(rows)
    .map((row) => row.join(' | '));
  expect(lines.length).toBeGreaterThanOrEqual(350);
  expect(new Set(lines).size).toBe(lines.length);
});
