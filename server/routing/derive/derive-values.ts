import { evaluate } from '../conditions/evaluate.ts';
import type { Moment } from '../conditions/moment.ts';
import { SCORE, TERRITORY, TIER } from '../conditions/scope.ts';
import type { FieldValue, LeadValues } from '../lead.ts';
import { type AccountFindings, accountFinder } from '../match/account-index.ts';
import { withFindings } from '../match/account-values.ts';
import type { AccountList } from '../policy/accounts.ts';
import type { Policy, Tier } from '../policy/schema.ts';
import type { Territory } from '../policy/territories.ts';
import { type Scored, scoreOf } from './score-of.ts';
import { type TerritoryLookup, territoryLookup } from './territory-lookup.ts';

/** What a policy works out of a lead's values before it asks its rules. */
export interface Derived {
  /** The lead's values with the rest among them, for conditions. */
  readonly values: LeadValues;
  /** The accounts that the lead's company is, or may be; null: the policy has none. */
  readonly accounts: AccountFindings | null;
  /** Id; null: none. */
  readonly territory: string | null;
  /** null: the policy has no score. */
  readonly scored: Scored | null;
  readonly tier: Tier | null;
}

type Derive = (values: LeadValues, now: number) => Derived;
type Source = Pick<Policy, 'accounts' | 'fields' | 'territories' | 'score' | 'tiers' | 'timezone'>;

/**
 * How a policy derives. First the account and the territory, from fields; then the score, which may look at them; then
 * the tier, which may look at all. `now` is epoch milliseconds. A policy with none of them adds nothing and costs nothing.
 */
export const deriver = (source: Source): Derive => {
  const { territories, score, tiers, timezone } = source;
  const accounts = source.accounts === undefined ? null : accountsOf(source.accounts, source.fields);
  if (territories === undefined && score === undefined && tiers === undefined)
    return (given) => {
      const { found, values } = accounts?.(given) ?? { found: null, values: given };
      return { values, accounts: found, territory: null, scored: null, tier: null };
    };
  const look = territories === undefined ? null : lookupOf(territories);
  return (given, now) => {
    const moment: Moment = { now, timezone };
    const known = accounts?.(given) ?? { found: null, values: given };
    const values: Record<string, FieldValue> = { ...known.values };
    const territory = look?.(values, moment) ?? null;
    if (territory !== null) values[TERRITORY] = territory;
    const scored = score === undefined ? null : scoreOf(score, values, moment);
    if (scored !== null) values[SCORE] = scored.score;
    const tier = tiers?.find(({ when }) => evaluate(when, values, moment) === true) ?? null;
    if (tier !== null) values[TIER] = tier.id;
    return { values, accounts: known.found, territory, scored, tier };
  };
};

const accountsOf = (lists: readonly AccountList[], fields: Policy['fields']) => {
  const find = accountFinder(lists, fields);
  return (given: LeadValues) => {
    const found = find(given);
    return { found, values: withFindings(lists, given, found) };
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
