import { LEAD, split } from '../ledger/shares.ts';
import type { Results } from '../state.ts';
import type { Seat } from './seat.ts';

/**
 * How many decided leads at the pool's own rate each member is credited with besides their own, so that two lucky leads
 * make nobody the best: everybody starts at the pool's rate and moves away from it as their own leads are decided.
 */
const PRIOR = 20n;

/** A member's rate of won leads as the pool reckons, as an exact fraction; the denominator is above zero. */
interface Rate {
  readonly won: bigint;
  readonly of: bigint;
}

/** Sets each member's `index`: (won + 20 × the pool’s rate) / (decided + 20), in millionths. */
export const setIndexes = (seats: readonly Seat[]): void => {
  const pool = together(seats);
  for (const seat of seats) {
    const { won, of } = rateOf(seat, pool);
    seat.index = Number((won * BigInt(LEAD)) / of);
  }
};

/**
 * Shares of one lead where the best performer has what is not guaranteed: `floor` percent are shared by weight, the rest
 * goes to whoever has the best rate, by weight among several. They sum to exactly one lead.
 */
export const sharesWithFloor = (
  eligible: readonly Seat[],
  seats: readonly Seat[],
  floor: number,
  phase: number,
): readonly number[] => {
  const guaranteed = (LEAD / 100) * floor;
  const best = bestOf(eligible, together(seats));
  const weights = eligible.map(({ weight }) => weight);
  const base = split(guaranteed, weights, phase);
  const rest = split(
    LEAD - guaranteed,
    eligible.map((seat) => (best.has(seat) ? seat.weight : 0)),
    phase,
  );
  return base.map((part, i) => part + rest[i]!);
};

const bestOf = (eligible: readonly Seat[], pool: Results): ReadonlySet<Seat> => {
  let best = new Set<Seat>();
  let highest: Rate | null = null;
  for (const seat of eligible) {
    const rate = rateOf(seat, pool);
    const higher: bigint = highest === null ? 1n : rate.won * highest.of - highest.won * rate.of;
    if (higher < 0n) continue;
    if (higher > 0n) best = new Set();
    best.add(seat);
    highest = rate;
  }
  return best;
};

const NONE: Results = Object.freeze({ won: 0, decided: 0 });
const resultsOf = ({ state }: Seat): Results => state?.results ?? NONE;

const together = (seats: readonly Seat[]): Results =>
  seats
    .map(resultsOf)
    .reduce((sum, { won, decided }) => ({ won: sum.won + won, decided: sum.decided + decided }), NONE);

const rateOf = (seat: Seat, pool: Results): Rate => {
  const { won, decided } = resultsOf(seat);
  // Of a pool in which nothing was decided yet everybody is level.
  const [poolWon, poolDecided] = [BigInt(pool.won), BigInt(pool.decided || 1)];
  return { won: BigInt(won) * poolDecided + PRIOR * poolWon, of: (BigInt(decided) + PRIOR) * poolDecided };
};
