import { fold, textHolds } from '../../conditions/compare-values.ts';
import type { Field } from '../../policy/fields.ts';
import { valueReader } from '../../policy/read-value.ts';
import { type Frame, frameOf, type Pattern } from './patterns.ts';

/** What a text to be made must and must not be. */
export interface Wanted {
  readonly has: readonly Pattern[];
  readonly lacks: readonly Pattern[];
  /** Folded texts it must not be. */
  readonly named: ReadonlySet<string>;
  /** Letters that no pattern and no named text of the field has are preferred: this one is such. */
  readonly free: string;
}

/** Makes a text of a field's type, in its normal form; null: none of the tried ones fits, although one may. */
export const makeText = (field: Field, wanted: Wanted): string | null => {
  const frame = frameOf(wanted.has);
  if (frame === null) return null;
  const read = valueReader(field, 'json');
  for (const text of candidates(field, frame, wanted.free))
    if (read(text) === text && fits(text, wanted)) return text;
  return null;
};

const fits = (text: string, { has, lacks, named }: Wanted): boolean =>
  !named.has(fold(text)) &&
  has.every(({ op, needle }) => textHolds(op, text, needle)) &&
  lacks.every(({ op, needle }) => !textHolds(op, text, needle));

/** Whole texts to try first, and what may stand between the pieces, by type. */
const GLUE: Readonly<Partial<Record<Field['type'], (free: string) => readonly string[]>>> = {
  email: (x) => [
    '',
    x,
    '@',
    `${x}@`,
    `@${x}`,
    `${x}@${x}`,
    `@${x}.${x}`,
    `${x}@${x}.${x}`,
    '.',
    `.${x}`,
    '@example.com',
    'info@',
  ],
  url: (x) => [
    '',
    'https://',
    `https://${x}`,
    `https://${x}.`,
    x,
    `.${x}`,
    `.${x}/`,
    `${x}.${x}`,
    '/',
    `/${x}`,
    '.com',
    'https://example.com/',
  ],
  phone: () => [
    '',
    '+',
    '+1',
    '+14155550123',
    '+49',
    '0',
    '3',
    '30',
    '5550123',
    '30123456',
    '4155550123',
    '123456789',
  ],
};

function* candidates(field: Field, { prefix, suffix, parts }: Frame, free: string): Generator<string> {
  const plain = ['', ' ', free, ` ${free} `, `other${free}`, 'other'];
  const glue = GLUE[field.type]?.(free) ?? plain;
  for (const joint of [free, ...glue])
    for (const before of glue)
      for (const after of glue) {
        const middle = parts.join(joint);
        yield `${prefix}${before}${middle}${after}${suffix}`;
      }
}

/** A letter that none of the texts has: small ones first, then some of scripts without capitals. */
export const freeLetter = (texts: readonly string[]): string => {
  for (const letter of 'xqzjkvwyg') if (texts.every((text) => !text.includes(letter))) return letter;
  for (let code = 0x4e00; ; code++) {
    const letter = String.fromCharCode(code);
    if (texts.every((text) => !text.includes(letter))) return letter;
  }
};
