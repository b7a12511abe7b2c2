import type { Moment } from '../../conditions/moment.ts';
import type { FieldValue } from '../../lead.ts';
import {
  type ClassSet,
  classesIn,
  classSet,
  intersection,
  isWithin,
  MISSING,
  union,
} from '../../match-rules/class-set.ts';
import type { Axis, Leaf } from './axis.ts';
import { ofClasses } from './region.ts';
import { FALSE, TRUE, type Truths, UNKNOWN } from './truths.ts';

/** Where a test is true and where it is false; elsewhere it is unknown. */
export interface Split {
  readonly isTrue: ClassSet;
  readonly isFalse: ClassSet;
}

/** What makes an axis of classes. */
export interface Classes {
  /** The greatest class. */
  readonly top: number;
  /** A value of a class; undefined: it is the missing value; null: the class has none. */
  readonly valueAt: (one: number, moment: Moment) => FieldValue | undefined | null;
  readonly split: (test: Leaf) => Split;
}

/** Any moment: whether a class has a value does not hang on it. */
const SOME_MOMENT: Moment = { now: 0, timezone: 'UTC' };

/** An axis of which each class has a value or none, so that a region is empty when it has no classes. */
export const finiteAxis = ({ top, valueAt, split }: Classes): Axis => {
  const all = Array.from({ length: top + 1 }, (_, one) => one);
  const whole = classSet(all.filter((one) => valueAt(one, SOME_MOMENT) !== null).map((one) => [one, one]));
  return {
    whole: ofClasses(whole),
    regionOf: (test, truths) => ofClasses(classesWith(split(test), truths, whole)),
    settle: (region) => region,
    pick: ({ classes }, prefer, moment) => {
      const first = classes[0]!;
      if (first !== MISSING || prefer === 'missing') return valueAt(first, moment);
      const second = classes[1]! > MISSING ? MISSING + 1 : classes[2];
      return valueAt(second ?? first, moment);
    },
  };
};

/** The classes of `whole` in which a test has one of the truth values. */
export const classesWith = ({ isTrue, isFalse }: Split, truths: Truths, whole: ClassSet): ClassSet => {
  let classes: ClassSet = [];
  if ((truths & TRUE) !== 0) classes = isTrue;
  if ((truths & FALSE) !== 0) classes = union(classes, isFalse);
  if ((truths & UNKNOWN) !== 0) classes = union(classes, without(whole, union(isTrue, isFalse)));
  return intersection(classes, whole);
};

const without = (set: ClassSet, left: ClassSet): ClassSet =>
  classSet([...classesIn(set)].filter((one) => !isWithin([one, one], left)).map((one) => [one, one]));
