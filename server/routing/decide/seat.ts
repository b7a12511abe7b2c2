import type { Candidate } from '../decision.ts';
import type { Lead } from '../lead.ts';
import type { Balance, RepState } from '../state.ts';
import { absenceOf, accruesAway, backSoon, blockOf, type Terms } from './eligibility.ts';
import type { PoolMember } from './members.ts';
import type { DutyNow } from './stand-ins.ts';

/**
 * How ready a member is: the lowest tier that anybody is in has the lead. Who is back soon enough, in a pool that
 * allows it, comes after those at work; whom no message reaches comes after everybody an offer can reach.
 */
const AT_WORK = 0;
const SOON = 1;
const UNREACHABLE = 2;
export const BLOCKED = 4;
/** Of a later tier of priority than those who have the lead. */
const LATER = 5;

/** Whether members of a tier can only be assigned to, since no message reaches them. */
export const isUnreachable = (tier: number): boolean => tier >= UNREACHABLE && tier < BLOCKED;

/** A pool member while their pool is looked at. `share` and `lag` are set once it is known who is eligible. */
export interface Seat {
  readonly rep: string;
  readonly weight: number;
  readonly priority: number;
  readonly state: RepState | undefined;
  readonly balance: Balance;
  readonly missed: boolean;
  readonly tier: number;
  /** Why they do not have the lead when a lower tier has it; null for those at work. */
  readonly blocked: Candidate | null;
  /** For whom they stand in on call. */
  readonly standsInFor: string | undefined;
  /** Away, and otherwise fit for the lead: accrues in pools that catch up. */
  readonly away: boolean;
  share: number;
  lag: number;
  /** Rate of won leads in millionths, where the pool goes by results. */
  index?: number;
}

/** What a look at a pool depends on. `messaged`: the lead is to be offered, so a message must reach the rep. */
export interface Look {
  readonly terms: Terms;
  readonly lead: Lead;
  /** The lead's; null: none. */
  readonly territory: string | null;
  readonly now: number;
  readonly messaged: boolean;
  readonly duty: DutyNow;
}

/** Looks at one member. */
export const takeSeat = (
  { rep, weight, priority, territories }: PoolMember,
  state: RepState | undefined,
  balance: Balance,
  { terms, lead, territory, now, messaged, duty }: Look,
): Seat => {
  const absence = state === undefined ? null : absenceOf(state, terms, now);
  const soon = absence !== null && backSoon(state!, terms, now);
  const outside = terms.byTerritory === true && !(territory !== null && territories?.includes(territory));
  const away = { absence: soon ? null : absence, duty: duty.off?.get(rep) };
  const blocked = blockOf(rep, state, away, terms, lead, outside);
  const unreachable = messaged && state?.reachable === false;
  return {
    rep,
    weight,
    priority: priority ?? 1,
    state,
    balance,
    missed: lead.history.missed.includes(rep),
    tier: blocked !== null ? BLOCKED : (soon ? SOON : AT_WORK) + (unreachable ? UNREACHABLE : 0),
    blocked: blocked ?? absence ?? (unreachable ? { code: 'unreachable', rep } : null),
    standsInFor: duty.standIns.get(rep),
    // Owed for being away is only whose turn it was.
    away: !outside && !duty.asked.has(rep) && accruesAway(blocked, state, terms, lead),
    share: 0,
    lag: balance.lag,
  };
};

/**
 * The seats where only members of the first priority that somebody has are left in a tier; the others come after. Who
 * is away is owed for it only among their own.
 */
export const firstTier = (seats: readonly Seat[], tier: number): readonly Seat[] => {
  const able = seats.filter((seat) => seat.tier === tier);
  const first = able.reduce((least, { priority }) => Math.min(least, priority), Infinity);
  return seats.map((seat) => {
    if (seat.priority === first) return seat;
    return seat.tier === tier ? comesLater(seat) : { ...seat, away: false };
  });
};

const comesLater = (seat: Seat): Seat => {
  const { lag, rep, state } = seat;
  const open = state?.load.open ?? 0;
  return { ...seat, tier: LATER, blocked: { by: 'priority', code: 'outranked', lag, open, rep, share: 0 } };
};
