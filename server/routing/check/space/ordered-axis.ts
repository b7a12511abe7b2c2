import type { Moment } from '../../conditions/moment.ts';
import type { FieldValue } from '../../lead.ts';
import { isWithin, MISSING } from '../../match-rules/class-set.ts';
import { codeOf, orderedDimension } from '../../match-rules/dimension.ts';
import { classesOf } from '../../match-rules/literal-classes.ts';
import type { Axis, Leaf } from './axis.ts';
import { finiteAxis } from './finite-axis.ts';
import type { GapValue } from './gap-values.ts';
import type { Region } from './region.ts';

/** What an axis of ordered values is made from. */
interface Ordered {
  /** Every value that a test names. */
  readonly constants: readonly FieldValue[];
  /** A value strictly between two, or beyond one of them. */
  readonly between: GapValue;
  /** Whether there may be no value. The time of the week is always there. */
  readonly mayMiss: boolean;
  /** The value to take wherever a region has it. */
  readonly favourite?: FieldValue;
  /** A test as one by order, where it is written otherwise. */
  readonly read?: (test: Leaf) => Leaf;
  /** The lead's value where the axis counts something else (an age). */
  readonly toValue?: (picked: FieldValue, moment: Moment) => FieldValue;
}

/** An axis of numbers, dates, instants, ages or minutes: classes are the named values and the gaps between them. */
export const orderedAxis = ({ constants, between, mayMiss, favourite, read, toValue }: Ordered): Axis => {
  const dimension = orderedDimension(constants);
  const points = inOrder(constants);
  const pointOrGap = (one: number): FieldValue | null =>
    one % 2 === 0 ? points[one / 2 - 1]! : between(points[(one - 3) / 2], points[(one - 1) / 2]);
  const axis = finiteAxis({
    top: dimension.top,
    valueAt: (one, moment) => {
      if (one === MISSING) return mayMiss ? undefined : null;
      const value = pointOrGap(one);
      return value === null || toValue === undefined ? value : toValue(value, moment);
    },
    split: (given) => {
      const test = read?.(given) ?? given;
      return {
        isTrue: classesOf({ test, negated: false }, dimension),
        isFalse: classesOf({ test, negated: true }, dimension),
      };
    },
  });
  if (favourite === undefined) return axis;
  const its = dimension.classOf(favourite);
  const hasIt = ({ classes }: Region) => isWithin([its, its], classes);
  return { ...axis, pick: (region, ...rest) => (hasIt(region) ? favourite : axis.pick(region, ...rest)) };
};

const inOrder = (constants: readonly FieldValue[]): readonly FieldValue[] => {
  const byCode = new Map(constants.map((value) => [codeOf(value), value]));
  return [...byCode].sort(([a], [b]) => a - b).map(([, value]) => value);
};
