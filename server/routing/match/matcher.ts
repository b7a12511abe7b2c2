import {
  type Comparison,
  compareProfiles,
  MATCH_CODES,
  type MatchCode,
  type ReviewCode,
} from './compare-profiles.ts';
import type { Profile } from './profile.ts';

/** What is matched against: an id and what is known of it. */
export interface Known {
  readonly id: string;
  readonly profile: Profile;
}

/** What was found. `ids` of several stand in order; nobody guesses between them. */
export type Matched =
  | { readonly verdict: 'match'; readonly code: MatchCode; readonly id: string }
  | {
      readonly verdict: 'review';
      readonly code: ReviewCode | `AMBIGUOUS_${number}`;
      readonly ids: readonly string[];
    }
  | { readonly verdict: 'none'; readonly code: 'NO_MATCH' };

export interface Matcher {
  readonly match: (profile: Profile) => Matched;
  /** Positions of those who share a key with a profile, each once, in order. */
  readonly candidates: (profile: Profile) => readonly number[];
}

/**
 * A key that more than so many share tells nothing (`global`, `national`), and would cost as much as they are many. So
 * a look-up costs the same among ten as among a hundred thousand.
 */
const MOST_ALIKE = 50;

const NONE: Matched = Object.freeze({ verdict: 'none', code: 'NO_MATCH' });

/** Makes an index over what is known. What a company is known by is not what a person is: `of` says which. */
export const createMatcher = (known: readonly Known[], of: 'company' | 'person'): Matcher => {
  const blocks = new Map<string, number[]>();
  known.forEach(({ profile }, at) => {
    for (const key of keysOf(profile).filed) {
      const block = blocks.get(key);
      if (block === undefined) blocks.set(key, [at]);
      else if (block.length <= MOST_ALIKE) block.push(at);
    }
  });
  const candidates = (profile: Profile): readonly number[] => {
    const found = new Set<number>();
    for (const key of keysOf(profile).looked) {
      const block = blocks.get(key);
      if (block !== undefined && block.length <= MOST_ALIKE) for (const at of block) found.add(at);
    }
    return [...found].sort((a, b) => a - b);
  };
  return {
    candidates,
    match: (profile) => {
      const compared = candidates(profile).map((at) => ({
        known: known[at]!,
        comparison: compareProfiles(profile, known[at]!.profile, of),
      }));
      return best(profile, compared);
    },
  };
};

/** What two must share at least one of to be compared: what one is filed under, and what another looks under. */
const keysOf = (
  profile: Profile,
): { readonly filed: readonly string[]; readonly looked: readonly string[] } => {
  const shared = sharedKeys(profile);
  const { name } = profile;
  if (name === null) return { filed: shared, looked: shared };
  const word = name.tokens.length === 1 ? [name.stripped] : [];
  const acronym = name.acronym === null ? [] : [name.acronym];
  const under = (kind: string, texts: readonly string[]) => texts.map((text) => `${kind} ${text}`);
  // An acronym is looked up among single words and the other way round: two that share one are mostly strangers.
  return {
    filed: [...shared, ...under('w', word), ...under('a', acronym)],
    looked: [...shared, ...under('a', word), ...under('w', acronym)],
  };
};

const sharedKeys = ({ name, email, phone, domains, place }: Profile): readonly string[] => {
  const keys = domains.map((domain) => `d ${domain}`);
  if (email !== null) keys.push(`e ${email}`);
  if (phone !== null) keys.push(`p ${phone.slice(-8)}`);
  if (name !== null) keys.push(`n ${name.tokens.join(' ')}`, `f ${name.first}`);
  if (place?.number != null && place.postcode !== null) keys.push(`q ${place.number} ${place.postcode}`);
  return keys;
};

interface Compared {
  readonly known: Known;
  readonly comparison: Comparison;
}

/** The strongest match; among equal ones the one that more evidence speaks for; where none is ahead, nobody guesses. */
const best = (profile: Profile, compared: readonly Compared[]): Matched => {
  const matches = compared.filter(({ comparison }) => comparison.verdict === 'match');
  if (matches.length === 0) return toReview(compared);
  const ranks = matches.map((one) => rankOf(profile, one));
  const top = ranks.reduce((a, b) => (compareRanks(a, b) >= 0 ? a : b));
  const first = matches.filter((_, i) => compareRanks(ranks[i]!, top) === 0);
  const [only] = first;
  if (first.length === 1)
    return { verdict: 'match', code: only!.comparison.code as MatchCode, id: only!.known.id };
  return { verdict: 'review', code: `AMBIGUOUS_${first.length}`, ids: idsOf(first) };
};

const toReview = (compared: readonly Compared[]): Matched => {
  const unsure = compared.filter(({ comparison }) => comparison.verdict === 'review');
  const [one] = unsure;
  if (one === undefined) return NONE;
  const code =
    unsure.length === 1 ? (one.comparison.code as ReviewCode) : (`AMBIGUOUS_${unsure.length}` as const);
  return { verdict: 'review', code, ids: idsOf(unsure) };
};

const idsOf = (found: readonly Compared[]): readonly string[] => found.map(({ known }) => known.id).sort();

/** Code first, then the full name with its legal form, country, name, phone and place. Greater is better. */
const rankOf = (profile: Profile, { known, comparison: { code, evidence } }: Compared): readonly number[] => [
  -MATCH_CODES.indexOf(code as MatchCode),
  Number(profile.name !== null && profile.name.full === known.profile.name?.full),
  agreement(evidence.country),
  evidence.name === 'exact' ? 2 : Number(evidence.name === 'close'),
  agreement(evidence.phone),
  agreement(evidence.place),
];

const agreement = (said: boolean | null): number => (said === null ? 0 : said ? 1 : -1);

const compareRanks = (a: readonly number[], b: readonly number[]): number => {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
};
