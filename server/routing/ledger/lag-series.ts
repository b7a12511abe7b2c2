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

/** A point with how far the furthest of those was whom its entry touched. */
type Kept = LagPoint & { readonly furthest: number };

/**
 * Follows lags as entries come; what it keeps does not grow with them: of so many entries in a row one is a point, the
 * one after which somebody was furthest away, so that nothing that stands out is lost.
 */
export const createLagSeries = () => {
  const ledger = createPoolLedger();
  const reps = new Set<string>();
  let points: Kept[] = [];
  let bucket: Kept | null = null;
  let every = 1;
  let seen = 0;
  let last: number | null = null;
  const lagsNow = (): readonly number[] => Array.from(reps, (rep) => ledger.balance(rep).lag);
  const closeBucket = (): void => {
    if (bucket !== null) points.push(bucket);
    bucket = null;
    if (points.length < 2 * POINTS) return;
    points = Array.from({ length: POINTS }, (_, i) => further(points[2 * i]!, points[2 * i + 1]!));
    every *= 2;
  };
  return {
    post: (posting: Posting, at: number): void => {
      ledger.post(posting, at);
      let furthest = 0;
      for (const rep of repsOf(posting)) {
        reps.add(rep);
        furthest = Math.max(furthest, Math.abs(ledger.balance(rep).lag));
      }
      last = at;
      if (bucket === null || furthest > bucket.furthest) bucket = { at, furthest, lags: lagsNow() };
      seen++;
      if (seen % every === 0) closeBucket();
    },
    series: (): LagSeries => {
      const all: LagPoint[] = bucket === null ? [...points] : [...points, bucket];
      if (last !== null && all.at(-1)?.at !== last) all.push({ at: last, lags: lagsNow() });
      return { reps: [...reps], points: all.map((point) => filled(point, reps.size)) };
    },
  };
};

const further = (a: Kept, b: Kept): Kept => (b.furthest > a.furthest ? b : a);

const filled = ({ at, lags }: LagPoint, members: number): LagPoint => ({
  at,
  lags: [...lags, ...new Array<number>(members - lags.length).fill(0)],
});
