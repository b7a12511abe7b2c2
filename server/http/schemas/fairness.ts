import { z } from 'zod';
import type { MemberFairness, PoolFairness, PoolLags } from '../../assignments/pool-fairness.ts';
import { instant, namedRef } from './common.ts';

const millionths = z.int().meta({ description: 'Millionths of a lead.' });

const member: z.ZodType<MemberFairness> = z.object({
  rep: namedRef,
  owed: millionths,
  received: millionths,
  lag: millionths.describe('Owed minus received, without what is banked.'),
  banked: millionths.describe('Owed for time away and not yet released.'),
  worstLag: millionths,
  worstAt: instant.nullable(),
});

/** A pool's fairness statement. */
export const poolFairnessView: z.ZodType<PoolFairness> = z
  .object({
    pool: namedRef,
    says: z.string().describe('What holds, for people.'),
    entries: z.int(),
    turns: z.int().describe('Entries that are one lead, owed by share and charged to one.'),
    from: instant.nullable(),
    to: instant.nullable(),
    digest: z.string().describe('SHA-256 chained over every entry: docs/fairness.md.'),
    owed: millionths,
    received: millionths,
    worstLag: millionths,
    bound: millionths
      .nullable()
      .describe('What nobody’s lag can reach, proven; null: no bound holds, and worstLag is what was seen.'),
    unboundBecause: z.enum(['no_turns', 'members_changed', 'not_by_rule', 'corrections']).nullable(),
    members: z.array(member),
  })
  .meta({ id: 'PoolFairness' });

/** How a pool's lags went over time. */
export const poolLagsView: z.ZodType<PoolLags> = z
  .object({
    reps: z.array(namedRef).readonly(),
    points: z
      .array(
        z.object({ at: instant, lags: z.array(millionths).readonly().describe('In the order of `reps`.') }),
      )
      .readonly()
      .describe('Oldest first, the last after the last entry; of many entries some hundred.'),
  })
  .meta({ id: 'PoolLags' });
