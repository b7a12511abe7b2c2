import type { Holidays, TimeOff, WeekHours } from '../policy/schema.ts';
import { wallSpan, wallTime } from './zone-offsets.ts';

/** When a rep works. `hours` null: always. Days off are dates in the rep's zone. */
export interface Schedule {
  readonly timezone: string;
  readonly hours: WeekHours | null;
  readonly holidays: Holidays;
  readonly timeOff: readonly TimeOff[];
}

/** The dates (`YYYY-MM-DD`) that are holidays in a calendar (`US`, `DE-BY`) in a year. Passed in: the core has none. */
export type HolidayDates = (calendar: string, year: number) => ReadonlySet<string>;

/** A stretch of hours: instants, `from` included, `to` not. `off` says why it is not worked; null: it is. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly off: 'time_off' | 'holiday' | null;
}

const DAY = 86_400_000;
const MINUTE = 60_000;
const WHOLE_DAY = [{ from: 0, to: 1440 }] as const;

/** Days since 1970-01-01 on the zone's calendar at an instant. */
export const dayAt = (timezone: string, at: number): number => Math.floor(wallTime(timezone, at) / DAY);

/** When a day begins on the zone's clock. Where midnight is skipped, the first instant after it. */
export const startOfDay = (timezone: string, day: number): number =>
  wallSpan(timezone, day * DAY, (day + 1) * DAY)[0]?.[0] ?? startOfDay(timezone, day + 1);

/** `YYYY-MM-DD`. */
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** Why a day is off for a rep, or null. Time off comes before holidays. */
export const dayOff = (schedule: Schedule, day: number, holidays: HolidayDates): Stretch['off'] => {
  const date = dateOf(day);
  if (schedule.timeOff.some(({ from, to }) => from <= date && date <= to)) return 'time_off';
  const { calendars, dates } = schedule.holidays;
  const year = Number(date.slice(0, 4));
  return dates.includes(date) || calendars.some((calendar) => holidays(calendar, year).has(date))
    ? 'holiday'
    : null;
};

/**
 * The stretches that begin on one day of a rep's calendar, in order. At work means that the clock on the wall shows a
 * time within the hours: an hour that clocks skip is not worked, one that they repeat is worked twice. A span that
 * runs past midnight belongs to the day it begins on, and is off when that day is.
 */
export const stretchesOf = (schedule: Schedule, day: number, holidays: HolidayDates): readonly Stretch[] => {
  const spans = schedule.hours === null ? WHOLE_DAY : schedule.hours[weekday(day)]!;
  if (spans.length === 0) return [];
  const off = dayOff(schedule, day, holidays);
  return spans
    .flatMap((span) =>
      wallSpan(schedule.timezone, day * DAY + span.from * MINUTE, day * DAY + span.to * MINUTE).map(
        ([from, to]) => ({ from, to, off }),
      ),
    )
    .sort((a, b) => a.from - b.from);
};

/** 0 is Monday; 1970-01-01 was a Thursday. */
const weekday = (day: number): number => (((day + 3) % 7) + 7) % 7;
