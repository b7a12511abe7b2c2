import { z } from 'zod';
import type { Replayed, ReplayedMany } from '../../assignments/replay-decisions.ts';

/** What came of deciding a stored decision again. */
export const replayedView: z.ZodType<Replayed> = z
  .object({
    decision: z.string(),
    result: z
      .enum(['same', 'differs', 'inputs_erased', 'not_asked'])
      .describe('`not_asked`: the record could not be read then, or the tenant was paused.'),
    engine: z.int().describe('The engine that decided then.'),
    differences: z.array(z.object({ part: z.string(), stored: z.string(), replayed: z.string() })),
  })
  .meta({ id: 'Replayed' });

/** What came of deciding many of them again. */
export const replayedManyView: z.ZodType<ReplayedMany> = z
  .object({
    left: z.int().describe('Decisions left when this began, these included.'),
    counts: z.object({
      same: z.int(),
      differs: z.int(),
      inputs_erased: z.int(),
      not_asked: z.int(),
    }),
    differing: z.array(replayedView),
    next: z.int().nullable().describe('Send it as `after` to go on; null: that were all.'),
  })
  .meta({ id: 'ReplayedMany' });
