import type { Availability } from '../state.ts';
import {
  dayAt,
  dayOff,
  type HolidayDates,
  type Schedule,
  type Stretch,
  startOfDay,
  stretchesOf,
} from './shifts.ts';

/** How far ahead a rep's return is looked for: who is away longer has no `backAt`. Days. */
const HORIZON = 400;
/** How far ahead the end of a shift is looked for: who works on without a break has no `endsAt`. Eight days. */
const LONGEST_SHIFT = 8 * 86_400_000;

/**
 * Whether a rep is at work at an instant, until when, or since when not and when they are back. Keep the answer until
 * its `validUntil`: it costs some tens of microseconds, mostly for the days ahead.
 */
export const resolveAvailability = (
  schedule: Schedule,
  holidays: HolidayDates,
  now: number,
): Availability => {
  const today = dayAt(schedule.timezone, now);
  // A span begun yesterday, or in a zone that skipped a day the day before, may still run.
  const around = [-2, -1, 0, 1].flatMap((days) => stretchesOf(schedule, today + days, holidays));
  const current = around.filter(({ from, to }) => from <= now && now < to);
  const inHours = current.length > 0;
  const next = around.flatMap(({ from, to }) => [from, to]).filter((at) => at > now);
  const validUntil = Math.min(startOfDay(schedule.timezone, today + 1), ...next);
  if (current.some(({ off }) => off === null)) {
    const endsAt = shiftEnd(schedule, holidays, now);
    return { code: 'available', inHours, endsAt, backAt: null, validUntil };
  }
  const code = current[0]?.off ?? dayOff(schedule, today, holidays) ?? 'off_hours';
  return { code, inHours, endsAt: null, backAt: nextShift(schedule, holidays, today, now), validUntil };
};

/** Where work that runs at `now` ends; stretches that touch or overlap are one shift. */
const shiftEnd = (schedule: Schedule, holidays: HolidayDates, now: number): number | null => {
  for (let end = now, longer = now; end < now + LONGEST_SHIFT; end = longer) {
    const day = dayAt(schedule.timezone, end);
    for (let near = day - 2; near <= day + 1; near++)
      for (const { from, to } of worked(schedule, holidays, near))
        if (from <= end && longer < to) longer = to;
    if (longer === end) return end;
  }
  return null;
};

/** When the next stretch begins. A night that clocks break in two may begin after a stretch of the day that follows. */
const nextShift = (schedule: Schedule, holidays: HolidayDates, today: number, now: number): number | null => {
  let next = Number.POSITIVE_INFINITY;
  for (let day = today - 1, last = today + HORIZON; day < last; day++)
    for (const { from } of worked(schedule, holidays, day))
      if (from > now && from < next) {
        if (next === Number.POSITIVE_INFINITY) last = day + 2;
        next = from;
      }
  return next === Number.POSITIVE_INFINITY ? null : next;
};

const worked = (schedule: Schedule, holidays: HolidayDates, day: number): readonly Stretch[] =>
  stretchesOf(schedule, day, holidays).filter(({ off }) => off === null);
