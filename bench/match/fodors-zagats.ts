import { readFileSync } from 'node:fs';
import { type Comparison, compareProfiles } from '../../server/routing/match/compare-profiles.ts';
import { type Profile, readProfile } from '../../server/routing/match/profile.ts';
import { type Score, scorePairs } from './score.ts';

/** A pair of the restaurants in two guides, and whether both are one. Source: megagonlabs/ditto. */
interface Pair {
  readonly a: Profile;
  readonly b: Profile;
  readonly is: boolean;
}

export interface FodorsZagats {
  readonly score: Score;
  /** The same pairs by equal phone numbers alone. */
  readonly naive: Score;
  /** How often each code was given. */
  readonly codes: ReadonlyMap<Comparison['code'], number>;
}

/** Scores the rules on one of the benchmark's files. */
export const scoreFodorsZagats = (file: string): FodorsZagats => {
  const pairs = readFileSync(file, 'utf8').trimEnd().split('\n').map(readPair);
  const compared = pairs.map(({ a, b, is }) => ({ is, ...compareProfiles(a, b, 'company') }));
  const codes = new Map<Comparison['code'], number>();
  for (const { code } of compared) codes.set(code, (codes.get(code) ?? 0) + 1);
  return {
    score: scorePairs(compared.map(({ is, verdict }) => ({ is, said: verdict === 'match' }))),
    naive: scorePairs(pairs.map(({ a, b, is }) => ({ is, said: a.phone !== null && a.phone === b.phone }))),
    codes,
  };
};

const readPair = (line: string): Pair => {
  const [a = '', b = '', is] = line.split('\t');
  return { a: readRecord(a), b: readRecord(b), is: is === '1' };
};

/** `COL name VAL … COL addr VAL …`, quoted as the benchmark does it: ` for a beginning, ' for an end. */
const readRecord = (text: string): Profile => {
  const columns = Object.fromEntries(
    [...text.matchAll(/COL (\w+) VAL (.*?)(?= COL |$)/g)].map(([, name, value]) => [name!, unquoted(value!)]),
  );
  const { name, addr: address, city, phone } = columns;
  return readProfile({ name: name!, address: address!, city: city!, phone: phone!, country: 'US' });
};

const unquoted = (text: string): string =>
  text
    .replaceAll('`', ' ')
    .replaceAll('\\ ', '')
    .replace(/^\s*'|'\s*$/g, '')
    .trim();
