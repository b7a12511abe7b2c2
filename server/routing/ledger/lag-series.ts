import type { Posting } from '../state.ts';
import { repsOf } from './balance.ts';
import { createPoolLedger } from './pool-ledger.ts';

/** Points that are kept at least, once there are as many entries; at most twice as many. */
const POINTS = 120;

/** Members' lags as they were after an entry. */
export interface LagPoint {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Millionths of a lead, in the order of `reps`; who was not there yet has 0. */
  readonly lags: readonly number[];
}

/** How lags went over time. */
export interface LagSeries {
  /** In the order in which they first had an entry. */
  readonly reps: readonly string[];
  /** Oldest first; the last is after the last entry. */
  readonly points: readonly LagPoint[];
}

/** Follows lags as entries come; what it keeps does not grow with them: of many only every so manieth is a point. */
export const createLagSeries = () => {
  const ledger = createPoolLedger();
  const reps = new Set<string>();
  let points: { readonly at: number; readonly lags: readonly number[] }[] = [];
  let seen = 0;
  let every = 1;
  let last: number | null = null;
  const pointAt = (at: number) => ({ at, lags: [...reps].map((rep) => ledger.balance(rep).lag) });
  return {
    post: (posting: Posting, at: number): void => {
      ledger.post(posting, at);
      for (const rep of repsOf(posting)) reps.add(rep);
      last = at;
      seen++;
      if (seen % every !== 0) return;
      points.push(pointAt(at));
      if (points.length < 2 * POINTS) return;
      points = points.filter((_, i) => i % 2 === 1);
      every *= 2;
    },
    series: (): LagSeries => {
      const all = last === null || seen % every === 0 ? points : [...points, pointAt(last)];
      const whole = ({ at, lags }: LagPoint) => ({
        at,
        lags: [...lags, ...new Array<number>(reps.size - lags.length).fill(0)],
      });
      return { reps: [...reps], points: all.map(whole) };
    },
  };
};
