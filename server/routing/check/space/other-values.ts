import { fold } from '../../conditions/compare-values.ts';
import type { FieldValue } from '../../lead.ts';
import { COUNTRY_CODES } from '../../policy/country-code.ts';
import type { Field } from '../../policy/fields.ts';
import { isImpossible } from './impossible-pattern.ts';
import { forces, frameOf, type Pattern } from './patterns.ts';
import { freeLetter, makeText } from './text-values.ts';

/** The values of a field that no rule names. */
export interface OtherValues {
  /** Whether there are any at all. */
  readonly any: boolean;
  /** Whether there is one with and without such patterns. */
  readonly possible: (has: readonly Pattern[], lacks: readonly Pattern[]) => boolean;
  /** One of them; null: none could be made, although there may be one. */
  readonly make: (has: readonly Pattern[], lacks: readonly Pattern[]) => FieldValue | null;
}

/** `named`: the values that rules name; `patterns`: all those that rules look for in the field. */
export const otherValues = (
  field: Field,
  named: readonly FieldValue[],
  patterns: readonly Pattern[],
): OtherValues => {
  switch (field.type) {
    case 'boolean':
      return listed([true, false], named);
    case 'country':
      return listed(['US', 'DE', 'GB', ...COUNTRY_CODES], named);
    case 'choice':
      return field.of === null ? texts(field, named, patterns) : listed(field.of, named);
    case 'list':
      return lists(field, patterns);
    default:
      return texts(field, named, patterns);
  }
};

/** Values of a closed list: the rules name them all, or there is one more. */
const listed = (all: readonly (string | boolean)[], named: readonly FieldValue[]): OtherValues => {
  const keys = new Set(named.map(keyOf));
  const other = all.find((value) => !keys.has(keyOf(value))) ?? null;
  return { any: other !== null, possible: () => other !== null, make: () => other };
};

const keyOf = (value: FieldValue): string => fold(String(value));

const texts = (field: Field, named: readonly FieldValue[], patterns: readonly Pattern[]): OtherValues => {
  const folded = named.map(keyOf);
  const free = freeLetter([...folded, ...patterns.map(({ needle }) => needle)]);
  const made = new Map<string, string | null>();
  return {
    any: true,
    possible: (has, lacks) => {
      if (has.some((pattern) => isImpossible(field.type, pattern))) return false;
      const frame = frameOf(has);
      return frame !== null && !lacks.some((pattern) => forces(frame, pattern));
    },
    make: (has, lacks) => {
      const key = JSON.stringify([has, lacks]);
      const known = made.get(key);
      if (known !== undefined) return known;
      const text = makeText(field, { has, lacks, named: new Set(folded), free });
      made.set(key, text);
      return text;
    },
  };
};

/** Lists that contain some words and not others. A list without words is a missing value. */
const lists = (field: Field, patterns: readonly Pattern[]): OtherValues => {
  const spelt = (needle: string) => field.of?.find((word) => fold(word) === needle) ?? needle;
  const free = freeLetter(patterns.map(({ needle }) => needle));
  const one = (lacks: readonly Pattern[]): string | undefined =>
    field.of === null ? free : field.of.find((word) => lacks.every(({ needle }) => fold(word) !== needle));
  const possible: OtherValues['possible'] = (has, lacks) =>
    has.every(({ needle }) => lacks.every((lack) => lack.needle !== needle)) &&
    (has.length > 0 || one(lacks) !== undefined);
  return {
    any: true,
    possible,
    make: (has, lacks) => {
      if (!possible(has, lacks)) return null;
      return has.length > 0 ? has.map(({ needle }) => spelt(needle)) : [one(lacks)!];
    },
  };
};
