import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { id } from '../schemas/common.ts';

/** Tries a refused write again, once what it named was done. */
export const postDeliveryRetry = defineEndpoint({
  method: 'post',
  path: '/api/v1/deliveries/{id}/retry',
  needs: 'manage',
  summary: 'Try a refused write again',
  params: z.object({ id }),
  reply: z.object({ retried: z.literal(true) }),
  problems: ['not_found'],
  changes: { action: 'delivery.retried', subject: ({ params }) => params.id },
  handle: async ({ caller, params }, { deliveries }) => {
    if (await deliveries.retry(caller.tenantId, params.id)) return { retried: true } as const;
    throw problem(
      'not_found',
      'No write of that id was refused: it is under way or done. GET /api/v1/deliveries/refused lists those that were.',
    );
  },
});
