import type { LostBy } from '../decision.ts';
import { compareFractions, compareUrgency } from '../ledger/urgency.ts';
import type { Pool } from '../policy/schema.ts';
import type { Seat } from './seat.ts';

/** One comparison of two eligible members: below zero when `a` goes first. */
interface Criterion {
  readonly by: LostBy;
  readonly compare: (a: Seat, b: Seat, eligible: number) => number;
}

const missedOffer: Criterion = {
  by: 'missed_offer',
  compare: (a, b) => Number(a.missed) - Number(b.missed),
};

const fairness: Criterion = { by: 'fairness', compare: compareUrgency };

/** Open work after taking this lead, per unit of weight; per unit of weight and open cap when everybody has one. */
const load = (seats: readonly Seat[]): Criterion => {
  const capped = seats.every((seat) => (seat.state?.capacity.open ?? 0) > 0);
  const room = (seat: Seat) => seat.weight * (capped ? seat.state!.capacity.open! : 1);
  const after = (seat: Seat) => (seat.state?.load.open ?? 0) + 1;
  return { by: 'load', compare: (a, b) => compareFractions(after(a), room(a), after(b), room(b)) };
};

const waited: Criterion = {
  by: 'waited_less',
  compare: (a, b) => (a.balance.lastAt ?? -Infinity) - (b.balance.lastAt ?? -Infinity) || 0,
};

const tie: Criterion = { by: 'tie', compare: (a, b) => (a.rep < b.rep ? -1 : a.rep > b.rep ? 1 : 0) };

const ROUND_ROBIN = [missedOffer, fairness, waited, tie] as const;
const LONGEST_WAITING = [missedOffer, waited, fairness, tie] as const;

/** What a pool's method compares, in order. The last one never ties, so the order is total. */
export const criteriaOf = (method: Pool['method'], seats: readonly Seat[]): readonly Criterion[] => {
  switch (method) {
    case 'round_robin':
    case 'best_performer':
      return ROUND_ROBIN;
    case 'load_balanced':
      return [missedOffer, load(seats), fairness, waited, tie];
    case 'longest_waiting':
      return LONGEST_WAITING;
    default:
      return method satisfies never;
  }
};

/** Whose turn it is. `passed`: those who were next, but are to be passed this once. */
export interface Turn {
  readonly first: Seat;
  readonly passed: readonly Seat[];
}

const NOBODY: readonly Seat[] = Object.freeze([]);

/** Whose turn it is among the eligible members. `seats` is not empty; with nobody else to go, nobody is passed. */
export const turnOf = (seats: readonly Seat[], criteria: readonly Criterion[]): Turn => {
  const first = firstOf(seats, criteria, seats.length);
  return first.balance.skip === undefined ? { first, passed: NOBODY } : passOver(seats, first, criteria);
};

const passOver = (seats: readonly Seat[], next: Seat, criteria: readonly Criterion[]): Turn => {
  const passed: Seat[] = [];
  let left = seats;
  for (let first = next; first.balance.skip !== undefined; first = firstOf(left, criteria, seats.length)) {
    const seat = first;
    passed.push(seat);
    left = left.filter((other) => other !== seat);
    if (left.length === 0) return { first: next, passed: NOBODY };
  }
  return { first: firstOf(left, criteria, seats.length), passed };
};

const firstOf = (seats: readonly Seat[], criteria: readonly Criterion[], eligible: number): Seat => {
  let first = seats[0]!;
  for (let i = 1; i < seats.length; i++)
    if (compareSeats(seats[i]!, first, criteria, eligible) < 0) first = seats[i]!;
  return first;
};

const compareSeats = (a: Seat, b: Seat, criteria: readonly Criterion[], eligible: number): number => {
  for (const { compare } of criteria) {
    const order = compare(a, b, eligible);
    if (order !== 0) return order;
  }
  return 0;
};

/** Which comparison a member lost to the winner. */
export const lostBy = (loser: Seat, winner: Seat, criteria: readonly Criterion[], eligible: number): LostBy =>
  criteria.find(({ compare }) => compare(winner, loser, eligible) !== 0)?.by ?? 'tie';
