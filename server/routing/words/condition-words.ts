import { isList, isObject, type Json, type JsonObject, valueWords } from './value-words.ts';

/** Each operator, after the field's name; `needWords` leaves the `is` away. */
const OPS: Readonly<Record<string, string>> = {
  eq: 'is',
  ne: 'is not',
  in: 'is one of',
  not_in: 'is none of',
  gt: 'is more than',
  gte: 'is at least',
  lt: 'is less than',
  lte: 'is at most',
  between: 'is between',
  contains: 'contains',
  starts_with: 'starts with',
  ends_with: 'ends with',
  in_last: 'lies within the last',
};

const ACCOUNTS: Readonly<Record<string, string>> = {
  matched: 'it is a known account',
  unmatched: 'it is no known account',
  review: 'it may be a known account',
};

/** A condition as it is written, in words: `employees is at least 1000 and country is one of US, CA`. */
export const conditionWords = (condition: Json | undefined): string => {
  if (!isObject(condition)) return valueWords(condition);
  if (isList(condition.all)) return joined(condition.all, 'and');
  if (isList(condition.any)) return joined(condition.any, 'or');
  if (condition.not !== undefined) return `not (${conditionWords(condition.not)})`;
  if (isObject(condition.time)) return timeWords(condition.time);
  if (typeof condition.account === 'string')
    return ACCOUNTS[condition.account] ?? `it is an account of list ${condition.account}`;
  if (condition.territory !== undefined)
    return (
      TERRITORIES[String(condition.territory)] ?? `it lies in territory ${valueWords(condition.territory)}`
    );
  if (condition.tier !== undefined) return `it is of tier ${valueWords(condition.tier)}`;
  if (condition.segment !== undefined) return `it is of segment ${valueWords(condition.segment)}`;
  if (condition.event !== undefined) return eventWords(condition);
  return typeof condition.field === 'string' ? fieldWords(condition) : valueWords(condition);
};

const TERRITORIES: Readonly<Record<string, string>> = {
  any: 'it lies in a territory',
  none: 'it lies in no territory',
};

const eventWords = ({ event, within, atLeast }: JsonObject): string =>
  `${valueWords(event)} happened${atLeast === undefined ? '' : ` at least ${valueWords(atLeast)} times`}${within === undefined ? '' : ` in the last ${valueWords(within)}`}`;

const joined = (parts: readonly Json[], word: 'and' | 'or'): string =>
  parts
    .map((part) => (isGroup(part) && parts.length > 1 ? `(${conditionWords(part)})` : conditionWords(part)))
    .join(` ${word} `);

const isGroup = (part: Json): boolean =>
  isObject(part) && [part.all, part.any].some((list) => isList(list) && list.length > 1);

const timeWords = ({ days, hours }: JsonObject): string =>
  `it is ${[days, hours]
    .filter((part) => part !== undefined)
    .map((part) => capital(valueWords(part)))
    .join(', ')}`;

/** `sat, sun` as `Sat, Sun`. */
const capital = (days: string): string => days.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

const fieldWords = (test: JsonObject): string => {
  const field = valueWords(test.field);
  if (test.op === 'is_empty') return `${field} is empty`;
  if (test.op === 'is_present') return `${field} is there`;
  return `${field} ${OPS[String(test.op)] ?? String(test.op)} ${operandWords(test)}`;
};

const operandWords = ({ op, value, valueField }: JsonObject): string => {
  if (typeof valueField === 'string') return `the lead's ${valueField}`;
  if (op === 'between' && isList(value)) return value.map(valueWords).join(' and ');
  return valueWords(value);
};

/** What a test asks of its field: `at least 1000`. */
export const needWords = (test: JsonObject): string => {
  if (test.op === 'is_empty') return 'empty';
  if (test.op === 'is_present') return 'there';
  const op = OPS[String(test.op)] ?? String(test.op);
  return `${op.replace(/^(is|lies) ?/, '')} ${operandWords(test)}`.trim();
};
