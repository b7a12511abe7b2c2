import { type NameRelation, relateNames } from './close-names.ts';
import { samePlace } from './place.ts';
import type { Profile } from './profile.ts';

/** Why two are the same, strongest first. */
export const MATCH_CODES = [
  'EMAIL_EXACT',
  'DOMAIN_EXACT',
  'NAME_EXACT',
  'NAME_CLOSE+PHONE',
  'NAME_CLOSE+DOMAIN',
  'NAME_CLOSE+ADDRESS',
  'PHONE_EXACT',
] as const;
export type MatchCode = (typeof MATCH_CODES)[number];

/** Something speaks for it and not enough, or something against it: a person should look. */
const REVIEW_CODES = ['NAME_EXACT_ELSEWHERE', 'NAME_ONLY', 'NAME_CLOSE', 'PHONE_SHARED'] as const;
export type ReviewCode = (typeof REVIEW_CODES)[number];

/** What was compared: equal, or not, or not there on both sides (null). */
export interface Evidence {
  readonly name: NameRelation;
  readonly email: boolean | null;
  readonly domain: boolean | null;
  readonly phone: boolean | null;
  readonly place: boolean | null;
  readonly country: boolean | null;
}

/** What comparing two came to. The code says why; nothing of what was compared is in it. */
export type Comparison =
  | { readonly verdict: 'match'; readonly code: MatchCode; readonly evidence: Evidence }
  | { readonly verdict: 'review'; readonly code: ReviewCode; readonly evidence: Evidence }
  | {
      readonly verdict: 'different';
      readonly code: 'NOTHING_SHARED' | 'ADDRESS_ONLY';
      readonly evidence: Evidence;
    };

/** Whether two profiles are of the same company (which people share a domain of), or of the same person. */
export const compareProfiles = (a: Profile, b: Profile, of: 'company' | 'person'): Comparison => {
  const evidence = evidenceOf(a, b);
  const match = of === 'company' ? companyCode(evidence) : personCode(evidence);
  if (match !== null) return { verdict: 'match', code: match, evidence };
  const review = reviewCode(evidence, of);
  if (review !== null) return { verdict: 'review', code: review, evidence };
  const code = evidence.place === true ? 'ADDRESS_ONLY' : 'NOTHING_SHARED';
  return { verdict: 'different', code, evidence };
};

const evidenceOf = (a: Profile, b: Profile): Evidence => ({
  name: relateNames(a.name, b.name),
  email: equal(a.email, b.email),
  domain: sameDomain(a.domains, b.domains),
  phone: a.phone === null || b.phone === null ? null : samePhone(a.phone, b.phone),
  place: samePlace(a.place, b.place),
  country: equal(a.country, b.country),
});

const equal = (a: string | null, b: string | null): boolean | null =>
  a === null || b === null ? null : a === b;

/** One company has `acme.com` and `acme.co.uk`: that they differ says nothing. */
const sameDomain = (a: readonly string[], b: readonly string[]): boolean | null => {
  if (a.length === 0 || b.length === 0) return null;
  if (a.some((one) => b.includes(one))) return true;
  const label = (domain: string) => domain.slice(0, domain.indexOf('.'));
  return a.some((one) => b.some((other) => label(one) === label(other))) ? null : false;
};

/** A national number is a foreign one without the country: the end of it must agree. */
const NATIONAL = 9;
const samePhone = (a: string, b: string): boolean => {
  if (a === b) return true;
  if (a.startsWith('+') === b.startsWith('+')) return false;
  const [national, foreign] = a.startsWith('+') ? [b, a] : [a, b];
  const digits = national.replace(/^0/, '');
  return digits.length >= NATIONAL && foreign.endsWith(digits);
};

const companyCode = (evidence: Evidence): MatchCode | null => {
  const { name, email, domain } = evidence;
  if (email === true) return 'EMAIL_EXACT';
  if (domain === true) return 'DOMAIN_EXACT';
  if (name === 'exact' && !isElsewhere(evidence)) return 'NAME_EXACT';
  return supported(evidence);
};

/** One name in two places, or in two countries: perhaps two companies, or a chain. */
const isElsewhere = ({ phone, place, country, domain }: Evidence): boolean =>
  country === false || domain === false || (place === false && phone !== true);

const personCode = (evidence: Evidence): MatchCode | null =>
  evidence.email === true ? 'EMAIL_EXACT' : supported(evidence);

/** A name that is close, or not known, with something that supports it. */
const supported = ({ name, phone, domain, place }: Evidence): MatchCode | null => {
  if (name === 'unknown') return phone === true ? 'PHONE_EXACT' : null;
  if (name === 'different') return null;
  if (phone === true) return 'NAME_CLOSE+PHONE';
  if (domain === true) return 'NAME_CLOSE+DOMAIN';
  return place === true ? 'NAME_CLOSE+ADDRESS' : null;
};

const reviewCode = ({ name, phone }: Evidence, of: 'company' | 'person'): ReviewCode | null => {
  if (name === 'exact') return of === 'company' ? 'NAME_EXACT_ELSEWHERE' : 'NAME_ONLY';
  if (name === 'close') return 'NAME_CLOSE';
  return phone === true ? 'PHONE_SHARED' : null;
};
