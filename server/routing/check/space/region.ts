import { type ClassSet, intersection, isWithin } from '../../match-rules/class-set.ts';

/** The class of values that no rule names. Only it is refined by patterns. */
export const OTHER = 1;

/**
 * A set of values of one axis: classes, and for the values that no rule names (class `OTHER`) the patterns they have
 * and lack, by the axis's numbers, ascending.
 */
export interface Region {
  readonly classes: ClassSet;
  readonly has: readonly number[];
  readonly lacks: readonly number[];
}

const NONE: readonly number[] = Object.freeze([]);

/** A region of classes alone. */
export const ofClasses = (classes: ClassSet): Region => ({ classes, has: NONE, lacks: NONE });

/** The values in both regions, as far as classes tell; the axis settles whether there are any. */
export const meet = (a: Region, b: Region): Region => ({
  classes: intersection(a.classes, b.classes),
  has: joined(a.has, b.has),
  lacks: joined(a.lacks, b.lacks),
});

/** Whether every value of `part` is in `whole`. It may say no where it is so: patterns are compared by number only. */
export const isPart = (part: Region, whole: Region): boolean =>
  isWithin(part.classes, whole.classes) &&
  (!holdsOther(part) ||
    (whole.has.every((one) => part.has.includes(one)) &&
      whole.lacks.every((one) => part.lacks.includes(one))));

/** Whether values that no rule names are in a region. Classes are ascending and `OTHER` is the second. */
export const holdsOther = ({ classes }: Region): boolean => {
  for (let i = 0; i < classes.length && classes[i]! <= OTHER; i += 2)
    if (classes[i + 1]! >= OTHER) return true;
  return false;
};

const joined = (a: readonly number[], b: readonly number[]): readonly number[] => {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  return [...new Set([...a, ...b])].sort((one, other) => one - other);
};
