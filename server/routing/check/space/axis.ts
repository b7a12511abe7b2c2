import type { Condition } from '../../conditions/condition.ts';
import type { Moment } from '../../conditions/moment.ts';
import type { FieldValue } from '../../lead.ts';
import type { Region } from './region.ts';
import type { Truths } from './truths.ts';

/** A test that has no parts. */
export type Leaf = Exclude<Condition, { readonly kind: 'all' | 'any' | 'not' }>;

/** What to take where a region leaves a choice: no value if that is in it, or a value if one is. */
export type Preference = 'missing' | 'present';

/**
 * One field, the time of the week, or one test that is not taken apart, as far as rules tell its values apart. Axes
 * are independent: a value in a region of each makes a lead.
 */
export interface Axis {
  /** Every value there is. */
  readonly whole: Region;
  /** Where a test of this axis has one of the truth values. */
  readonly regionOf: (test: Leaf, truths: Truths) => Region;
  /** The region without classes that turn out to have no value; no classes: the region is empty. */
  readonly settle: (region: Region) => Region;
  /** A value in a settled region; undefined: the field is missing; null: none could be made, although there may be one. */
  readonly pick: (region: Region, prefer: Preference, moment: Moment) => FieldValue | undefined | null;
}
