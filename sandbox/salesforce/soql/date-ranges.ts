import { dateTimeText } from '../dates.ts';
import type { Org } from '../org.ts';

/** The days a word such as TODAY or LAST_N_DAYS:3 means, from the first to the day after the last. */
const daysOf = (
  today: Temporal.PlainDate,
  word: string,
): readonly [Temporal.PlainDate, Temporal.PlainDate] => {
  const [name = '', count = '0'] = word.split(':');
  const n = Number(count);
  const week = today.subtract({ days: today.dayOfWeek % 7 });
  const month = today.with({ day: 1 });
  switch (name) {
    case 'yesterday':
      return [today.subtract({ days: 1 }), today];
    case 'tomorrow':
      return [today.add({ days: 1 }), today.add({ days: 2 })];
    case 'last_n_days':
      return [today.subtract({ days: n }), today.add({ days: 1 })];
    case 'next_n_days':
      return [today.add({ days: 1 }), today.add({ days: n + 1 })];
    case 'this_week':
      return [week, week.add({ days: 7 })];
    case 'last_week':
      return [week.subtract({ days: 7 }), week];
    case 'this_month':
      return [month, month.add({ months: 1 })];
    case 'last_month':
      return [month.subtract({ months: 1 }), month];
    default:
      return [today, today.add({ days: 1 })];
  }
};

/** From (inclusive) and to (exclusive) as stored values: days for a date field, moments in the org's zone otherwise. */
export const rangeOf = (org: Org, word: string, type: 'date' | 'datetime'): readonly [string, string] => {
  const now = Temporal.Instant.fromEpochMilliseconds(org.now()).toZonedDateTimeISO(org.timezone);
  const [from, to] = daysOf(now.toPlainDate(), word);
  if (type === 'date') return [from.toString(), to.toString()];
  const moment = (day: Temporal.PlainDate) =>
    dateTimeText(day.toZonedDateTime(org.timezone).epochMilliseconds);
  return [moment(from), moment(to)];
};
