import type { HolidayDates, Schedule } from '../../server/routing/availability/shifts.ts';

/** What a walk found: why a rep does or does not work at its beginning, and the first minute at which that changes. */
export interface Walked {
  readonly code: 'available' | 'off_hours' | 'time_off' | 'holiday';
  /** Epoch milliseconds; null: no change within so many days. */
  readonly until: number | null;
}

const MINUTE = 60_000;

/**
 * Looks at the clock on the wall minute by minute, as Temporal shows it, until a rep begins or stops to work. It knows
 * nothing of how availability is worked out: what it says is what a person with a clock and a calendar would.
 */
export const walkAvailability = (
  schedule: Schedule,
  holidays: HolidayDates,
  from: number,
  mostDays: number,
): Walked => {
  const code = codeAt(schedule, holidays, from);
  const works = code === 'available';
  const first = Math.floor(from / MINUTE) * MINUTE + MINUTE;
  for (let at = first; at <= from + mostDays * 1440 * MINUTE; at += MINUTE)
    if ((codeAt(schedule, holidays, at) === 'available') !== works) return { code, until: at };
  return { code, until: null };
};

const codeAt = (schedule: Schedule, holidays: HolidayDates, at: number): Walked['code'] => {
  const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(schedule.timezone);
  const today = there.toPlainDate();
  const minute = there.hour * 60 + there.minute;
  const yesterday = today.subtract({ days: 1 });
  const begun = [
    ...(within(schedule, today, minute) ? [today] : []),
    // A shift of the day before that has not ended yet.
    ...(within(schedule, yesterday, minute + 1440) ? [yesterday] : []),
  ].map((day) => offOn(schedule, holidays, day));
  if (begun.includes(null)) return 'available';
  return begun[0] ?? offOn(schedule, holidays, today) ?? 'off_hours';
};

const within = ({ hours }: Schedule, day: Temporal.PlainDate, minute: number): boolean => {
  const spans = hours === null ? [{ from: 0, to: 1440 }] : hours[day.dayOfWeek - 1]!;
  return spans.some(({ from, to }) => from <= minute && minute < to);
};

const offOn = (
  { timeOff, holidays: { calendars, dates } }: Schedule,
  holidays: HolidayDates,
  day: Temporal.PlainDate,
): 'time_off' | 'holiday' | null => {
  const date = day.toString();
  if (timeOff.some(({ from, to }) => from <= date && date <= to)) return 'time_off';
  const isHoliday = dates.includes(date) || calendars.some((one) => holidays(one, day.year).has(date));
  return isHoliday ? 'holiday' : null;
};
