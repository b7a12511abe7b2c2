import type { Condition, FieldTest, TimeTest } from '../conditions/condition.ts';
import { evaluate } from '../conditions/evaluate.ts';
import { type Moment, wallClock } from '../conditions/moment.ts';
import type { FieldValue, LeadValues } from '../lead.ts';
import { accountAsked } from '../match/account-values.ts';
import { accountText } from './account-text.ts';

/** Values of a list that are told by name; the rest is a number. */
const TOLD = 5;
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Why a condition holds or not, by the parts that settle it: `employees is 12, needs at least 1000`. */
export const conditionText = (condition: Condition, values: LeadValues, moment: Moment): string => {
  switch (condition.kind) {
    case 'all':
      return partsText(condition.of, values, moment, false);
    case 'any':
      return partsText(condition.of, values, moment, true);
    case 'not':
      return `not so that ${conditionText(condition.of, values, moment)}`;
    case 'time':
      return timeText(condition, moment);
    default:
      return fieldText(condition, values, evaluate(condition, values, moment) === true);
  }
};

/** One part settles it (a failed one of `all`, a true one of `any`), else all of them do. */
const partsText = (parts: readonly Condition[], values: LeadValues, moment: Moment, any: boolean): string => {
  const settling = parts.find((part) => (evaluate(part, values, moment) === true) === any);
  const told = settling === undefined ? parts : [settling];
  return told.map((part) => conditionText(part, values, moment)).join('; ');
};

const timeText = ({ days, hours }: TimeTest, moment: Moment): string => {
  const { day, minute } = wallClock(moment);
  const on = days === null ? null : days.map((one) => DAYS[one]).join(', ');
  const at =
    hours === null ? null : hours.map(({ from, to }) => `${clockText(from)}–${clockText(to)}`).join(', ');
  const needs = [on, at].filter((part) => part !== null).join(' ');
  return `it was ${DAYS[day]} ${clockText(minute)}, needs ${needs || 'any time'}`;
};

const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const fieldText = (test: FieldTest, values: LeadValues, holds: boolean): string => {
  const asked = accountAsked(test);
  if (asked !== null) return accountText(asked, holds);
  const value = values[test.field];
  const is =
    value === undefined ? `${test.field} has no value` : `${test.field} is ${valueText(test, value)}`;
  return holds ? is : `${is}, needs ${needText(test, values)}`;
};

const valueText = ({ type }: FieldTest, value: FieldValue): string => {
  if (typeof value === 'object')
    return 'amount' in value ? `${value.amount} ${value.currency}` : value.join(', ');
  return type === 'datetime' && typeof value === 'number' ? new Date(value).toISOString() : String(value);
};

const COMPARED = {
  eq: '',
  ne: 'anything but ',
  gt: 'more than ',
  gte: 'at least ',
  lt: 'less than ',
  lte: 'at most ',
} as const;

const TEXT = { contains: 'to contain ', starts_with: 'to start with ', ends_with: 'to end with ' } as const;

const needText = (test: FieldTest, values: LeadValues): string => {
  const text = (value: FieldValue) => valueText(test, value);
  switch (test.kind) {
    case 'presence':
      return test.present ? 'a value' : 'none';
    case 'compare':
      return `${COMPARED[test.op]}${text(test.value)}`;
    case 'between':
      return `${text(test.from)} to ${text(test.to)}`;
    case 'member':
      return `${test.op === 'in' ? 'one' : 'none'} of ${listText(test.values.map(text))}`;
    case 'text':
      return `${TEXT[test.op]}${test.value}`;
    case 'recent':
      return `the last ${durationText(test.milliseconds)}`;
    case 'fields': {
      const other = values[test.other];
      return `${otherText(test.op)}${test.other} (${other === undefined ? 'no value' : text(other)})`;
    }
    default:
      return test satisfies never;
  }
};

const otherText = (op: (FieldTest & { kind: 'fields' })['op']): string => {
  if (op === 'in') return 'one of ';
  if (op === 'not_in') return 'none of ';
  return op in COMPARED ? COMPARED[op as keyof typeof COMPARED] : TEXT[op as keyof typeof TEXT];
};

const listText = (all: readonly string[]): string => {
  const more = all.length - TOLD;
  return more > 0 ? `${all.slice(0, TOLD).join(', ')} and ${more} more` : all.join(', ');
};

const durationText = (milliseconds: number): string => {
  const hours = Math.round(milliseconds / 3_600_000);
  return hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`;
};
