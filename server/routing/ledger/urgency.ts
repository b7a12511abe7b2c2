import { LEAD } from './shares.ts';

/** What fairness needs to know of an eligible member. `lag` is after this lead's share; millionths of a lead. */
export interface Owed {
  readonly lag: number;
  readonly share: number;
}

/**
 * Orders eligible members by how urgently the pool owes them a lead: below zero when `a` goes first. It is
 * Tijdeman's rule for the chairman assignment problem (1980), with n = the number eligible now:
 *
 * 1. Who is owed more than 1 - 1/(2n-2) is past the deadline: the greatest lag first. With fixed eligibility there is
 *    never more than one such, so the proof is untouched; when eligibility varies this keeps the worst lag near one
 *    lead where the plain rule, which serves light members first, lets it grow (docs/fairness.md).
 * 2. Who is owed at least 1/(2n-2) is due: the earliest deadline, least (1 - 1/(2n-2) - lag) / share.
 * 3. Nobody else is due yet: the greatest lag.
 */
export const compareUrgency = (a: Owed, b: Owed, eligible: number): number => {
  const scale = Math.max(2 * eligible - 2, 1);
  const classA = urgencyClass(a, scale);
  const classB = urgencyClass(b, scale);
  if (classA !== classB) return classA - classB;
  return classA === DUE ? compareDeadlines(a, b, scale) : b.lag - a.lag;
};

const OVERDUE = 0;
const DUE = 1;
const NOT_DUE = 2;

const urgencyClass = (owed: Owed, scale: number): number => {
  const scaled = owed.lag * scale;
  if (scaled > LEAD * (scale - 1)) return OVERDUE;
  return scaled >= LEAD && owed.share > 0 ? DUE : NOT_DUE;
};

const compareDeadlines = (a: Owed, b: Owed, scale: number): number => {
  const limit = LEAD * (scale - 1);
  return compareFractions(limit - a.lag * scale, a.share, limit - b.lag * scale, b.share);
};

/** Sign of a/b - c/d for safe integers with b, d > 0: whole parts first, so that no product grows unsafe. */
export const compareFractions = (a: number, b: number, c: number, d: number): number => {
  const wholeA = Math.floor(a / b);
  const wholeC = Math.floor(c / d);
  if (wholeA !== wholeC) return wholeA - wholeC;
  return (a - wholeA * b) * d - (c - wholeC * d) * b;
};
