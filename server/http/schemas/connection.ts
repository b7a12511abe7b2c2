import { z } from 'zod';

/** A step of leaving an account that is not done yet. */
export const leftStep = z
  .object({
    step: z
      .enum(['push', 'permission'])
      .describe('`push`: what the vendor sends here; `permission`: what it allows.'),
    trying: z.boolean().describe('It is tried again by itself, for a day.'),
    byHand: z.string().describe('Where a person does it.'),
  })
  .meta({ id: 'LeftStep' });

/** A scope an account did not grant. */
export const missingScope = z
  .object({ scope: z.string(), without: z.string().describe('What does not work without it.') })
  .meta({ id: 'MissingScope' });
