import type { Condition, FieldTest } from '../conditions/condition.ts';
import { evaluate } from '../conditions/evaluate.ts';
import type { Moment } from '../conditions/moment.ts';
import type { FieldValue, LeadValues } from '../lead.ts';

/** Values to be put in place of a lead's, by field; null: the value taken away. */
export type Patch = Readonly<Record<string, FieldValue | null>>;

/** Ways of one condition that are tried, at most, and values of a list. */
const MOST = 8;
const MOST_VALUES = 5;

interface Wish {
  readonly values: LeadValues;
  readonly moment: Moment;
}

/**
 * Patches under which a condition may become true, or false: each test that stands in the way gets the nearest value
 * on the other side. They are proposals: whoever uses one decides with it.
 */
export const repairs = (condition: Condition, wanted: boolean, wish: Wish): readonly Patch[] => {
  const holds = evaluate(condition, wish.values, wish.moment);
  if (wanted ? holds === true : holds === false) return [{}];
  switch (condition.kind) {
    case 'all':
      return wanted ? together(condition.of, true, wish) : oneOf(condition.of, false, wish);
    case 'any':
      return wanted ? oneOf(condition.of, true, wish) : together(condition.of, false, wish);
    case 'not':
      return repairs(condition.of, !wanted, wish);
    case 'time':
    case 'event':
      return [];
    default:
      return (wanted ? towards(condition, wish.values) : away(condition)).map((value) => ({
        [condition.field]: value,
      }));
  }
};

const oneOf = (parts: readonly Condition[], wanted: boolean, wish: Wish): readonly Patch[] =>
  parts.flatMap((part) => repairs(part, wanted, wish)).slice(0, MOST);

const together = (parts: readonly Condition[], wanted: boolean, wish: Wish): readonly Patch[] => {
  let patches: readonly Patch[] = [{}];
  for (const part of parts) {
    const more = repairs(part, wanted, wish);
    patches = patches.flatMap((patch) => more.map((other) => ({ ...patch, ...other }))).slice(0, MOST);
  }
  return patches;
};

/** Values that make a test true. */
const towards = (test: FieldTest, values: LeadValues): readonly (FieldValue | null)[] => {
  switch (test.kind) {
    case 'presence':
      return test.present ? [] : [null];
    case 'compare':
      return compared(test.op, test.value);
    case 'between':
      return [nearest(test.from, test.to, values[test.field])];
    case 'member':
      return test.op === 'in' ? test.values.slice(0, MOST_VALUES) : [];
    case 'text':
      return test.type === 'list' ? [[test.value]] : [test.value];
    case 'fields': {
      const other = values[test.other];
      return other === undefined || test.op === 'ne' || test.op === 'in' || test.op === 'not_in'
        ? []
        : compared(test.op in OPPOSITE ? (test.op as Compared) : 'eq', other);
    }
    case 'recent':
      return [];
    default:
      return test satisfies never;
  }
};

/** Values that make a test false; without the value it is at least not true. */
const away = (test: FieldTest): readonly (FieldValue | null)[] => {
  switch (test.kind) {
    case 'presence':
      return test.present ? [null] : [];
    case 'compare':
      return [...compared(OPPOSITE[test.op], test.value), null];
    case 'between':
      return [...compared('gt', test.to), ...compared('lt', test.from), null];
    case 'member':
      return test.op === 'in' ? [null] : test.values.slice(0, 1);
    case 'text':
    case 'recent':
    case 'fields':
      return [null];
    default:
      return test satisfies never;
  }
};

type Compared = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte';
const OPPOSITE = { eq: 'ne', ne: 'eq', gt: 'lte', gte: 'lt', lt: 'gte', lte: 'gt' } as const;

const compared = (op: Compared, value: FieldValue): readonly FieldValue[] => {
  switch (op) {
    case 'eq':
    case 'gte':
    case 'lte':
      return [value];
    case 'gt':
      return moved(value, 1);
    case 'lt':
      return moved(value, -1);
    case 'ne':
      return typeof value === 'boolean' ? [!value] : moved(value, 1);
    default:
      return op satisfies never;
  }
};

/** A number or an amount of money, one more or less; nothing for values that are not counted. */
const moved = (value: FieldValue, by: number): readonly FieldValue[] => {
  if (typeof value === 'number') return [value + by];
  return typeof value === 'object' && 'amount' in value ? [{ ...value, amount: value.amount + by }] : [];
};

const nearest = (from: FieldValue, to: FieldValue, value: FieldValue | undefined): FieldValue =>
  typeof value === 'number' && typeof to === 'number' && value > to ? to : from;
