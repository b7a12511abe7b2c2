import type { FieldValue } from '../lead.ts';
import type { FieldType } from '../policy/fields.ts';
import type { Span } from '../policy/week-hours.ts';

/** Comparisons by order or equality. */
export type CompareOp = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte';
export type TextOp = 'contains' | 'starts_with' | 'ends_with';

/**
 * A condition bound to the declared fields: values have the field's type and its normal form. Plain frozen data;
 * what is done with it (evaluate, explain, index) are separate visitors.
 */
export type Condition =
  /** `segment`: the name of the segment that it stands for. */
  | { readonly kind: 'all'; readonly of: readonly Condition[]; readonly segment?: string }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | TimeTest
  | EventTest
  | FieldTest;

/** Day numbers (0 is Monday) and spans in the policy's time zone; null: every day, the whole day. */
export interface TimeTest {
  readonly kind: 'time';
  readonly days: readonly number[] | null;
  readonly hours: readonly Span[] | null;
}

/**
 * Whether something happened often enough. `field`: where the lead's events of the kind stand, as ISO instants.
 * `within`: the last so many milliseconds; null: ever. What did not happen is known: the test is never unknown.
 */
export interface EventTest {
  readonly kind: 'event';
  readonly event: string;
  readonly field: string;
  readonly within: number | null;
  readonly atLeast: number;
}

/** A test of one field's value. */
export type FieldTest =
  | Tested<'presence', { readonly present: boolean }>
  | Tested<'compare', { readonly op: CompareOp; readonly value: FieldValue }>
  /** Both ends included. */
  | Tested<'between', { readonly from: FieldValue; readonly to: FieldValue }>
  | Tested<'member', { readonly op: 'in' | 'not_in'; readonly values: readonly FieldValue[] }>
  /** On a list: `contains` an element. */
  | Tested<'text', { readonly op: TextOp; readonly value: string }>
  /** A date or datetime in the last so many milliseconds, not in the future. */
  | Tested<'recent', { readonly milliseconds: number }>
  | Tested<
      'fields',
      {
        readonly op: CompareOp | TextOp | 'in' | 'not_in';
        readonly other: string;
        readonly otherType: FieldType;
      }
    >;

type Tested<Kind extends string, Rest> = {
  readonly kind: Kind;
  readonly field: string;
  readonly type: FieldType;
} & Rest;
