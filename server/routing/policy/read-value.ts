import type { FieldValue } from '../lead.ts';
import type { Field } from './fields.ts';
import { readDate, readDateJson, readDatetime, readDatetimeJson } from './read-moments.ts';
import { readMoney, readMoneyJson, readNumber } from './read-numeric.ts';
import { readCountry, readEmail, readPhone, readUrl } from './read-text-like.ts';
import { Refusal, shown } from './refusal.ts';

/**
 * How a value arrives. `json`: typed already, by an API caller or a policy. `text`: as a CRM or a CSV file writes
 * everything.
 */
export type ReadMode = 'json' | 'text';

/** Gives a raw value its declared type; null: there is none (empty text, empty list, null). */
export type ValueReader = (raw: unknown) => FieldValue | null | Refusal;

const TRUE = new Set(['true', 'yes', '1']);
const FALSE = new Set(['false', 'no', '0']);

const readBoolean = (text: string): boolean | Refusal => {
  const word = text.toLowerCase();
  if (TRUE.has(word)) return true;
  return FALSE.has(word)
    ? false
    : new Refusal(`${shown(text)} is neither true nor false; write one of the two`);
};

type ReadText = (text: string) => FieldValue | Refusal;

const readChoice = (of: readonly string[] | null): ((text: string) => string | Refusal) => {
  if (of === null) return (text) => text;
  const byFolded = new Map(of.map((word) => [word.toLowerCase(), word]));
  const words = shown(of.join(', '));
  return (text) =>
    byFolded.get(text) ??
    byFolded.get(text.toLowerCase()) ??
    new Refusal(`${shown(text)} is not one of ${words}; correct it or add it to the field's values`);
};

const readList = (of: readonly string[] | null) => {
  const readWord = readChoice(of);
  return (words: readonly string[]): readonly string[] | null | Refusal => {
    const list: string[] = [];
    for (const word of words) {
      const trimmed = word.trim();
      if (trimmed === '') continue;
      const read = readWord(trimmed);
      if (read instanceof Refusal) return read;
      list.push(read);
    }
    return list.length === 0 ? null : list;
  };
};

/** The reader of text for every type but list, which splits first. */
const textReader = (field: Field): ReadText => {
  switch (field.type) {
    case 'text':
    case 'list':
      return (text) => text;
    case 'choice':
      return readChoice(field.of);
    case 'number':
      return readNumber;
    case 'money':
      return (text) => readMoney(text, field.currency);
    case 'boolean':
      return readBoolean;
    case 'date':
      return readDate;
    case 'datetime':
      return readDatetime;
    case 'country':
      return readCountry;
    case 'email':
      return readEmail;
    case 'phone':
      return readPhone;
    case 'url':
      return readUrl;
    default:
      return field.type satisfies never;
  }
};

const onText =
  (read: (text: string) => FieldValue | null | Refusal, otherwise: (raw: unknown) => Refusal): ValueReader =>
  (raw) => {
    if (raw === null || raw === undefined) return null;
    if (typeof raw !== 'string') return otherwise(raw);
    const text = raw.trim();
    return text === '' ? null : read(text);
  };

const notText = (type: string) => (raw: unknown) =>
  typeof raw === 'number' || typeof raw === 'boolean'
    ? new Refusal(
        `${shown(raw)} is a ${typeof raw}, but the field is ${type}; put it in quotes: "${shown(raw)}"`,
      )
    : new Refusal(`${shown(raw)} is not ${type}; write a text in quotes`);

const absentOr =
  (read: (raw: unknown) => FieldValue | null | Refusal): ValueReader =>
  (raw) =>
    raw === null || raw === undefined ? null : read(raw);

const jsonReader = (field: Field): ValueReader => {
  switch (field.type) {
    case 'number':
      return absentOr((raw) =>
        typeof raw === 'number' && Number.isFinite(raw)
          ? raw
          : new Refusal(`${shown(raw)} is no number; write digits without quotes`),
      );
    case 'boolean':
      return absentOr((raw) =>
        typeof raw === 'boolean'
          ? raw
          : new Refusal(`${shown(raw)} is neither true nor false; write one of the two`),
      );
    case 'money':
      return absentOr((raw) => readMoneyJson(raw, field.currency));
    case 'date':
      return absentOr((raw) => (raw === '' ? null : readDateJson(raw)));
    case 'datetime':
      return absentOr((raw) => (raw === '' ? null : readDatetimeJson(raw)));
    case 'list': {
      const read = readList(field.of);
      return absentOr((raw) =>
        Array.isArray(raw) && raw.every((word) => typeof word === 'string')
          ? read(raw)
          : new Refusal(`${shown(raw)} is no list of texts; write it like ["one", "two"]`),
      );
    }
    default:
      return onText(textReader(field), notText(field.type));
  }
};

/** The reader of one field's values. Build it once per field: it is called for every lead. */
export const valueReader = (field: Field, mode: ReadMode): ValueReader => {
  if (mode === 'json') return jsonReader(field);
  if (field.type !== 'list') return onText(textReader(field), notText(field.type));
  const read = readList(field.of);
  return onText((text) => read(text.split(';')), notText(field.type));
};
