import { dateOf, dayAt, startOfDay } from '../../availability/shifts.ts';
import { wallTime } from '../../availability/zone-offsets.ts';
import type { Condition } from '../../conditions/condition.ts';
import { poolMembers } from '../../decide/members.ts';
import type { Pool, Rep } from '../../policy/schema.ts';
import { teamLookUp } from '../../policy/teams.ts';
import { nextMinuteOfWeek } from '../situation.ts';
import type { CheckInput } from '../subject.ts';
import { type WeekStretch, weekTest } from '../week.ts';
import { gapsIn, minutesOfWeek, type Stretches, workedTime } from '../worked-time.ts';

/** When nobody of a pool can be chosen, by the hours of its members. */
export interface PoolHours {
  readonly pool: Pool;
  /** Its members as far as they are active. */
  readonly reps: readonly Rep[];
  /** In a week without holidays and time off. */
  readonly closed: readonly WeekStretch[];
  /** That it is such a time. */
  readonly whenClosed: Condition;
  /** Days of the coming weeks on which all who would work are off. */
  readonly daysOff: readonly DayOff[];
}

/** A day (`YYYY-MM-DD`, the policy's zone) and an instant on it when the pool is usually served. */
export interface DayOff {
  readonly date: string;
  readonly at: number;
  /** That it is that minute of the week. */
  readonly when: Condition;
}

const DAY = 86_400_000;
const MINUTE = 60_000;
const WEEK = 7 * DAY;
/** How far ahead holidays and time off are looked at. Days: a quarter of a year. */
const AHEAD = 92;

/** The hours of every pool that goes by hours. */
export const poolHours = (input: CheckInput): readonly PoolHours[] => {
  const { policy } = input.compiled;
  const { timezone } = policy;
  const monday = nextMinuteOfWeek(0, { now: input.now, timezone });
  const until = input.now + AHEAD * DAY;
  const worked = workedTime(input, input.now, until);
  const team = teamLookUp(input.reps);
  const known = new Map(input.reps.map((rep) => [rep.id, rep]));
  return policy.pools
    .filter(({ availability }) => availability.kind !== 'ignore')
    .map((pool) => {
      const { list } = poolMembers(pool, team, { now: input.now, timezone });
      const reps = list.flatMap(({ rep }) => known.get(rep) ?? []);
      const early = pool.availability.kind === 'within' ? pool.availability.milliseconds : 0;
      const usual = worked(reps, 'usual');
      const closed = minutesOfWeek(gapsIn(usual, monday, monday + WEEK, early), monday, timezone);
      const actual = worked(reps, 'actual');
      const daysOff = daysOffIn(usual, actual, early, { from: input.now, until, timezone });
      return { pool, reps, closed, whenClosed: weekTest(closed), daysOff };
    });
};

const daysOffIn = (
  usual: Stretches,
  actual: Stretches,
  early: number,
  { from, until, timezone }: { readonly from: number; readonly until: number; readonly timezone: string },
): readonly DayOff[] => {
  const days: DayOff[] = [];
  for (let day = dayAt(timezone, from) + 1; startOfDay(timezone, day) < until; day++) {
    const [begins, ends] = [startOfDay(timezone, day), startOfDay(timezone, day + 1)];
    const serves = usual.find(([opens, closes]) => opens < ends && closes > begins);
    const served = gapsIn(actual, begins, ends, early);
    const closedAllDay = served.length === 1 && served[0]![0] === begins && served[0]![1] === ends;
    if (serves === undefined || !closedAllDay) continue;
    const at = Math.ceil(Math.max(serves[0], begins) / MINUTE) * MINUTE;
    days.push({ date: dateOf(day), at, when: minuteTest(at, timezone) });
  }
  return days;
};

const minuteTest = (at: number, timezone: string): Condition => {
  const minutes = Math.floor(wallTime(timezone, at) / MINUTE) + 3 * 1440;
  const minute = ((minutes % 10_080) + 10_080) % 10_080;
  return weekTest([[minute, minute + 1]]);
};
