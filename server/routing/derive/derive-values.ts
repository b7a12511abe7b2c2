import { evaluate } from '../conditions/evaluate.ts';
import type { Moment } from '../conditions/moment.ts';
import { SCORE, TERRITORY, TIER } from '../conditions/scope.ts';
import type { FieldValue, LeadValues } from '../lead.ts';
import type { Policy, Tier } from '../policy/schema.ts';
import type { Territory } from '../policy/territories.ts';
import { type Scored, scoreOf } from './score-of.ts';
import { type TerritoryLookup, territoryLookup } from './territory-lookup.ts';

/** What a policy works out of a lead's values before it asks its rules. */
export interface Derived {
  /** The lead's values with the rest among them, for conditions. */
  readonly values: LeadValues;
  /** Id; null: none. */
  readonly territory: string | null;
  /** null: the policy has no score. */
  readonly scored: Scored | null;
  readonly tier: Tier | null;
}

type Derive = (values: LeadValues, now: number) => Derived;
type Source = Pick<Policy, 'territories' | 'score' | 'tiers' | 'timezone'>;

/**
 * How a policy derives. First the territory, from fields; then the score, which may look at it; then the tier, which
 * may look at both. `now` is epoch milliseconds. A policy with none of them adds nothing and costs nothing.
 */
export const deriver = ({ territories, score, tiers, timezone }: Source): Derive => {
  if (territories === undefined && score === undefined && tiers === undefined)
    return (values) => ({ values, territory: null, scored: null, tier: null });
  const look = territories === undefined ? null : lookupOf(territories);
  return (given, now) => {
    const moment: Moment = { now, timezone };
    const values: Record<string, FieldValue> = { ...given };
    const territory = look?.(values, moment) ?? null;
    if (territory !== null) values[TERRITORY] = territory;
    const scored = score === undefined ? null : scoreOf(score, values, moment);
    if (scored !== null) values[SCORE] = scored.score;
    const tier = tiers?.find(({ when }) => evaluate(when, values, moment) === true) ?? null;
    if (tier !== null) values[TIER] = tier.id;
    return { values, territory, scored, tier };
  };
};

const lookups = new WeakMap<readonly Territory[], TerritoryLookup>();

/** Kept: a policy is compiled anew whenever a rep changes, and its territories stay. */
const lookupOf = (territories: readonly Territory[]): TerritoryLookup => {
  const known = lookups.get(territories) ?? territoryLookup(territories);
  lookups.set(territories, known);
  return known;
};

/** The tier of a lead by a policy, with whether it is urgent; null: none. */
export const tierOf = (policy: Source, values: LeadValues, now: number): Tier | null =>
  deriver(policy)(values, now).tier;
