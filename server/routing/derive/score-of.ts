import { evaluate } from '../conditions/evaluate.ts';
import type { Moment } from '../conditions/moment.ts';
import type { LeadValues } from '../lead.ts';
import type { Points, Score } from '../policy/score.ts';

/** A lead's score: what is not known gives no points. */
export const scoreOf = (score: Score, values: LeadValues, moment: Moment): number => {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = score;
  const sum = pointsOf(score, values, moment).reduce((total, { points }) => total + points, 0);
  return Math.min(max, Math.max(min, sum));
};

/** The points a lead has. */
export const pointsOf = ({ points }: Score, values: LeadValues, moment: Moment): readonly Points[] =>
  points.filter(({ when }) => evaluate(when, values, moment) === true);
