import type { Name } from './company-name.ts';
import { jaroWinkler } from './jaro-winkler.ts';

/** From here on two names are one with slips of the pen. */
const CLOSE = 0.9;

export type NameRelation = 'exact' | 'close' | 'different' | 'unknown';

/**
 * How two names stand to each other. `exact`: alike but for legal forms and the order of words; `close`: one has words
 * more than the other, they differ by slips of the pen, or one is the other's acronym.
 */
export const relateNames = (a: Name | null, b: Name | null): NameRelation => {
  if (a === null || b === null) return 'unknown';
  if (a.stripped === b.stripped || a.tokens.join(' ') === b.tokens.join(' ')) return 'exact';
  return isWithin(a, b) || isAcronym(a, b) || isAcronym(b, a) || isMisspelt(a, b) ? 'close' : 'different';
};

const isWithin = (a: Name, b: Name): boolean => {
  const [few, many] = a.tokens.length <= b.tokens.length ? [a.tokens, b.tokens] : [b.tokens, a.tokens];
  return few.every((token) => many.includes(token));
};

const isAcronym = (a: Name, b: Name): boolean => b.acronym !== null && a.stripped === b.acronym;

/** The whole of one is like the whole of the other, or each word of the shorter like one of the longer. */
const isMisspelt = (a: Name, b: Name): boolean => {
  if (jaroWinkler(a.stripped, b.stripped) >= CLOSE) return true;
  const [few, many] = a.tokens.length <= b.tokens.length ? [a.tokens, b.tokens] : [b.tokens, a.tokens];
  return few.length > 1 && few.every((word) => many.some((other) => jaroWinkler(word, other) >= CLOSE));
};
