import type { Condition, EventTest, FieldTest, TimeTest } from '../conditions/condition.ts';
import { evaluate, eventsOf } from '../conditions/evaluate.ts';
import { type Moment, wallClock } from '../conditions/moment.ts';
import { plainName } from '../conditions/scope.ts';
import type { FieldValue, LeadValues } from '../lead.ts';
import { accountAsked } from '../match/account-values.ts';
import { plainLine } from '../render/plain-line.ts';
import { accountText } from './account-text.ts';

/** Values of a list that are told by name; the rest is a number. */
const TOLD = 5;
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Why a condition holds or not, by the parts that settle it: `employees is 12, needs at least 1000`. */
export const conditionText = (condition: Condition, values: LeadValues, moment: Moment): string => {
  const holds = () => evaluate(condition, values, moment) === true;
  switch (condition.kind) {
    case 'all': {
      const parts = partsText(condition.of, values, moment, false);
      return condition.segment === undefined ? parts : segmentText(condition.segment, parts, holds());
    }
    case 'any':
      return partsText(condition.of, values, moment, true);
    case 'not':
      return `not so that ${conditionText(condition.of, values, moment)}`;
    case 'time':
      return timeText(condition, moment);
    case 'event':
      return eventText(condition, eventsOf(condition, values, moment));
    default:
      return fieldText(condition, values, holds());
  }
};

const segmentText = (name: string, parts: string, holds: boolean): string =>
  `${holds ? 'in' : 'not in'} segment ${name} (${parts})`;

const eventText = ({ event, within, atLeast }: EventTest, count: number): string => {
  const period = within === null ? '' : ` in the last ${durationText(within)}`;
  const is = `${event} ${count === 1 ? 'once' : `${count} times`}${period}`;
  return count >= atLeast ? is : `${is}, needs ${atLeast === 1 ? 'one' : `at least ${atLeast}`}`;
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
  const name = plainName(test.field);
  const none = name === test.field ? `${name} has no value` : `no ${name}`;
  const is = value === undefined ? none : `${name} is ${valueText(test, value)}`;
  return holds ? is : `${is}, needs ${needText(test, values)}`;
};

/** Characters of a value that are told: a form may have been filled in with a book. */
const VALUE_TOLD = 120;

const valueText = (test: FieldTest, value: FieldValue): string => plainLine(written(test, value), VALUE_TOLD);

const written = ({ type }: FieldTest, value: FieldValue): string => {
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
      return test.present ? (plainName(test.field) === test.field ? 'a value' : 'one') : 'none';
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
      return `${otherText(test.op)}${plainName(test.other)} (${other === undefined ? 'no value' : text(other)})`;
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
