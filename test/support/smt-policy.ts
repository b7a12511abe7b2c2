import { fold } from '../../server/routing/conditions/compare-values.ts';
import type { Condition, FieldTest, TimeTest } from '../../server/routing/conditions/condition.ts';
import { dayNumber, daysOf } from '../../server/routing/conditions/moment.ts';
import type { FieldValue, Money } from '../../server/routing/lead.ts';
import { COUNTRY_CODES } from '../../server/routing/policy/country-code.ts';
import type { Field, Fields } from '../../server/routing/policy/fields.ts';
import type { Policy } from '../../server/routing/policy/schema.ts';

/**
 * A policy's conditions as SMT-LIB, written from what docs/policy.md says of them and not from how they are checked.
 * A comparison is two formulas, when it is true and when it is false: each holds only where the value is known.
 */
interface Truth {
  readonly yes: string;
  readonly no: string;
}

const and = (parts: readonly string[]): string => (parts.length === 0 ? 'true' : `(and ${parts.join(' ')})`);
const or = (parts: readonly string[]): string => (parts.length === 0 ? 'false' : `(or ${parts.join(' ')})`);
const not = (part: string): string => `(not ${part})`;

const number = (value: number): string => {
  const text = Number.isInteger(value) ? `${Math.abs(value)}.0` : String(Math.abs(value));
  return value < 0 ? `(- ${text})` : text;
};
const whole = (value: number): string => (value < 0 ? `(- ${-value})` : String(value));

const CURRENCIES = ['EUR', 'USD'];

const known = (field: string): string => `${field}.known`;
const part = (field: string, word: string): string => `|${field} has ${word}|`;

/** The texts that conditions look for in each list. */
const wordsOf = (conditions: readonly Condition[], field: string): readonly string[] => [
  ...new Set(
    conditions
      .flatMap(testsIn)
      .flatMap((test) => (test.kind === 'text' && test.field === field ? [fold(test.value)] : [])),
  ),
];

const testsIn = (condition: Condition): readonly (FieldTest | TimeTest)[] => {
  if (condition.kind === 'all' || condition.kind === 'any') return condition.of.flatMap(testsIn);
  if (condition.kind === 'event') throw new Error('events are outside the fragment');
  return condition.kind === 'not' ? testsIn(condition.of) : [condition];
};

const declareField = (name: string, { type, of }: Field, conditions: readonly Condition[]): string => {
  const value = (sort: string, such = '') => `(declare-const ${name} ${sort})${such}`;
  const shape = (() => {
    switch (type) {
      case 'number':
        return value('Real');
      case 'date':
      case 'datetime':
        return value('Int');
      case 'boolean':
        return value('Bool');
      case 'money':
        return `${value('Real')}(declare-const ${name}.currency Int)`;
      // One of so many values, by its place among them.
      case 'choice':
        return value('Int', `(assert (and (>= ${name} 0) (< ${name} ${of!.length})))`);
      case 'country':
        return value('Int', `(assert (and (>= ${name} 0) (< ${name} ${COUNTRY_CODES.length})))`);
      case 'list': {
        const words = wordsOf(conditions, name);
        const has = [...words.map((word) => part(name, word)), `${name}.other`];
        return `${has.map((one) => `(declare-const ${one} Bool)`).join('')}(assert (=> ${known(name)} ${or(has)}))`;
      }
      default:
        return value('String', `(assert (> (str.len ${name}) 0))`);
    }
  })();
  return `(declare-const ${known(name)} Bool)${shape}`;
};

const constant = (type: FieldTest['type'], value: FieldValue, of: Field['of']): string => {
  switch (type) {
    case 'choice':
      return whole(of!.findIndex((word) => fold(word) === fold(value as string)));
    case 'country':
      return whole(COUNTRY_CODES.indexOf(value as string));
    case 'number':
      return number(value as number);
    case 'datetime':
      return whole(value as number);
    case 'date':
      return whole(dayNumber(value as string));
    case 'boolean':
      return String(value);
    case 'money':
      return number((value as Money).amount);
    default:
      return `"${fold(value as string)}"`;
  }
};

