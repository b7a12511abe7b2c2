import { z } from 'zod';
import { LIMITS } from '../body.ts';
import { defineEndpoint } from '../endpoint.ts';

/** Replaces the directory of reps. */
export const putReps = defineEndpoint({
  method: 'put',
  path: '/api/v1/reps',
  needs: 'administer',
  summary: 'Replace the directory of reps',
  limit: LIMITS.batch,
  body: z.array(z.unknown(), 'must be the list of reps').max(10_000),
  reply: z.object({ count: z.int() }),
  changes: { action: 'reps.replaced', subject: () => null },
  handle: ({ body, caller }, { useCases }) => useCases.putReps({ tenantId: caller.tenantId, reps: body }),
});
