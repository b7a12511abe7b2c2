import type { Posting, Skip } from '../state.ts';
import type { Weighted } from './posting.ts';
import { LEAD, split } from './shares.ts';

const NOTHING: Readonly<Record<string, never>> = Object.freeze({});

/**
 * A member is owed `amount` (millionths of a lead) more, or less where it is below zero. The others give it, or get it,
 * by weight, so that everything owed still equals everything charged. `others` is not empty and does not hold them.
 */
export const creditPosting = (
  pool: string,
  credited: { readonly rep: string; readonly amount: number },
  others: readonly Weighted[],
  phase: number,
): Posting => ({
  pool,
  owed: { [credited.rep]: credited.amount, ...spread(-credited.amount, others, phase) },
  charged: NOTHING,
  banked: NOTHING,
  released: NOTHING,
  previousAt: null,
});

/** A member's next turn is to be passed, or (`to` null) not any more. Nobody is owed anything by it yet. */
export const skipPosting = (pool: string, rep: string, from: Skip | null, to: Skip | null): Posting => ({
  pool,
  owed: NOTHING,
  charged: NOTHING,
  banked: NOTHING,
  released: NOTHING,
  previousAt: null,
  skips: { [rep]: { from, to } },
});

/** Who was next but is passed this once: of the members who share the lead. */
export interface Passed {
  readonly rep: string;
  readonly skip: Skip;
}

/**
 * The posting of a lead whose turn was passed by some: that is over now, and who loses the turn is charged a lead that
 * the others who could have had it are owed.
 */
export const passTurns = (
  posting: Posting,
  passed: readonly Passed[],
  eligible: readonly Weighted[],
  phase: number,
): Posting => {
  const owed: Record<string, number> = { ...posting.owed };
  for (const { rep, skip } of passed) {
    if (skip === 'keep') continue;
    owed[rep] = owed[rep]! - LEAD;
    const others = eligible.filter((member) => member.rep !== rep);
    for (const [other, amount] of Object.entries(spread(LEAD, others, phase)))
      owed[other] = owed[other]! + amount;
  }
  const skips = Object.fromEntries(passed.map(({ rep, skip }) => [rep, { from: skip, to: null }]));
  return { ...posting, owed, skips };
};

const spread = (amount: number, members: readonly Weighted[], phase: number): Record<string, number> => {
  const weights = members.map(({ weight }) => weight);
  const parts = split(amount, weights, phase);
  return Object.fromEntries(members.map(({ rep }, i) => [rep, parts[i]! + 0]));
};
