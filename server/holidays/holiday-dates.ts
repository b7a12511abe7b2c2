import Holidays from 'date-holidays';
import type { HolidayDates } from '../routing/availability/shifts.ts';

const DAY = 86_400_000;
const NOON = DAY / 2;

/**
 * Public holidays by calendar (`US`, `US-CA`, `DE-BY`) and year, from date-holidays: substitute days are in it; bank,
 * school and optional ones are not. A calendar it does not know has none. Worked out once a calendar and year.
 */
export const createHolidayDates = (): HolidayDates => {
  const known = new Map<string, ReadonlySet<string>>();
  return (calendar, year) => {
    const key = `${calendar} ${year}`;
    const dates = known.get(key) ?? datesOf(calendar, year);
    known.set(key, dates);
    return dates;
  };
};

const datesOf = (calendar: string, year: number): ReadonlySet<string> => {
  const [country = '', state, region] = calendar.split('-');
  const all = new Holidays(country, state ?? '', region ?? '').getHolidays(year, 'en') ?? [];
  return new Set(all.filter(({ type }) => type === 'public').flatMap(daysWithin));
};

/** The dates whose noon lies within the holiday: those that begin at sunset are the next day, long ones are several. */
const daysWithin = ({ date, start, end }: { date: string; start: Date; end: Date }): string[] => {
  const from = Date.parse(`${date.slice(0, 19).replace(' ', 'T')}Z`);
  const to = from + (end.getTime() - start.getTime());
  const days: string[] = [];
  for (let noon = Math.floor(from / DAY) * DAY + NOON; noon < to; noon += DAY)
    if (noon >= from) days.push(new Date(noon).toISOString().slice(0, 10));
  return days;
};
