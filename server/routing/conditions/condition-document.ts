import { z } from 'zod';
import { duration } from '../policy/scalars.ts';
import { oneOf, strictObject } from '../policy/strict-object.ts';
import { DAYS, type Day, type Span, spanText } from '../policy/week-hours.ts';

export const OPS = [
  'eq',
  'ne',
  'in',
  'not_in',
  'gt',
  'gte',
  'lt',
  'lte',
  'between',
  'contains',
  'starts_with',
  'ends_with',
  'is_empty',
  'is_present',
  'in_last',
] as const;
export type Op = (typeof OPS)[number];

/** A condition as written: its shape is right, its fields and values are not yet looked at. */
export type ConditionDocument =
  | { readonly kind: 'all' | 'any'; readonly of: readonly ConditionDocument[] }
  | { readonly kind: 'not'; readonly of: ConditionDocument }
  | { readonly kind: 'time'; readonly days: readonly number[] | null; readonly hours: readonly Span[] | null }
  /** `matched`, `unmatched`, `review` or the id of a list of accounts. */
  | { readonly kind: 'account'; readonly is: string }
  /** By the name that the policy gives it. */
  | { readonly kind: 'territory' | 'tier' | 'segment'; readonly name: string }
  /** `within`: milliseconds; null: ever. */
  | {
      readonly kind: 'event';
      readonly event: string;
      readonly within: number | null;
      readonly atLeast: number;
    }
  | {
      readonly kind: 'field';
      readonly field: string;
      readonly op: Op;
      readonly value: unknown;
      readonly valueField: string | undefined;
    };

const time = strictObject({
  days: z.array(oneOf(DAYS)).min(1, 'is empty; list days such as [sat, sun]').optional(),
  hours: z
    .union([spanText.transform((span) => [span]), z.array(spanText).min(1)], {
      error: 'write hours as "09:00-17:00", or a list of such spans',
    })
    .optional(),
}).refine((given) => given.days !== undefined || given.hours !== undefined, 'needs days, hours or both');

const dayNumbers = (days: readonly Day[]): readonly number[] =>
  [...new Set(days.map((day) => DAYS.indexOf(day)))].sort((a, b) => a - b);

const several = z.array(z.lazy(() => condition)).min(1, 'is empty; list at least one condition');

const shape = strictObject({
  all: several.optional(),
  any: several.optional(),
  not: z.lazy(() => condition).optional(),
  time: time.optional(),
  account: z.string().optional(),
  territory: z.string().optional(),
  tier: z.string().optional(),
  segment: z.string().optional(),
  event: z.string().optional(),
  within: duration.optional(),
  atLeast: z
    .int('write a whole number')
    .min(1, 'must be at least 1')
    .max(1000, 'must be at most 1000')
    .optional(),
  field: z.string().optional(),
  op: oneOf(OPS).optional(),
  value: z.unknown().optional(),
  valueField: z.string().optional(),
});

const NAMED = ['territory', 'tier', 'segment'] as const;
const KINDS = ['all', 'any', 'not', 'time', 'account', ...NAMED, 'event', 'field'] as const;

/**
 * A condition: `{all}`, `{any}`, `{not}`, `{time}`, `{account}`, `{territory}`, `{tier}`, `{segment}`,
 * `{event, within, atLeast}` or `{field, op, value | valueField}`.
 */
export const condition: z.ZodType<ConditionDocument> = shape.transform((given, ctx): ConditionDocument => {
  const refuse = (message: string) => {
    ctx.addIssue({ code: 'custom', message, input: given });
    return z.NEVER;
  };
  const kinds = KINDS.filter((kind) => given[kind] !== undefined);
  if (kinds.length !== 1)
    return refuse(
      `a condition is exactly one of ${KINDS.slice(0, -1).join(', ')} or field; this one is ${kinds.join(' and ') || 'none'}`,
    );
  if (given.field === undefined) {
    if (given.op !== undefined || 'value' in given || given.valueField !== undefined)
      return refuse('op, value and valueField belong to a field condition; write {field, op, value}');
  } else if (given.op === undefined) return refuse('op is missing; write {field, op, value}');
  if (given.event === undefined && (given.within !== undefined || given.atLeast !== undefined))
    return refuse('within and atLeast belong to an event condition; write {event, within, atLeast}');
  if (given.all !== undefined) return { kind: 'all', of: given.all };
  if (given.any !== undefined) return { kind: 'any', of: given.any };
  if (given.not !== undefined) return { kind: 'not', of: given.not };
  if (given.time !== undefined) {
    const { days, hours } = given.time;
    return { kind: 'time', days: days === undefined ? null : dayNumbers(days), hours: hours ?? null };
  }
  if (given.account !== undefined) return { kind: 'account', is: given.account };
  if (given.event !== undefined) {
    const { event, within = null, atLeast = 1 } = given;
    return { kind: 'event', event, within, atLeast };
  }
  for (const kind of NAMED) if (given[kind] !== undefined) return { kind, name: given[kind] };
  return {
    kind: 'field',
    field: given.field!,
    op: given.op!,
    value: given.value,
    valueField: given.valueField,
  };
});
