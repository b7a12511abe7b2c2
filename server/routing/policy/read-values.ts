import type { FieldValue, LeadValues } from '../lead.ts';
import type { Fields } from './fields.ts';
import { type ReadMode, type ValueReader, valueReader } from './read-value.ts';
import { Refusal } from './refusal.ts';
import { nearest } from './strict-object.ts';

/** A value that could not be read, or a name that is not declared. */
export interface ValueProblem {
  /** The declared field, or the unknown name. */
  readonly field: string;
  readonly message: string;
}

export interface ReadValues {
  readonly values: LeadValues;
  readonly problems: readonly ValueProblem[];
}

const readers = new WeakMap<Fields, Record<ReadMode, ReadonlyMap<string, ValueReader>>>();

/**
 * Types a lead's raw values by the policy's declared fields. A missing or ill-typed value is left out; an ill-typed
 * one, and a name that is not declared, is a problem besides, for callers who refuse rather than route on.
 */
export const readValues = (
  fields: Fields,
  raw: Readonly<Record<string, unknown>>,
  mode: ReadMode,
): ReadValues => {
  const ofMode = readersOf(fields)[mode];
  const values: Record<string, FieldValue> = {};
  const problems: ValueProblem[] = [];
  for (const name of Object.keys(raw)) {
    const reader = ofMode.get(name);
    const value = reader === undefined ? unknownName(name, fields) : reader(raw[name]);
    if (value === null) continue;
    if (value instanceof Refusal) problems.push({ field: name, message: value.message });
    else values[name] = value;
  }
  return { values, problems };
};

const readersOf = (fields: Fields) => {
  const kept = readers.get(fields);
  if (kept !== undefined) return kept;
  const build = (mode: ReadMode) =>
    new Map(Object.entries(fields).map(([name, field]) => [name, valueReader(field, mode)]));
  const built = { json: build('json'), text: build('text') };
  readers.set(fields, built);
  return built;
};

const unknownName = (name: string, fields: Fields): Refusal => {
  const near = nearest(name, Object.keys(fields));
  return new Refusal(
    near === null
      ? `${name} is not a declared field; declare it under fields or leave it out`
      : `${name} is not a declared field; did you mean ${near}?`,
  );
};
