import { evaluate } from '../conditions/evaluate.ts';
import type { Moment } from '../conditions/moment.ts';
import type { LeadValues } from '../lead.ts';
import type { Score } from '../policy/score.ts';

/** What a lead scores, and which of the policy's points it has, by their places in the list. */
export interface Scored {
  readonly score: number;
  readonly points: readonly number[];
}

/** A lead's score: what is not known gives no points. */
export const scoreOf = (
  { points, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Score,
  values: LeadValues,
  moment: Moment,
): Scored => {
  const has: number[] = [];
  let sum = 0;
  for (let i = 0; i < points.length; i++) {
    if (evaluate(points[i]!.when, values, moment) !== true) continue;
    has.push(i);
    sum += points[i]!.points;
  }
  return { score: Math.min(max, Math.max(min, sum)), points: has };
};
