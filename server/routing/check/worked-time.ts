import { scheduleOf } from '../availability/schedule.ts';
import { dayAt, stretchesOf } from '../availability/shifts.ts';
import { wallTime } from '../availability/zone-offsets.ts';
import type { Rep } from '../policy/schema.ts';
import type { CheckInput } from './subject.ts';
import type { WeekStretch } from './week.ts';

/** Instants, epoch milliseconds: `from` included, `to` not. In order and apart from each other. */
export type Stretches = readonly (readonly [from: number, to: number])[];

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60;

/** When reps work by their schedules. `usual`: as if there were no holidays and no time off. Kept per rep. */
export const workedTime = ({ compiled: { policy }, holidays }: CheckInput, from: number, to: number) => {
  const kept = { usual: new Map<string, Stretches>(), actual: new Map<string, Stretches>() };
  const work = (rep: Rep, which: 'usual' | 'actual'): Stretches => {
    const schedule = scheduleOf(rep, policy);
    const ofRep =
      which === 'actual' ? schedule : { ...schedule, holidays: { calendars: [], dates: [] }, timeOff: [] };
    const worked: [number, number][] = [];
    const last = dayAt(schedule.timezone, to);
    for (let day = dayAt(schedule.timezone, from) - 2; day <= last; day++)
      for (const one of stretchesOf(ofRep, day, holidays))
        if (one.off === null) worked.push([one.from, one.to]);
    return joined(worked);
  };
  const of = (rep: Rep, which: 'usual' | 'actual'): Stretches => {
    const known = kept[which].get(rep.id) ?? work(rep, which);
    kept[which].set(rep.id, known);
    return known;
  };
  return (reps: readonly Rep[], which: 'usual' | 'actual'): Stretches =>
    joined(reps.flatMap((rep) => of(rep, which)));
};

/** Sorted, and what touches or overlaps made one. */
const joined = (stretches: Stretches): Stretches => {
  const apart: [number, number][] = [];
  for (const [from, to] of stretches.toSorted((a, b) => a[0] - b[0])) {
    const last = apart.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else apart.push([from, to]);
  }
  return apart;
};

/** What stretches leave out between two instants. `early`: they serve so many milliseconds before they begin. */
export const gapsIn = (stretches: Stretches, from: number, to: number, early: number): Stretches => {
  const gaps: [number, number][] = [];
  let at = from;
  for (const [begins, ends] of stretches) {
    const gapEnds = Math.min(begins - early, to);
    if (gapEnds > at) gaps.push([at, gapEnds]);
    at = Math.max(at, ends);
  }
  if (at < to) gaps.push([at, to]);
  return gaps;
};

/** Instants within a week from a Monday 00:00 of a zone as minutes of the week. */
export const minutesOfWeek = (
  stretches: Stretches,
  monday: number,
  timezone: string,
): readonly WeekStretch[] => {
  const minute = (at: number): number =>
    Math.min(WEEK, Math.max(0, Math.round((wallTime(timezone, at) - wallTime(timezone, monday)) / MINUTE)));
  return stretches
    .map(([from, to]) => [minute(from), to - from < 0 ? 0 : minute(to)] as const)
    .filter(([from, to]) => from < to);
};
