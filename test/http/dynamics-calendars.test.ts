import { describe, expect, test } from 'vitest';
import type { SeedCalendar } from '../../sandbox/dynamics/company.ts';
import type { PersonTimes } from '../../server/assignments/person-times.ts';
import { timesOf } from '../../server/crm/dynamics/calendar-times.ts';
import { createDynamicsDirectory } from '../../server/crm/dynamics/directory.ts';
import { openDynamicsEnvironment } from '../support/dynamics-environment.ts';
import { sandboxForAllTests } from '../support/sandbox-for-all-tests.ts';

const sandbox = sandboxForAllTests();
const HALF_HOUR = 1_800_000;
const WEEK = 7 * 24 * 3_600_000;

/** What the directory tells of a person with that calendar. */
const timesOfPerson = async (calendar: SeedCalendar | undefined, now: number, isRep = true) => {
  const env = openDynamicsEnvironment(sandbox(), { now: () => now });
  env.dynamics.addEnvironment({
    name: env.name,
    friendlyName: env.name,
    users: [{ email: 'rep@example.com', firstName: 'Rep', lastName: 'One', ...(calendar && { calendar }) }],
  });
  const directory = createDynamicsDirectory(env.call, { now: () => now });
  const people = await directory.read(env.connection, isRep ? ['rep@example.com'] : []);
  return people.find(({ email }) => email === 'rep@example.com')?.times;
};

/** Whether somebody with these times works at an instant. */
const worksBy = ({ hours, timeOff }: PersonTimes, at: number): boolean => {
  const date = new Date(at);
  const minute = date.getUTCHours() * 60 + date.getUTCMinutes();
  const day = hours?.[(date.getUTCDay() + 6) % 7] ?? [];
  const isOff = timeOff?.some(({ from, to }) => from <= at && at < to) ?? false;
  return !isOff && day.some(({ from, to }) => from <= minute && minute < to);
};

/** Whether the calendar's own rules say so, on the clock on the wall. */
const worksAt = ({ timezone, days, from, to, timeOff = [] }: SeedCalendar, at: number): boolean => {
  const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
  const time = wall.toPlainTime().toString().slice(0, 5);
  const [today, yesterday] = [wall.dayOfWeek, wall.subtract({ days: 1 }).dayOfWeek];
  const isOff = timeOff.some((one) => Date.parse(one.from) <= at && at < Date.parse(one.to));
  const works =
    from < to
      ? days.includes(today) && from <= time && time < to
      : (days.includes(today) && from <= time) || (days.includes(yesterday) && time < to);
  return works && !isOff;
};

const WEEKDAYS = [1, 2, 3, 4, 5];

describe('a calendar of Dynamics 365', () => {
  test.each<[string, SeedCalendar, string]>([
    [
      'office hours',
      { timezone: 'America/New_York', days: WEEKDAYS, from: '09:00', to: '17:00' },
      '2026-11-24T15:00:00Z',
    ],
    [
      'office hours over the end of summer time',
      { timezone: 'America/New_York', days: WEEKDAYS, from: '09:00', to: '17:00' },
      '2026-10-30T12:00:00Z',
    ],
    [
      'nights over the beginning of summer time',
      { timezone: 'Australia/Sydney', days: [1, 3, 6], from: '22:00', to: '06:00' },
      '2026-10-01T03:00:00Z',
    ],
    [
      'half an hour off the full one',
      { timezone: 'Asia/Kolkata', days: [1, 2, 7], from: '10:00', to: '19:30' },
      '2026-11-24T15:00:00Z',
    ],
    [
      'time off of a day and a half',
      {
        timezone: 'Europe/London',
        days: WEEKDAYS,
        from: '09:00',
        to: '17:30',
        timeOff: [{ from: '2026-11-26T12:00:00Z', to: '2026-11-28T00:00:00Z' }],
      },
      '2026-11-24T15:00:00Z',
    ],
    [
      'a week off, and the hours of the week after it',
      {
        timezone: 'Europe/London',
        days: WEEKDAYS,
        from: '09:00',
        to: '17:00',
        timeOff: [{ from: '2026-11-23T00:00:00Z', to: '2026-11-30T00:00:00Z' }],
      },
      '2026-11-24T15:00:00Z',
    ],
  ])('%s: at work for the week ahead exactly when it says', async (_, calendar, now) => {
    const times = await timesOfPerson(calendar, Date.parse(now));
    expect(times?.hours).toHaveLength(7);
    const wrong: string[] = [];
    for (let at = Date.parse(now); at < Date.parse(now) + WEEK; at += HALF_HOUR)
      if (worksBy(times!, at) !== worksAt(calendar, at)) wrong.push(new Date(at).toISOString());
    expect(wrong).toEqual([]);
  });

  test('that says nothing keeps nobody from leads, and is asked for reps only', async () => {
    const now = Date.parse('2026-11-24T15:00:00Z');
    expect((await timesOfPerson(undefined, now))?.hours).toBeUndefined();
    const calendar = { timezone: 'UTC', days: WEEKDAYS, from: '09:00', to: '17:00' };
    expect(await timesOfPerson(calendar, now, false)).toBeUndefined();
  });

  test('with appointments and breaks: the one is work, the other is neither work nor time off', () => {
    const at = (time: string) => `2026-11-24T${time}:00Z`;
    const block = (from: string, to: string, TimeCode: string, SubCode: string) => ({
      Start: at(from),
      End: at(to),
      TimeCode,
      SubCode,
    });
    const { hours, timeOff } = timesOf(
      [
        block('09:00', '11:00', 'Available', 'Schedulable'),
        block('11:00', '12:00', 'Busy', 'Appointment'),
        block('12:00', '13:00', 'Unavailable', 'Break'),
        block('13:00', '17:00', 'Available', 'Schedulable'),
      ],
      Date.parse('2026-11-24T00:00:00Z'),
    );
    expect(hours?.[1]).toEqual([
      { from: 540, to: 720 },
      { from: 780, to: 1020 },
    ]);
    expect(timeOff).toBeUndefined();
  });
});
