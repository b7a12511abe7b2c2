import type { Condition } from '../../conditions/condition.ts';
import type { Space } from './make-space.ts';
import type { Region } from './region.ts';
import { FALSE, negated, TRUE, type Truths, UNKNOWN } from './truths.ts';

/** What is asked of a lead: its value on an axis lies in a region, or all or any of such. */
export type Formula = Literal | Junction;

export interface Literal {
  readonly kind: 'in';
  readonly axis: number;
  readonly region: Region;
  /** Everywhere else. */
  readonly outside: Region;
}

export interface Junction {
  readonly kind: 'all' | 'any';
  readonly of: readonly Formula[];
}

const ALL_TRUTHS = TRUE | FALSE | UNKNOWN;

/**
 * That a condition has one of the truth values: `TRUE`, `FALSE`, `NOT_TRUE` (false or unknown), or true or unknown.
 * De Morgan's laws stand in three-valued logic, so nothing but tests of one axis is left.
 */
export const formulaOf = (space: Space, condition: Condition, truths: Truths): Formula => {
  switch (condition.kind) {
    case 'not':
      return formulaOf(space, condition.of, negated(truths));
    case 'all':
    case 'any': {
      const each = (condition.kind === 'all') === ((truths & TRUE) !== 0);
      const of = condition.of.map((part) => formulaOf(space, part, truths));
      return of.length === 1 ? of[0]! : { kind: each ? 'all' : 'any', of };
    }
    default: {
      const axis = space.axisOf(condition);
      const { regionOf } = space.axes[axis]!;
      const region = regionOf(condition, truths);
      return { kind: 'in', axis, region, outside: regionOf(condition, ALL_TRUTHS & ~truths) };
    }
  }
};
