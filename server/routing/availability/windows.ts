import type { WindowCap, WindowEnds } from '../state.ts';
import { dateOf, dayAt, startOfDay } from './shifts.ts';
import { wallTime } from './zone-offsets.ts';

/** The current hour, day, week (from Monday) and month in a zone: their names, and when each ends. */
export interface Windows {
  readonly names: Readonly<Record<WindowCap, string>>;
  readonly ends: WindowEnds;
  /** The date there, `YYYY-MM-DD`. */
  readonly today: string;
}

const HOUR = 3_600_000;

/** The windows of caps at an instant. A repeated hour, when clocks go back, is one window of its name. */
export const windowsAt = (now: number, timezone: string): Windows => {
  const wall = wallTime(timezone, now);
  const day = dayAt(timezone, now);
  const monday = day - ((((day + 3) % 7) + 7) % 7);
  const today = dateOf(day);
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  const nextMonth = Date.UTC(year, month, 1) / (24 * HOUR);
  return {
    names: {
      perHour: `${today}T${String(new Date(wall).getUTCHours()).padStart(2, '0')}`,
      perDay: today,
      perWeek: dateOf(monday),
      perMonth: today.slice(0, 7),
    },
    ends: {
      perHour: now + (HOUR - (((wall % HOUR) + HOUR) % HOUR)),
      perDay: startOfDay(timezone, day + 1),
      perWeek: startOfDay(timezone, monday + 7),
      perMonth: startOfDay(timezone, nextMonth),
    },
    today,
  };
};
