import { type ClassSet, sizeOf } from './class-set.ts';
import type { Dimension } from './dimension.ts';

/** Ordered dimensions are cut into at most so many buckets, so that a wide range does not fill memory. */
const BUCKETS = 128;
/** A check that covers more buckets than this, or most leads, is no way in. */
const MOST_BUCKETS = 512;
const MOST_LEADS = 0.6;

/** Collects, for each bucket of a dimension, the entries to try for a lead whose value lies there. */
export interface PostingsBuilder {
  /** The share of leads that would try an entry filed under these classes; null: not worth it. */
  readonly cost: (classes: ClassSet) => number | null;
  /** Whether every lead in an entry's buckets is in its classes: the check need not be made again. */
  readonly exact: boolean;
  /** Entries come in ascending order. */
  readonly post: (entry: number, classes: ClassSet) => void;
  readonly buckets: readonly (readonly number[])[];
  readonly bucketOf: (valueClass: number) => number;
  /** How many classes the dimension has, missing included. */
  readonly classes: number;
}

export const postingsBuilder = (dimension: Dimension): PostingsBuilder => {
  const classes = dimension.top + 1;
  const count = dimension.ordered ? Math.min(classes, BUCKETS) : classes;
  const exact = count === classes;
  const buckets: number[][] = Array.from({ length: count }, () => []);
  const bucketOf = exact ? (one: number) => one : (one: number) => Math.floor((one * count) / classes);
  return {
    exact,
    classes,
    buckets,
    bucketOf,
    cost: (set) => {
      if ((sizeOf(set) * count) / classes > MOST_BUCKETS) return null;
      let share = 0;
      for (let i = 0; i < set.length; i += 2) share += dimension.likelihood(set[i]!, set[i + 1]!);
      return share > MOST_LEADS ? null : share + 1 / count;
    },
    post: (entry, set) => {
      for (let i = 0; i < set.length; i += 2)
        for (let bucket = bucketOf(set[i]!); bucket <= bucketOf(set[i + 1]!); bucket++)
          if (buckets[bucket]!.at(-1) !== entry) buckets[bucket]!.push(entry);
    },
  };
};
