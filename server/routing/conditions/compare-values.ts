import type { FieldValue, Money } from '../lead.ts';
import type { FieldType } from '../policy/fields.ts';
import type { CompareOp, TextOp } from './condition.ts';

/** Anything that has more than one way to be spelt in Unicode. */
const BEYOND_ASCII = /[^\0-\x7f]/;

/** Text compares without case, and however its accents are encoded. */
export const fold = (text: string): string =>
  (BEYOND_ASCII.test(text) ? text.normalize('NFC') : text).toLowerCase();

/** Negative, zero or positive as `a` is before, equal to or after `b`; null where they do not compare. */
export const compareValues = (type: FieldType, a: FieldValue, b: FieldValue): number | null => {
  switch (type) {
    case 'number':
    case 'datetime':
      return (a as number) - (b as number);
    case 'money':
      return (a as Money).currency === (b as Money).currency
        ? (a as Money).amount - (b as Money).amount
        : null;
    case 'boolean':
      return Number(a as boolean) - Number(b as boolean);
    case 'date':
    case 'country':
      return order(a as string, b as string);
    case 'text':
    case 'choice':
    case 'email':
    case 'phone':
    case 'url':
      return order(fold(a as string), fold(b as string));
    case 'list':
      return null;
    default:
      return type satisfies never;
  }
};

const order = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** Whether a comparison's outcome satisfies the operator. */
export const satisfies = (op: CompareOp, compared: number): boolean => {
  switch (op) {
    case 'eq':
      return compared === 0;
    case 'ne':
      return compared !== 0;
    case 'gt':
      return compared > 0;
    case 'gte':
      return compared >= 0;
    case 'lt':
      return compared < 0;
    case 'lte':
      return compared <= 0;
    default:
      return op satisfies never;
  }
};

/** Whether a text, or a list's element, stands in the given relation to another text. */
export const textHolds = (op: TextOp, value: FieldValue, wanted: string): boolean => {
  const needle = fold(wanted);
  if (typeof value !== 'string') return (value as readonly string[]).some((word) => fold(word) === needle);
  switch (op) {
    case 'contains':
      return fold(value).includes(needle);
    case 'starts_with':
      return fold(value).startsWith(needle);
    case 'ends_with':
      return fold(value).endsWith(needle);
    default:
      return op satisfies never;
  }
};
