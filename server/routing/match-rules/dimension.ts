import { fold } from '../conditions/compare-values.ts';
import type { FieldValue } from '../lead.ts';
import type { FieldType } from '../policy/fields.ts';
import { MISSING } from './class-set.ts';
import { lowerBound } from './lower-bound.ts';

/**
 * One field (or the time of the week) cut into *classes*: values that no rule tells apart are in one class. Class 0 is
 * a missing value. The rest of the index knows classes only, so an equality and a range cost the same to test.
 */
export interface Dimension {
  /** The greatest class. */
  readonly top: number;
  readonly classOf: (value: FieldValue | undefined) => number;
  /** The class of a constant that a rule names. */
  readonly classOfConstant: (constant: FieldValue) => number;
  /** How likely a lead is in a class, judged by how often rules name it. */
  readonly likelihood: (lo: number, hi: number) => number;
  /** Classes are in the values' order; otherwise only equality means something. */
  readonly ordered: boolean;
}

/** How an index may treat a field of a type: by order, by key, or not at all. */
export const dimensionKind = (type: FieldType): 'ordered' | 'keyed' | null => {
  switch (type) {
    case 'number':
    case 'date':
    case 'datetime':
      return 'ordered';
    case 'text':
    case 'choice':
    case 'country':
    case 'email':
    case 'phone':
    case 'url':
    case 'boolean':
      return 'keyed';
    case 'money':
    case 'list':
      return null;
    default:
      return type satisfies never;
  }
};

/** A number in the order of the values: dates count as year, month and day. */
export const codeOf = (value: FieldValue): number =>
  typeof value === 'string' ? codeOfDate(value) : (value as number);

const ZERO = 48;
const codeOfDate = (date: string): number => {
  const digit = (at: number) => date.charCodeAt(at) - ZERO;
  const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
  return year * 372 + (digit(5) * 10 + digit(6)) * 31 + digit(8) * 10 + digit(9);
};

/** Classes by order: before the first constant, the first constant, between it and the second, and so on. */
export const orderedDimension = (constants: readonly FieldValue[]): Dimension => {
  const points = Float64Array.from(new Set(constants.map(codeOf))).sort();
  const top = 2 * points.length + 1;
  const search = lowerBound(points);
  const classAt = (code: number): number => {
    const at = search(code);
    return points[at] === code ? 2 * at + 2 : 2 * at + 1;
  };
  return {
    top,
    ordered: true,
    classOf: (value) => (value === undefined ? MISSING : classAt(codeOf(value))),
    classOfConstant: (constant) => classAt(codeOf(constant)),
    likelihood: (lo, hi) => (hi - lo + 1) / top,
  };
};

const OTHER = 1;
/** Spellings remembered per field, so that text is folded once per spelling and not once per lead. */
const REMEMBERED = 4096;

const keyOf = (value: FieldValue): string => (typeof value === 'string' ? fold(value) : String(value));

/** Classes by equality: one per constant, and one for every other value. */
export const keyedDimension = (constants: readonly FieldValue[]): Dimension => {
  const classes = new Map<string, number>();
  const named: number[] = [0, 1];
  for (const constant of constants) {
    const key = keyOf(constant);
    const known = classes.get(key) ?? named.push(0) - 1;
    classes.set(key, known);
    named[known]!++;
  }
  const all = constants.length + 1;
  const remembered = new Map<FieldValue, number>();
  const classOf = (value: FieldValue | undefined): number => {
    if (value === undefined) return MISSING;
    const known = remembered.get(value);
    if (known !== undefined) return known;
    const found = classes.get(keyOf(value)) ?? OTHER;
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(value, found);
    return found;
  };
  return {
    top: named.length - 1,
    ordered: false,
    classOf,
    classOfConstant: (constant) => classes.get(keyOf(constant)) ?? OTHER,
    likelihood: (lo, hi) => {
      let sum = 0;
      for (let one = lo; one <= hi; one++) sum += named[one]!;
      return sum / all;
    },
  };
};
