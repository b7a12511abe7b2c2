import Holidays from 'date-holidays';
import type { WrittenRep } from './example.ts';

// Working hours told by Intl's clock: another way than the one that is tested.

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY = 86_400_000;

/** What the clock on the wall shows: the date, the day of the week (0 is Monday), minutes after midnight. */
export const wallClock = (at: number, timezone: string) => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)!.value;
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    hour: part('hour'),
    weekday: DAYS.indexOf(part('weekday').toLowerCase().slice(0, 3)),
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
};

/** Whether a rep works at an instant: the clock where they are is within the hours of a day they do not have off. */
export const isAtWork = (
  rep: WrittenRep,
  at: number,
  defaults: Pick<WrittenRep, 'hours' | 'timezone'>,
): boolean => {
  const timezone = rep.timezone ?? defaults.timezone!;
  const { date, weekday, minute } = wallClock(at, timezone);
  const dayBefore = new Date(Date.parse(date) - DAY).toISOString().slice(0, 10);
  const hours = rep.hours ?? defaults.hours ?? { 'mon-sun': '00:00-24:00' };
  return (
    (isWithin(hours, weekday, minute) && !isOff(rep, date)) ||
    (isWithin(hours, (weekday + 6) % 7, minute + 1440) && !isOff(rep, dayBefore))
  );
};

/** `minute` counts on past midnight for spans that began the day before. */
const isWithin = (hours: NonNullable<WrittenRep['hours']>, weekday: number, minute: number): boolean =>
  Object.entries(hours).some(
    ([days, spans]) =>
      namesDay(days, weekday) &&
      [spans].flat().some((span) => {
        const [from, to] = span
          .split('-')
          .map((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
        return from! <= minute && minute < (to! > from! ? to! : to! + 1440);
      }),
  );

const namesDay = (days: string, weekday: number): boolean => {
  const [first, last = first] = days.split('-').map((day) => DAYS.indexOf(day));
  return first! <= weekday && weekday <= last!;
};

const isOff = ({ timeOff = [], holidays = [] }: WrittenRep, date: string): boolean =>
  timeOff.some(({ from, to }) => from <= date && date <= to) ||
  [holidays].flat().some((entry) => entry === date || (!/\d{4}/.test(entry) && isHoliday(entry, date)));

const isHoliday = (calendar: string, date: string): boolean => {
  const [country = '', state = '', region = ''] = calendar.split('-');
  const noon = new Date(`${date}T12:00:00`);
  const found = new Holidays(country, state, region, { timezone: 'UTC' }).isHoliday(noon);
  return found !== false && found.some(({ type }) => type === 'public');
};
