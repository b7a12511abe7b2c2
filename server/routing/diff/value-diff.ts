import { isObject, type Json, type JsonObject, valueWords } from '../words/value-words.ts';
import { same } from './condition-diff.ts';

/** How a value changed where nothing better is known of it: `availability from now to ignore`, part by part. */
export const valueDiff = (
  name: string,
  before: Json | undefined,
  after: Json | undefined,
  words: (value: Json | undefined) => string = valueWords,
): readonly string[] => {
  if (same(before, after)) return [];
  if (isObject(before) && isObject(after))
    return membersDiff(before, after, (key) => `${name} ${key}`.trim());
  if (before === undefined) return [`${name} set to ${words(after)}`];
  if (after === undefined) return [`${name} removed (it was ${words(before)})`];
  const [old, now] = [words(before), words(after)];
  return [old === now ? `${name} written anew` : `${name} from ${old} to ${now}`];
};

/** The same for each member of an object; `except` are told elsewhere. */
export const membersDiff = (
  before: JsonObject,
  after: JsonObject,
  nameOf: (key: string) => string,
  except: readonly string[] = [],
): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !except.includes(key))
    .flatMap((key) => valueDiff(nameOf(key), before[key], after[key]));
