import { z } from 'zod';
import type { PersonTimes } from '../../assignments/person-times.ts';
import type { CallDynamics, Environment } from './client.ts';
import { AWAY_CODES, CALENDAR_DAYS, expandCalendar, WORK_CODES } from './facts.ts';
import { sendBatches } from './send-batches.ts';

/** A stretch of a calendar, as the platform worked it out. */
const block = z.object({
  Start: z.string(),
  End: z.string(),
  TimeCode: z.string(),
  SubCode: z.string().nullish(),
});
const expanded = z.object({ result: z.array(block) });
type Block = z.infer<typeof block>;

interface Range {
  readonly from: number;
  readonly to: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How long all calendars together may take. Milliseconds. */
const PATIENCE_MS = 30_000;

/** A person and their calendar, both by id. */
export interface Calendar {
  readonly userId: string;
  readonly calendarId: string;
}

/** When people work, by user id. Who has a calendar we may not read, or that cannot be read, gives no information. */
export const readCalendarTimes = async (
  call: CallDynamics,
  connection: Environment,
  calendars: readonly Calendar[],
  now: number,
): Promise<ReadonlyMap<string, PersonTimes>> => {
  const from = Math.floor(now / DAY) * DAY;
  const answers = await sendBatches(
    calendars.map(({ calendarId }) => ({
      method: 'GET' as const,
      path: expandCalendar(calendarId, from, from + CALENDAR_DAYS * DAY),
    })),
    { call, connection, until: now + PATIENCE_MS, purpose: 'background' },
  );
  return new Map(
    calendars.flatMap(({ userId }, index): readonly (readonly [string, PersonTimes])[] => {
      const answer = answers[index];
      const read = answer?.status === 200 ? expanded.safeParse(answer.body).data : undefined;
      return read === undefined ? [] : [[userId, timesOf(read.result, from)]];
    }),
  );
};

/**
 * A calendar's stretches as working hours and time off. The platform tells instants and not rules: the hours of a weekday
 * are those of its next day without time off, in UTC. They are read anew every hour, so that they are right for the week
 * ahead whatever the clocks do. `from`: the midnight in UTC the stretches begin at, epoch milliseconds.
 */
export const timesOf = (blocks: readonly Block[], from: number): PersonTimes => {
  const ranges = (fits: (one: Block) => boolean): readonly Range[] =>
    joined(blocks.filter(fits).map(({ Start, End }) => ({ from: Date.parse(Start), to: Date.parse(End) })));
  const work = ranges(({ TimeCode }) => WORK_CODES.has(TimeCode));
  const away = ranges(({ TimeCode, SubCode }) => TimeCode === 'Unavailable' && AWAY_CODES.has(SubCode ?? ''));
  const hours = Array.from({ length: 7 }, (_, weekday) => hoursOn(weekday, { work, away, from }));
  return {
    timezone: 'UTC',
    ...(hours.some((day) => day.length > 0) && { hours }),
    ...(away.length > 0 && { timeOff: [...away] }),
  };
};

/** Stretches that touch are one: a person who has an appointment is at work. */
const joined = (ranges: readonly Range[]): readonly Range[] => {
  const all: { from: number; to: number }[] = [];
  for (const range of ranges.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last !== undefined && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else all.push({ ...range });
  }
  return all;
};

/** Monday is 0. */
const weekdayOf = (at: number): number => (new Date(at).getUTCDay() + 6) % 7;

const hoursOn = (
  weekday: number,
  {
    work,
    away,
    from,
  }: { readonly work: readonly Range[]; readonly away: readonly Range[]; readonly from: number },
): Range[] => {
  for (let day = from; day < from + CALENDAR_DAYS * DAY; day += DAY) {
    const isOff = away.some((one) => one.from < day + DAY && one.to > day);
    const begun = weekdayOf(day) === weekday && !isOff ? withinDay(work, day) : [];
    if (begun.length > 0) return begun;
  }
  return [];
};

/** What is worked on a day, in minutes after its midnight; work that runs past midnight goes on as the next day's. */
const withinDay = (work: readonly Range[], day: number): Range[] =>
  work
    .filter(({ from, to }) => from < day + DAY && to > day)
    .map(({ from, to }) => ({
      from: Math.round((Math.max(from, day) - day) / MINUTE),
      to: Math.round((Math.min(to, day + DAY) - day) / MINUTE),
    }))
    .filter(({ from, to }) => from < to);
