import type { Schedule } from '../../server/routing/availability/shifts.ts';

/** Whether the clock on the wall shows working time, asked of Temporal one instant at a time. */
export const atWork = (schedule: Schedule, at: number): boolean => {
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
