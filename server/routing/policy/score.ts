import { z } from 'zod';
import type { Condition } from '../conditions/condition.ts';
import { type ConditionDocument, condition } from '../conditions/condition-document.ts';
import { name } from './scalars.ts';
import { strictObject } from './strict-object.ts';

/** What a lead scores: the sum of the points whose conditions are true, kept between `min` and `max`. */
export interface Score<When = Condition> {
  readonly points: readonly Points<When>[];
  /** Absent: no bound. */
  readonly min?: number;
  readonly max?: number;
}

/** Points that a lead has while a condition is true. */
export interface Points<When = Condition> {
  readonly name: string;
  readonly when: When;
  readonly points: number;
}

const LARGEST = 1_000_000;
const whole = z
  .int('write a whole number of points')
  .min(-LARGEST, `must be at least -${LARGEST}`)
  .max(LARGEST, `must be at most ${LARGEST}`);

const points = strictObject({ name, when: condition, points: whole });
/** `score:`. */
export const score = strictObject({
  points: z.array(points).min(1, 'is empty; list points, such as {name: Large, when: …, points: 20}'),
  min: whole.optional(),
  max: whole.optional(),
}).transform((given, ctx): Score<ConditionDocument> => {
  const { points, min, max } = given;
  if (min !== undefined && max !== undefined && min > max)
    ctx.addIssue({ code: 'custom', path: ['min'], message: `${min} is above max; swap them`, input: min });
  return { points, ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
});
