/**
 * A set of value classes (see `Dimension`) as ascending, disjoint intervals, both ends included:
 * `[lo, hi, lo, hi, …]`.
 */
export type ClassSet = readonly number[];

/** The class of a lead that has no value. */
export const MISSING = 0;

/** Sorts and joins intervals given in any order. */
export const classSet = (intervals: readonly (readonly [number, number])[]): ClassSet => {
  const set: number[] = [];
  for (const [lo, hi] of [...intervals].sort((a, b) => a[0] - b[0])) {
    if (hi < lo) continue;
    const last = set.length - 1;
    if (last > 0 && lo <= set[last]! + 1) set[last] = Math.max(set[last]!, hi);
    else set.push(lo, hi);
  }
  return set;
};

/** Every class of a present value that the set leaves out. `top` is the greatest class. */
export const complement = (set: ClassSet, top: number): ClassSet => {
  const rest: (readonly [number, number])[] = [];
  let from = MISSING + 1;
  for (let i = 0; i < set.length; i += 2) {
    rest.push([from, set[i]! - 1]);
    from = Math.max(from, set[i + 1]! + 1);
  }
  rest.push([from, top]);
  return classSet(rest);
};

/** How many classes a set holds. */
export const sizeOf = (set: ClassSet): number => {
  let size = 0;
  for (let i = 0; i < set.length; i += 2) size += set[i + 1]! - set[i]! + 1;
  return size;
};

/** The classes that are in both sets. */
export const intersection = (a: ClassSet, b: ClassSet): ClassSet => {
  const both: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const lo = Math.max(a[i]!, b[j]!);
    const hi = Math.min(a[i + 1]!, b[j + 1]!);
    if (lo <= hi) both.push(lo, hi);
    if (a[i + 1]! < b[j + 1]!) i += 2;
    else j += 2;
  }
  return both;
};

/** The classes that are in either set. */
export const union = (a: ClassSet, b: ClassSet): ClassSet => classSet([...pairsOf(a), ...pairsOf(b)]);

/** Whether every class of `part` is in `whole`. */
export const isWithin = (part: ClassSet, whole: ClassSet): boolean => {
  let j = 0;
  for (let i = 0; i < part.length; i += 2) {
    while (j < whole.length && whole[j + 1]! < part[i]!) j += 2;
    if (j >= whole.length || whole[j]! > part[i]! || whole[j + 1]! < part[i + 1]!) return false;
  }
  return true;
};

/** A set's classes, one by one. */
export function* classesIn(set: ClassSet): Generator<number> {
  for (let i = 0; i < set.length; i += 2) for (let one = set[i]!; one <= set[i + 1]!; one++) yield one;
}

const pairsOf = (set: ClassSet): readonly (readonly [number, number])[] => {
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0; i < set.length; i += 2) pairs.push([set[i]!, set[i + 1]!]);
  return pairs;
};
