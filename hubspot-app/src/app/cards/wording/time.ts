import { messages } from './messages.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How the person who looks writes times, and in which zone they live. */
export interface Reader {
  readonly locale: string;
  readonly timezone: string;
}

/** The reader's locale as HubSpot gives it (`en-us`, `pt_BR`, or nothing), and the zone of their browser. */
export function readerOf(given: string | undefined): Reader {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  try {
    const [locale = 'en'] = Intl.getCanonicalLocales((given ?? 'en').replaceAll('_', '-'));
    return { locale, timezone: timeZone };
  } catch {
    return { locale: 'en', timezone: timeZone };
  }
}

/**
 * An instant as the reader writes it: the time alone on the day of `now`, with the date otherwise. The clock has 24
 * hours in every language, as in the sentences that the service writes.
 */
export function moment(instant: string, now: number, { locale, timezone }: Reader): string {
  const at = new Date(instant);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeZone: timezone });
  const today = day.format(at) === day.format(now);
  const date = today ? {} : ({ day: 'numeric', month: 'short' } as const);
  const options = {
    ...date,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: timezone,
  } as const;
  return new Intl.DateTimeFormat(locale, options).format(at);
}

/** How long it still is to an instant, rounded up; null once it has passed. Seconds only in the last two minutes. */
export function timeLeft(instant: string, now: number): string | null {
  const left = Date.parse(instant) - now;
  if (left <= 0) return null;
  if (left < 2 * MINUTE) return messages.clock.seconds(Math.ceil(left / SECOND));
  const minutes = Math.ceil(left / MINUTE);
  if (left < HOUR) return messages.clock.minutes(minutes);
  return messages.clock.hours(Math.floor(minutes / 60), minutes % 60);
}
