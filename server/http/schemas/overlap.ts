import { z } from 'zod';

const MOST_HOURS = 7 * 24;

/** What a call that replaces a secret may say: how long the one before goes on serving. Left out, a day. */
export const overlapBody = z
  .strictObject({
    overlapHours: z
      .number('must be a number of hours')
      .min(0)
      .max(MOST_HOURS, `must be at most ${MOST_HOURS}: a week`)
      .default(24)
      .describe('How long the secret before goes on serving; 0: it ends at once.'),
  })
  .prefault({});

/** Milliseconds. */
export const overlapMs = ({ overlapHours }: z.output<typeof overlapBody>): number => overlapHours * 3_600_000;
