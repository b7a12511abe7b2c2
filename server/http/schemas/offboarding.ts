import { z } from 'zod';
import type { OffboardingPlan, OffboardingView } from '../../assignments/offboarding/offboarding.ts';
import { instant, namedRef } from './common.ts';

export const offboardingPlan: z.ZodType<OffboardingPlan> = z
  .object({
    rep: namedRef,
    moves: z
      .array(
        z.object({
          assignment: z.string(),
          lead: z.string().nullable(),
          company: z.string().nullable(),
          pool: namedRef.nullable(),
          to: namedRef.nullable().describe('null: the policy decides it afresh.'),
          because: z
            .enum(['account_kept', 'account_known', 'best', 'no_pool', 'nobody'])
            .describe(
              '`account_kept`: with the other leads of its company; `account_known`: to somebody who works with it; `best`: the least cost of all leads together; `no_pool` and `nobody`: the policy decides.',
            ),
        }),
      )
      .readonly(),
    offers: z.int().describe('Offers they have not answered: they go on to others.'),
    totals: z.array(z.object({ rep: namedRef, more: z.int(), open: z.int() })).readonly(),
    namedIn: z.array(z.string()).readonly().describe('Where the live policy names them.'),
  })
  .meta({ id: 'OffboardingPlan' });

export const offboardingView: z.ZodType<OffboardingView> = z
  .object({
    id: z.string().meta({ example: 'off_01jd8x…' }),
    rep: namedRef,
    state: z.enum(['moving', 'done', 'undoing', 'undone']),
    by: z.string(),
    at: instant,
    undoUntil: instant,
    undone: z.object({ by: z.string(), at: instant }).nullable(),
    moves: z
      .array(
        z.object({
          assignment: z.string(),
          to: namedRef.nullable(),
          state: z
            .enum(['pending', 'moved', 'decided', 'skipped', 'back', 'kept'])
            .describe(
              '`decided`: by the policy; `skipped`: it was not theirs any more; undone, `back` or `kept`.',
            ),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'Offboarding' });
