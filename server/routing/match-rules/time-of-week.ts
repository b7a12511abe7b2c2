import type { TimeTest } from '../conditions/condition.ts';
import { type Moment, wallClock } from '../conditions/moment.ts';

/** Minutes in a day and in a week that begins on Monday. */
const DAY = 1440;
export const WEEK = 7 * DAY;
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

/** The minute of the week at a moment, in the policy's time zone. */
export const minuteOfWeek = (moment: Moment): number => {
  const { day, minute } = wallClock(moment);
  return day * DAY + minute;
};

/** The minutes of the week when a time test is true: `[from, to)` within 0 and 10080, spans past Sunday cut in two. */
export const weekSpans = (test: TimeTest): readonly (readonly [number, number])[] => {
  const hours = test.hours ?? [{ from: 0, to: DAY }];
  return (test.days ?? EVERY_DAY).flatMap((day) =>
    hours.flatMap(({ from, to }) => cut(day * DAY + from, day * DAY + to)),
  );
};

const cut = (from: number, to: number): readonly (readonly [number, number])[] =>
  to <= WEEK
    ? [[from, to]]
    : [
        [from, WEEK],
        [0, to - WEEK],
      ];
