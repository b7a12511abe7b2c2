import { dayAt, type HolidayDates, type Schedule, stretchesOf } from '../availability/shifts.ts';

/** Milliseconds between two instants that lie within a schedule's hours. Hours that touch count once. */
export const workingTime = (schedule: Schedule, holidays: HolidayDates, from: number, to: number): number => {
  if (to <= from) return 0;
  const last = dayAt(schedule.timezone, to);
  let counted = from;
  let total = 0;
  // A span begun the day before, or one that a clock change moved, may still run.
  for (let day = dayAt(schedule.timezone, from) - 2; day <= last; day++)
    for (const stretch of stretchesOf(schedule, day, holidays)) {
      if (stretch.off !== null) continue;
      const start = Math.max(stretch.from, counted);
      const end = Math.min(stretch.to, to);
      if (end <= start) continue;
      total += end - start;
      counted = end;
    }
  return total;
};
