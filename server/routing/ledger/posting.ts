import type { Balance, Posting, Release } from '../state.ts';
import { LEAD, split } from './shares.ts';

/** Somebody with a weight in a pool. */
export interface Weighted {
  readonly rep: string;
  readonly weight: number;
}

/** One lead given by a pool: who it was owed to, who got it, and what time away does to the ledger. */
export interface Turn {
  readonly pool: string;
  /** Who could have had the lead, and the shares of one lead they are owed (they sum to LEAD). */
  readonly eligible: readonly Weighted[];
  readonly shares: readonly number[];
  readonly charged: string;
  /** `lastAt` of the one charged, before. */
  readonly previousAt: number | null;
  /** Members who accrue although away; empty unless the pool catches up. */
  readonly away: readonly Weighted[];
  readonly released: Readonly<Record<string, Release>>;
  readonly phase: number;
}

const NOTHING: Readonly<Record<string, never>> = Object.freeze({});

/** The posting of a decided lead. */
export const postTurn = (turn: Turn): Posting => {
  const owed: Record<string, number> = {};
  for (let i = 0; i < turn.eligible.length; i++) owed[turn.eligible[i]!.rep] = turn.shares[i]!;
  return {
    banked: turn.away.length === 0 ? NOTHING : bank(turn, owed),
    charged: { [turn.charged]: LEAD },
    owed,
    pool: turn.pool,
    previousAt: turn.previousAt,
    released: turn.released,
  };
};

/**
 * Members away are owed what they would be if they were here, and those here lend it to them by weight. Both sides
 * go to `banked`: the lag that steers turns is as if nobody were away. Changes `owed`; returns the banked part.
 */
const bank = (turn: Turn, owed: Record<string, number>): Record<string, number> => {
  const everyone = [...turn.away, ...turn.eligible].map((member) => member.weight);
  const wouldBe = split(LEAD, everyone, turn.phase);
  const banked: Record<string, number> = {};
  let lent = 0;
  turn.away.forEach(({ rep }, i) => {
    lent += wouldBe[i]!;
    owed[rep] = wouldBe[i]!;
    banked[rep] = wouldBe[i]!;
  });
  const lenders = split(
    lent,
    turn.eligible.map((member) => member.weight),
    turn.phase,
  );
  turn.eligible.forEach(({ rep }, i) => {
    owed[rep] = owed[rep]! - lenders[i]!;
    banked[rep] = -lenders[i]!;
  });
  return banked;
};

/**
 * The posting when a lead is taken without `decide` choosing: a broadcast claimed by one of its offerees, or a
 * manual assignment the pool counts. Owed among `members`, charged to `rep`, who must be one of them.
 */
export const postGiven = (
  given: { readonly pool: string; readonly members: readonly Weighted[]; readonly rep: string },
  previousAt: number | null,
  phase: number,
): Posting =>
  postTurn({
    pool: given.pool,
    eligible: given.members,
    shares: split(
      LEAD,
      given.members.map((member) => member.weight),
      phase,
    ),
    charged: given.rep,
    previousAt,
    away: [],
    released: NOTHING,
    phase,
  });

/**
 * Undoes an entry: a declined offer, a credited lead. The reversal is a posting of its own, so that history stands.
 * `lastAt` is the charged rep's now: if no later lead came, the place in line from before is given back.
 */
export const reversePosting = (
  { posting, at }: { readonly posting: Posting; readonly at: number },
  lastAt: number | null,
): Posting => ({
  pool: posting.pool,
  owed: negate(posting.owed),
  charged: negate(posting.charged),
  banked: negate(posting.banked),
  released: Object.fromEntries(
    Object.entries(posting.released).map(([rep, { amount, on }]) => [rep, { amount: 0 - amount, on }]),
  ),
  previousAt: lastAt === at ? posting.previousAt : lastAt,
  ...(posting.skips && { skips: undoSkips(posting.skips) }),
});

const undoSkips = (skips: NonNullable<Posting['skips']>): NonNullable<Posting['skips']> =>
  Object.fromEntries(Object.entries(skips).map(([rep, { from, to }]) => [rep, { from: to, to: from }]));

const negate = (amounts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(amounts).map(([rep, amount]) => [rep, 0 - amount]));

/**
 * Writes off members who left: what they were owed (or owe) passes to those who stay, by weight, so that the pool
 * still sums to zero. Null when there is nothing to write off.
 */
export const writeOff = (
  pool: string,
  leavers: readonly { readonly rep: string; readonly balance: Balance }[],
  stayers: readonly Weighted[],
  phase: number,
): Posting | null => {
  const lag = leavers.reduce((sum, { balance }) => sum + balance.lag, 0);
  const saved = leavers.reduce((sum, { balance }) => sum + balance.banked, 0);
  const owed: Record<string, number> = {};
  const banked: Record<string, number> = {};
  for (const { rep, balance } of leavers) {
    if (balance.lag === 0 && balance.banked === 0) continue;
    owed[rep] = -(balance.lag + balance.banked);
    banked[rep] = 0 - balance.banked;
  }
  if (Object.keys(owed).length === 0) return null;
  const weights = stayers.map((member) => member.weight);
  const lags = split(lag, weights, phase);
  const savings = split(saved, weights, phase);
  stayers.forEach(({ rep }, i) => {
    owed[rep] = lags[i]! + savings[i]!;
    banked[rep] = savings[i]!;
  });
  return { pool, owed, charged: NOTHING, banked, released: NOTHING, previousAt: null };
};