const SIGN = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
const STRING = { contains: 'str.contains', starts_with: 'str.prefixof', ends_with: 'str.suffixof' } as const;

/** What a test says of a known value. */
const relation = (test: FieldTest, of: Field['of']): string => {
  const { field: x, type } = test;
  switch (test.kind) {
    case 'compare': {
      const c = constant(type, test.value, of);
      if (test.op === 'eq') return `(= ${x} ${c})`;
      return test.op === 'ne' ? not(`(= ${x} ${c})`) : `(${SIGN[test.op]} ${x} ${c})`;
    }
    case 'between':
      return `(and (>= ${x} ${constant(type, test.from, of)}) (<= ${x} ${constant(type, test.to, of)}))`;
    case 'member': {
      const one = or(test.values.map((value) => `(= ${x} ${constant(type, value, of)})`));
      return test.op === 'in' ? one : not(one);
    }
    case 'text': {
      const word = fold(test.value);
      if (type === 'list') return part(x, word);
      return test.op === 'contains' ? `(str.contains ${x} "${word}")` : `(${STRING[test.op]} "${word}" ${x})`;
    }
    case 'recent': {
      // Such a field holds its age here, in days or milliseconds.
      const last = type === 'date' ? daysOf(test.milliseconds) - 1 : test.milliseconds;
      return `(and (>= ${x} 0) (<= ${x} ${last}))`;
    }
    default:
      throw new Error(`${test.kind} is outside the fragment`);
  }
};

const fieldTruth = (test: FieldTest, fields: Fields): Truth => {
  const there = known(test.field);
  if (test.kind === 'presence')
    return test.present ? { yes: there, no: not(there) } : { yes: not(there), no: there };
  const sure = [there, ...currencyOf(test)];
  const holds = relation(test, fields[test.field]!.of);
  return { yes: and([...sure, holds]), no: and([...sure, not(holds)]) };
};

const currencyOf = (test: FieldTest): readonly string[] => {
  if (test.type !== 'money') return [];
  const amounts =
    test.kind === 'compare' ? [test.value] : test.kind === 'between' ? [test.from, test.to] : [];
  return amounts.map((one) => `(= ${test.field}.currency ${CURRENCIES.indexOf((one as Money).currency)})`);
};

const timeTruth = ({ days, hours }: TimeTest): Truth => {
  const spans = (days ?? [0, 1, 2, 3, 4, 5, 6]).flatMap((day) =>
    (hours ?? [{ from: 0, to: 1440 }]).map(({ from, to }) => [day * 1440 + from, day * 1440 + to] as const),
  );
  const yes = or(
    spans.flatMap(([from, to]) =>
      [0, 10_080].map((week) => `(and (>= (+ minute ${week}) ${from}) (< (+ minute ${week}) ${to}))`),
    ),
  );
  return { yes, no: not(yes) };
};

const truthOf = (condition: Condition, fields: Fields): Truth => {
  switch (condition.kind) {
    case 'not': {
      const { yes, no } = truthOf(condition.of, fields);
      return { yes: no, no: yes };
    }
    case 'all':
    case 'any': {
      const parts = condition.of.map((one) => truthOf(one, fields));
      const yes = parts.map((one) => one.yes);
      const no = parts.map((one) => one.no);
      return condition.kind === 'all' ? { yes: and(yes), no: or(no) } : { yes: or(yes), no: and(no) };
    }
    case 'time':
      return timeTruth(condition);
    case 'event':
      throw new Error('events are outside the fragment');
    default:
      return fieldTruth(condition, fields);
  }
};

/** Declares a lead, and as `r0`, `r1` …, whether each rule's condition is true of it. */
export const smtPolicy = ({ fields, rules }: Policy): string => {
  const conditions = rules.map(({ when }) => when);
  return [
    '(declare-const minute Int)(assert (and (>= minute 0) (< minute 10080)))',
    ...Object.entries(fields).map(([name, field]) => declareField(name, field, conditions)),
    ...conditions.map(
      (when, i) => `(declare-const r${i} Bool)(assert (= r${i} ${truthOf(when, fields).yes}))`,
    ),
  ].join('\n');
};
