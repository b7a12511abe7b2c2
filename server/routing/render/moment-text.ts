import { dateOf, dayAt } from '../availability/shifts.ts';
import { wallTime } from '../availability/zone-offsets.ts';

/** Who reads: their zone (IANA name) and language (a key of the catalogue). */
export interface Reader {
  readonly timezone: string;
  readonly language: string;
}

/**
 * An instant as the reader would say it, seen from `seenAt`: `09:00 London` on the same day, `Mon 09:00 London` within
 * a week, `30 Nov 09:00 London` after, with the year where it differs.
 */
export const momentText = (at: number, seenAt: number, { timezone, language }: Reader): string => {
  const day = dayAt(timezone, at);
  const today = dayAt(timezone, seenAt);
  const clock = new Date(wallTime(timezone, at)).toISOString().slice(11, 16);
  const date = day === today ? null : dayText(day, today, language);
  return [date, clock, placeOf(timezone)].filter((part) => part !== null).join(' ');
};

const dayText = (day: number, today: number, language: string): string => {
  if (Math.abs(day - today) < 7) return format(day, language, { weekday: 'short' });
  const sameYear = dateOf(day).slice(0, 4) === dateOf(today).slice(0, 4);
  return format(day, language, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) });
};

const format = (day: number, language: string, options: Intl.DateTimeFormatOptions): string => {
  // American English puts the month first; a day before the month reads the same everywhere.
  const locale = language === 'en' ? 'en-GB' : language;
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(day * 86_400_000);
};

/** `Europe/London` is London, `America/Argentina/Buenos_Aires` is Buenos Aires. */
const placeOf = (timezone: string): string =>
  timezone.slice(timezone.lastIndexOf('/') + 1).replaceAll('_', ' ');
