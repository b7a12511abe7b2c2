import { z } from 'zod';
import type { Overview } from '../../assignments/queries.ts';
import { instant, namedRef } from './common.ts';

const member = z.object({
  rep: namedRef,
  weight: z.number(),
  received: z.int(),
  lag: z.number().describe('Leads owed minus leads received.'),
  open: z.int(),
  availability: z.string(),
  skip: z.enum(['keep', 'lose']).nullable().describe('Their next turn is to be passed.'),
  standsInFor: namedRef.exactOptional().describe('Whose turn on call they take, who is not there.'),
});

/** What the live page draws. */
export const overviewView: z.ZodType<Overview> = z
  .object({
    tenant: z.object({
      name: z.string(),
      mode: z.enum(['live', 'log_only']),
      paused: z.boolean(),
      policyVersion: z.int(),
    }),
    counts: z.object({
      decidedToday: z.int(),
      openOffers: z.int(),
      waiting: z.int(),
      inQueues: z.int(),
      deliveriesPending: z.int(),
      deliveriesRefused: z.int(),
    }),
    slas: z
      .object({
        running: z.int().describe('Clocks that run, the overdue included.'),
        overdue: z.int(),
        metToday: z.int().describe('Met in time.'),
        missedToday: z.int(),
        metPercent: z.int().nullable().describe('Of those met or missed today, in time; null: none was.'),
      })
      .exactOptional()
      .describe('Clocks of SLAs; absent where none was ever asked for.'),
    perMinute: z.array(z.object({ at: instant, decided: z.int() })),
    pools: z.array(
      z.object({ id: z.string(), name: z.string(), worstLag: z.number(), members: z.array(member) }),
    ),
    connections: z.array(
      z.object({
        id: z.string(),
        vendor: z.string(),
        name: z.string(),
        status: z.string(),
        url: z.string().nullable(),
      }),
    ),
    alerts: z.array(z.object({ id: z.string(), kind: z.string(), text: z.string(), since: instant })),
  })
  .meta({ id: 'Overview' });
