import type { SeedCalendar } from '../company.ts';
import { badQuery, noRecord } from '../errors.ts';
import type { Transaction } from '../rows/transaction.ts';
import { API_PATH, type Operation, type Reply } from './operation.ts';

interface Stretch {
  readonly from: number;
  readonly to: number;
}

const instantOf = ({ path, search }: Operation, name: string): number => {
  const alias = new RegExp(`${name}=(@\\w+)`).exec(path)?.[1] ?? '';
  const text = search.get(alias) ?? '';
  const at = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw badQuery(`The parameter '${name}' must be an Edm.DateTimeOffset.`);
  return at;
};

/** What is worked on each day between two instants, where the person is. */
const workOf = ({ timezone, days, from, to }: SeedCalendar, { from: start, to: end }: Stretch): Stretch[] => {
  const at = (day: Temporal.PlainDate, time: string): number =>
    day.toZonedDateTime({ timeZone: timezone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
  const found: Stretch[] = [];
  const first = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(timezone).toPlainDate();
  for (let day = first.subtract({ days: 1 }); at(day, '00:00') < end; day = day.add({ days: 1 })) {
    const ends = to <= from ? day.add({ days: 1 }) : day;
    if (days.includes(day.dayOfWeek)) found.push({ from: at(day, from), to: at(ends, to) });
  }
  return found.flatMap((one) => clipped(one, { from: start, to: end }));
};

const clipped = (one: Stretch, by: Stretch): Stretch[] => {
  const both = { from: Math.max(one.from, by.from), to: Math.min(one.to, by.to) };
  return both.from < both.to ? [both] : [];
};

/** Without what time off takes of it. */
const without = (work: readonly Stretch[], off: Stretch): Stretch[] =>
  work.flatMap((one) => [
    ...clipped(one, { from: Number.NEGATIVE_INFINITY, to: off.from }),
    ...clipped(one, { from: off.to, to: Number.POSITIVE_INFINITY }),
  ]);

const text = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

const block = ({ from, to }: Stretch, TimeCode: string, SubCode: string, CalendarId: string) => ({
  IsActivity: false,
  SourceTypeCode: 0,
  CalendarId,
  SourceId: CalendarId,
  TimeCode,
  SubCode,
  Start: text(from),
  End: text(to),
  ActivityStatusCode: -1,
  Effort: TimeCode === 'Available' ? 1 : 0,
  DisplayText: '',
  ActivityTypeCode: 0,
});

/** A function bound to a calendar: its rules as stretches of time. Parameters come as aliases. */
export const expandCalendar = (operation: Operation, id: string, tx: Transaction): Reply => {
  const calendar = tx.get('calendar', id);
  if (!calendar) throw noRecord('calendar', id);
  const asked = { from: instantOf(operation, 'Start'), to: instantOf(operation, 'End') };
  if (asked.from >= asked.to) throw badQuery('The start of a period must be before its end.');
  const seed = JSON.parse(String(calendar.values.sandbox_hours ?? 'null')) as SeedCalendar | null;
  const off = (seed?.timeOff ?? [])
    .map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }))
    .flatMap((one) => clipped(one, asked));
  const work = seed === null ? [] : off.reduce(without, workOf(seed, asked));
  return {
    status: 200,
    body: {
      '@odata.context': `${operation.api.url()}${API_PATH}/$metadata#Microsoft.Dynamics.CRM.ExpandCalendarResponse`,
      result: [
        ...work.map((one) => block(one, 'Available', 'Schedulable', id)),
        ...off.map((one) => block(one, 'Unavailable', 'Vacation', id)),
      ],
    },
  };
};
