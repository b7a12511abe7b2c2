import type { NewRecord } from '../../connector.ts';
import { parseSource } from '../../sources.ts';
import { CUSTOM_KEY } from '../facts.ts';

/** Values of a new lead by the record they belong on, in the form the API takes them. */
export interface EntryValues {
  readonly lead: Readonly<Record<string, unknown>>;
  readonly person: Readonly<Record<string, unknown>>;
  readonly organization: Readonly<Record<string, unknown>>;
}

/** Fields that are numbers there. */
const NUMBERS = ['employee_count', 'annual_revenue', 'industry', 'channel'];

/** What is said otherwise than by a value: names, addresses, whom it belongs to. */
const ELSEWHERE = ['email', 'phone', 'name', 'owner_id', 'id', 'title'];

const typed = (property: string, text: string): unknown => (NUMBERS.includes(property) ? Number(text) : text);

/** `address.country` is a part of an object; custom fields stand apart, but for a lead's. */
const placed = (objectType: string, property: string, text: string): Readonly<Record<string, unknown>> => {
  if (CUSTOM_KEY.test(property) && objectType !== 'lead') return { custom_fields: { [property]: text } };
  const [first, second] = property.split('.', 2) as [string, string?];
  if (second === undefined) return { [first]: typed(first, text) };
  return { [first]: { [second]: second === 'amount' ? Number(text) : text } };
};

const join = (
  one: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries([
    ...Object.entries(one),
    ...Object.entries(other).map(([name, value]) => {
      const there = one[name];
      const both = typeof there === 'object' && there !== null && typeof value === 'object' && value !== null;
      return [name, both ? { ...there, ...value } : value];
    }),
  ]);

/** Sorts values by the record their source names. */
export const sortValues = (values: NewRecord['values']): EntryValues => {
  let sorted: EntryValues = { lead: {}, person: {}, organization: {} };
  for (const [source, text] of Object.entries(values)) {
    const parsed = parseSource(source);
    if (parsed === null || ELSEWHERE.includes(parsed.property)) continue;
    const { objectType, property } = parsed;
    if (objectType !== 'lead' && objectType !== 'person' && objectType !== 'organization') continue;
    sorted = { ...sorted, [objectType]: join(sorted[objectType], placed(objectType, property, text)) };
  }
  return sorted;
};

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';

/** Those of the values that a record has none for. Parts of objects are filled where the whole is empty. */
export const whereEmpty = (
  values: Readonly<Record<string, unknown>>,
  record: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const custom = record.custom_fields as Readonly<Record<string, unknown>> | undefined;
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      if (name !== 'custom_fields') return isEmpty(record[name]) ? [[name, value]] : [];
      const own = Object.entries(value as object).filter(([key]) => isEmpty(custom?.[key]));
      return own.length === 0 ? [] : [[name, Object.fromEntries(own)]];
    }),
  );
};
