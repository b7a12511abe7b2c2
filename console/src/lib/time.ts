/** Times for people: in the reader's own zone and language, always with the exact instant at hand in a title. */
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'narrow' });
const exactFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });
const momentFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const dayFormat = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const clockFormat = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayClockFormat = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** "3 min. ago", "in 2 hr." `now` in epoch milliseconds. */
export function ago(iso: string, now: number): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  if (Math.abs(seconds) < 5) return 'now';
  const [unit, size] = STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? ['second', 1];
  return relative.format(Math.trunc(seconds / size), unit);
}

export const exact = (iso: string): string => exactFormat.format(new Date(iso));

/** Day and time of an instant, epoch milliseconds or ISO 8601. */
export const moment = (at: number | string): string => momentFormat.format(new Date(at));

/** Day and month of an instant, epoch milliseconds. */
export const day = (at: number): string => dayFormat.format(at);

/** Time of day, with the weekday when it is not today. */
export function clock(instant: number | string, now: number): string {
  const at = new Date(instant);
  return at.toDateString() === new Date(now).toDateString()
    ? clockFormat.format(at)
    : dayClockFormat.format(at);
}

/** "4:09" left until an instant; null once it has passed. */
export function countdown(iso: string, now: number): string | null {
  const seconds = Math.ceil((Date.parse(iso) - now) / 1000);
  if (seconds <= 0) return null;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** The city of an IANA zone, as people say where somebody works. */
export const cityOf = (timezone: string): string =>
  (timezone.split('/').at(-1) ?? timezone).replaceAll('_', ' ');

/** "4 s", "3 min", "2 h", "5 d": how long something took, in its largest unit. */
export function took(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 1) return 'at once';
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}
