import type { Candidate } from '../decision.ts';
import type { Lead } from '../lead.ts';
import type { Balance, RepState } from '../state.ts';
import { absenceOf, accruesAway, backSoon, blockOf, type Terms } from './eligibility.ts';
import type { PoolMember } from './members.ts';

/**
 * How ready a member is: the lowest tier that anybody is in has the lead. Who is back soon enough, in a pool that
 * allows it, comes after those at work; whom no message reaches comes after everybody an offer can reach.
 */
const AT_WORK = 0;
const SOON = 1;
const UNREACHABLE = 2;
export const BLOCKED = 4;

/** Whether members of a tier can only be assigned to, since no message reaches them. */
export const isUnreachable = (tier: number): boolean => tier >= UNREACHABLE && tier < BLOCKED;

/** A pool member while their pool is looked at. `share` and `lag` are set once it is known who is eligible. */
export interface Seat {
  readonly rep: string;
  readonly weight: number;
  readonly state: RepState | undefined;
  readonly balance: Balance;
  readonly missed: boolean;
  readonly tier: number;
  /** Why they do not have the lead when a lower tier has it; null for those at work. */
  readonly blocked: Candidate | null;
  /** Away, and otherwise fit for the lead: accrues in pools that catch up. */
  readonly away: boolean;
  share: number;
  lag: number;
}

/** What a look at a pool depends on. `messaged`: the lead is to be offered, so a message must reach the rep. */
export interface Look {
  readonly terms: Terms;
  readonly lead: Lead;
  /** The lead's; null: none. */
  readonly territory: string | null;
  readonly now: number;
  readonly messaged: boolean;
}

/** Looks at one member. */
export const takeSeat = (
  { rep, weight, territories }: PoolMember,
  state: RepState | undefined,
  balance: Balance,
  { terms, lead, territory, now, messaged }: Look,
): Seat => {
  const absence = state === undefined ? null : absenceOf(state, terms);
  const soon = absence !== null && backSoon(state!, terms, now);
  const outside = terms.byTerritory === true && !(territory !== null && territories?.includes(territory));
  const blocked = blockOf(rep, state, soon ? null : absence, terms, lead, outside);
  const unreachable = messaged && state?.reachable === false;
  return {
    rep,
    weight,
    state,
    balance,
    missed: lead.history.missed.includes(rep),
    tier: blocked !== null ? BLOCKED : (soon ? SOON : AT_WORK) + (unreachable ? UNREACHABLE : 0),
    blocked: blocked ?? absence ?? (unreachable ? { code: 'unreachable', rep } : null),
    away: !outside && accruesAway(blocked, state, terms, lead),
    share: 0,
    lag: balance.lag,
  };
};
