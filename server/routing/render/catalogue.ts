import type { Candidate, LostBy, Outcome, OwnerFound, StepTrace } from '../decision.ts';
import { english } from './english.ts';

/** A candidate's code with its parameters as text: names instead of ids, instants as the reader says them. */
export type Told<Code extends Candidate['code'] = Candidate['code']> = Extract<Candidate, { code: Code }> & {
  /** The one who was chosen instead, if one was. */
  readonly winner: string | null;
  /** By what the owner step that looked at them looked; null: another step did. */
  readonly owner: OwnerFound['by'] | null;
  /** When an absent rep is back, or null: nobody knows. */
  readonly back: string | null;
  /** When the shift of one who is at work ends, where that is why. */
  readonly ends: string | null;
  /** For whom they stand in on call, and why those are not there. */
  readonly standIn: StandInTold | null;
};

/** Whose turn on call it is, and the reason why they are not there, as `candidate` says it. */
export interface StandInTold {
  readonly name: string;
  readonly why: string;
}

/** The lead's territory and tier by name, and its score; null: none. */
export interface DerivedTold {
  readonly territory: string | null;
  readonly tier: string | null;
  readonly urgent: boolean;
  readonly score: number | null;
  /** What the score is made of, each with how much: `Large +40`. */
  readonly points: readonly string[];
}

/** Why the chosen one: the comparison that most others lost, no other being free, or the rule's naming them. */
export type WonBy = LostBy | 'only_one' | 'named';

/** An owner step: whom it found (null: nobody), by what, whether they have the lead, and the account's or field's name. */
export interface OwnerTold extends OwnerFound {
  readonly name: string | null;
  readonly found: string;
  readonly took: boolean;
}

/** Every sentence about decisions, in one language. Plain text, never markup. */
export interface Catalogue {
  /** Completes "Sam: …". */
  readonly candidate: (told: Told) => string;
  /** How many of a pool's members could not have the lead, after the ones that were named. */
  readonly others: (count: number) => string;
  /** `Rule “Large companies” → pool Enterprise.` */
  readonly route: (rule: string | null, to: string | null, fallback: boolean) => string;
  /** The lead was given before any rule was asked. */
  readonly beforeRules: (to: string) => string;
  /** What was worked out of the lead; at least one part is there. */
  readonly derived: (told: DerivedTold) => string;
  /** The rule or the pool is only tried out. */
  readonly logOnly: string;
  readonly toPool: (pool: string) => string;
  readonly toQueue: (queue: string) => string;
  /** Says who stands in for whom, and why. */
  readonly standsIn: (name: string, standIn: StandInTold) => string;
  readonly assigned: (
    winner: string,
    wonBy: WonBy,
    standing: { readonly lag: number; readonly open: number },
  ) => string;
  readonly offered: (
    to: readonly string[],
    offer: Extract<Outcome, { kind: 'offered' }>,
    why: { readonly wonBy: WonBy; readonly lag: number; readonly open: number } | null,
  ) => string;
  /** The record is converted: at once, or once the lead is claimed. */
  readonly converts: (claimed: boolean) => string;
  readonly waiting: (retry: string) => string;
  /** The lead waits and the policy was not asked. */
  readonly notAsked: (
    because: NonNullable<Extract<Outcome, { kind: 'waiting' }>['because']>,
    retry: string,
  ) => string;
  readonly notRouted: (because: Extract<Outcome, { kind: 'not_routed' }>['because']) => string;
  readonly owner: (told: OwnerTold) => string;
  /** Accounts that the lead's company may be. */
  readonly accountReview: (accounts: readonly string[]) => string;
  /** What a step did; `subject` is the pool, rep or queue it names. */
  readonly step: (trace: StepTrace, subject: string, until: string | null) => string;
  /** `Sam is away: …`: a name with what is said of it. */
  readonly about: (name: string, said: string) => string;
}

const CATALOGUES: Readonly<Record<string, Catalogue>> = { en: english };

/** The first of the reader's languages (`de-CH`, `en`) that there are sentences in; English where there is none. */
export const languageOf = (tags: readonly string[]): string =>
  tags.map((tag) => tag.toLowerCase().split(/[-_]/)[0]!).find((tag) => Object.hasOwn(CATALOGUES, tag)) ??
  'en';

/** The sentences of a language; English where there are none. */
export const catalogueOf = (language: string): Catalogue =>
  (Object.hasOwn(CATALOGUES, language) ? CATALOGUES[language] : undefined) ?? english;
