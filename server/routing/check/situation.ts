import { wallSpan, wallTime } from '../availability/zone-offsets.ts';
import type { Moment } from '../conditions/moment.ts';
import type { FieldValue, LeadValues } from '../lead.ts';
import type { Preference } from './space/axis.ts';
import type { Space } from './space/make-space.ts';
import type { Solution } from './space/solve.ts';

/** A lead at a moment. */
export interface Situation {
  readonly values: LeadValues;
  /** Epoch milliseconds. */
  readonly at: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const WEEK = 7 * DAY;

/** A lead out of a solution, at the first fitting minute from `from` on; null: a value could not be made. */
export const situationIn = (
  space: Space,
  regions: Solution,
  prefer: Preference,
  from: Moment,
): Situation | null => {
  const minute = space.axes[0]!.pick(regions[0]!, prefer, from) as number;
  const at = nextMinuteOfWeek(minute, from);
  const values: Record<string, FieldValue> = {};
  for (const [i, axis] of space.axes.entries()) {
    const name = space.names[i];
    if (i === 0 || name === null || name === undefined) continue;
    const value = axis.pick(regions[i]!, prefer, { ...from, now: at });
    if (value === null) return null;
    if (value !== undefined) values[name] = value;
  }
  return { values, at };
};

/** The first instant from a moment on at which the zone's clock shows a minute of the week. */
export const nextMinuteOfWeek = (minute: number, { now, timezone }: Moment): number => {
  const today = Math.floor(wallTime(timezone, now) / DAY);
  const monday = today - ((((today + 3) % 7) + 7) % 7);
  // The same minute of the next week where it is past, or clocks skip it.
  for (let week = 0; ; week++) {
    const wall = monday * DAY + week * WEEK + minute * MINUTE;
    const start = wallSpan(timezone, wall, wall + MINUTE)[0]?.[0];
    if (start !== undefined && start >= now) return start;
  }
};
