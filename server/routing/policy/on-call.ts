import { z } from 'zod';
import { startDate } from './start-date.ts';
import { strictObject } from './strict-object.ts';
import { wholeDays } from './whole-days.ts';

/**
 * Which of a pool's members take its leads in turn: `size` of them at a time, in the order they are listed. A turn
 * lasts `days` of the calendar of the policy's zone and begins at midnight; one begins on `from`.
 */
export interface OnCall {
  readonly days: number;
  /** `YYYY-MM-DD`. */
  readonly from: string;
  readonly size: number;
}

/** `onCall:` of a pool. */
export const onCall = strictObject({
  every: wholeDays(1),
  from: startDate,
  size: z.int('write a whole number of members').min(1, 'must be at least 1').max(10_000).optional(),
}).transform(({ every, from, size }): OnCall => ({ days: every, from, size: size ?? 1 }));
