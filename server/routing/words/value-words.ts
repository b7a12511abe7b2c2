import { durationInWords, parseDuration } from '../policy/duration.ts';

/** Anything a policy document may hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** Values of a list that are told by name; the rest is a number. */
const TOLD = 8;

/** A value as people write it: durations in words, lists with commas. */
export const valueWords = (value: Json | undefined): string => {
  if (value === undefined || value === null || value === '') return 'nothing';
  if (typeof value === 'string') return durationWords(value) ?? value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (isList(value)) return listWords(value.map(valueWords));
  if (isObject(value)) return objectWords(value);
  return String(value);
};

const durationWords = (text: string): string | null => {
  const milliseconds = text.startsWith('P') ? parseDuration(text) : null;
  return milliseconds === null ? null : durationInWords(milliseconds);
};

const objectWords = (value: JsonObject): string => {
  if (typeof value.amount === 'number' && typeof value.currency === 'string')
    return `${value.amount} ${value.currency}`;
  return Object.entries(value)
    .map(([key, one]) => `${key} ${valueWords(one)}`)
    .join(', ');
};

/** `a, b and 3 more`; none is `nothing`. */
export const listWords = (words: readonly string[]): string => {
  const more = words.length - TOLD;
  if (words.length === 0) return 'nothing';
  return more > 0 ? `${words.slice(0, TOLD).join(', ')} and ${more} more` : words.join(', ');
};
