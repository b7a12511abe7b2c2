import type { FieldValue, LeadValues } from '../lead.ts';
import { compareValues, satisfies, textHolds } from './compare-values.ts';
import type { CompareOp, Condition, EventTest, FieldTest, TextOp, TimeTest } from './condition.ts';
import { dayNumber, daysOf, type Moment, type WallClock, wallClock } from './moment.ts';

/** Three-valued: null is unknown. Only true matches. */
export type Truth = boolean | null;

/** Evaluates a condition as written: the plain meaning that the index must agree with. */
export const evaluate = (condition: Condition, values: LeadValues, moment: Moment): Truth => {
  switch (condition.kind) {
    case 'all':
      return conjunction(condition.of, values, moment);
    case 'any':
      return disjunction(condition.of, values, moment);
    case 'not':
      return negate(evaluate(condition.of, values, moment));
    case 'time':
      return timeHolds(condition, wallClock(moment));
    case 'event':
      return eventsOf(condition, values, moment) >= condition.atLeast;
    default:
      return evaluateField(condition, values, moment);
  }
};

const negate = (truth: Truth): Truth => (truth === null ? null : !truth);

const conjunction = (parts: readonly Condition[], values: LeadValues, moment: Moment): Truth => {
  let result: Truth = true;
  for (const part of parts) {
    const truth = evaluate(part, values, moment);
    if (truth === false) return false;
    if (truth === null) result = null;
  }
  return result;
};

const disjunction = (parts: readonly Condition[], values: LeadValues, moment: Moment): Truth => {
  let result: Truth = false;
  for (const part of parts) {
    const truth = evaluate(part, values, moment);
    if (truth === true) return true;
    if (truth === null) result = null;
  }
  return result;
};

/** A span that runs past midnight belongs to the day it begins on. */
export const timeHolds = (test: TimeTest, at: Pick<WallClock, 'day' | 'minute'>): boolean => {
  const on = (day: number) => test.days === null || test.days.includes(day);
  if (test.hours === null) return on(at.day);
  return test.hours.some(
    ({ from, to }) =>
      (on(at.day) && at.minute >= from && at.minute < to) || (on((at.day + 6) % 7) && at.minute < to - 1440),
  );
};

/** How many events of the test's kind a lead has had by now, in the time that counts. */
export const eventsOf = ({ field, within }: EventTest, values: LeadValues, { now }: Moment): number => {
  let count = 0;
  for (const at of (values[field] ?? []) as readonly string[]) {
    const instant = Date.parse(at);
    if (instant <= now && (within === null || instant >= now - within)) count++;
  }
  return count;
};

const evaluateField = (test: FieldTest, values: LeadValues, moment: Moment): Truth => {
  const value = values[test.field];
  if (test.kind === 'presence') return (value !== undefined) === test.present;
  if (value === undefined) return null;
  switch (test.kind) {
    case 'compare':
      return compared(test.op, compareValues(test.type, value, test.value));
    case 'between':
      return within(test.type, value, test.from, test.to);
    case 'member':
      return test.values.some((one) => compareValues(test.type, value, one) === 0) === (test.op === 'in');
    case 'text':
      return textHolds(test.op, value, test.value);
    case 'recent':
      return isRecent(value, test.milliseconds, moment);
    case 'fields':
      return evaluateFields(test, value, values[test.other]);
    default:
      return test satisfies never;
  }
};

const compared = (op: CompareOp, order: number | null): Truth =>
  order === null ? null : satisfies(op, order);

const within = (type: FieldTest['type'], value: FieldValue, from: FieldValue, to: FieldValue): Truth => {
  const low = compareValues(type, value, from);
  const high = compareValues(type, value, to);
  return low === null || high === null ? null : low >= 0 && high <= 0;
};

/** A datetime by the instant; a date by the dates of the policy's zone, today and the days before it. */
const isRecent = (value: FieldValue, milliseconds: number, moment: Moment): boolean => {
  if (typeof value === 'number') return value <= moment.now && value >= moment.now - milliseconds;
  const age = dayNumber(wallClock(moment).date) - dayNumber(value as string);
  return age >= 0 && age < daysOf(milliseconds);
};

const evaluateFields = (
  test: FieldTest & { kind: 'fields' },
  value: FieldValue,
  other: FieldValue | undefined,
): Truth => {
  if (other === undefined) return null;
  switch (test.op) {
    case 'in':
    case 'not_in':
      return textHolds('contains', other, value as string) === (test.op === 'in');
    case 'contains':
    case 'starts_with':
    case 'ends_with':
      return textHolds(test.op satisfies TextOp, value, other as string);
    default:
      return compared(test.op, compareValues(test.type, value, other));
  }
};
