import { z } from 'zod';
import { shown } from './refusal.ts';

/** Keys the design names but the program does not carry out yet, with what to do instead. */
export type NotYet = Readonly<Record<string, string>>;

/**
 * An object that refuses keys it does not know: by name, with the nearest known key, or with the remedy when the
 * key is one that is not carried out yet. One line of the message per key, in the issue's key order.
 */
export const strictObject = <Shape extends z.core.$ZodLooseShape>(shape: Shape, notYet: NotYet = {}) => {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownKey(key, known, notYet)).join('\n')
        : undefined,
  });
};

const unknownKey = (key: string, known: readonly string[], notYet: NotYet): string => {
  const remedy = Object.hasOwn(notYet, key) ? notYet[key] : undefined;
  if (remedy !== undefined) return `${key} is not carried out yet; ${remedy}`;
  const near = nearest(key, known);
  return near === null
    ? `${key} is not known here; remove it. Known keys: ${known.join(', ')}`
    : `${key} is not known here; did you mean ${near}?`;
};

/** One of a few words; a word that is not carried out yet is refused with its remedy. */
export const oneOf = <const Word extends string>(words: readonly Word[], notYet: NotYet = {}) =>
  z.enum(words, {
    error: (issue) => {
      if (issue.input === undefined) return `is missing; write one of ${words.join(', ')}`;
      const given = shown(issue.input);
      const remedy = Object.hasOwn(notYet, given) ? notYet[given] : undefined;
      if (remedy !== undefined) return `${given} is not carried out yet; ${remedy}`;
      const near = nearest(given, words);
      return `${given} is not one of ${words.join(', ')}${near === null ? '' : `; did you mean ${near}?`}`;
    },
  });

/** The known word nearest to a misspelt one, or null when none is near. */
export const nearest = (word: string, known: readonly string[]): string | null => {
  const allowed = Math.max(1, Math.floor(word.length / 3));
  const scored = known.map((candidate) => ({
    candidate,
    distance: editDistance(word.toLowerCase(), candidate.toLowerCase()),
  }));
  scored.sort((a, b) => a.distance - b.distance);
  const best = scored[0];
  return best !== undefined && best.distance <= allowed ? best.candidate : null;
};

const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
};
