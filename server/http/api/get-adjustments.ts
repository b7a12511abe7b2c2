import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { adjustmentView } from '../schemas/adjustment.ts';
import { id } from '../schemas/common.ts';

const MOST = 100;

/** What people changed in a pool's ledger, newest first: who, what and why. */
export const getAdjustments = defineEndpoint({
  method: 'get',
  path: '/api/v1/pools/{id}/adjustments',
  needs: 'read',
  summary: 'What was credited, debited, passed and given back in a pool',
  params: z.object({ id }),
  reply: z.array(adjustmentView),
  handle: ({ caller, params }, { queries }) =>
    queries.adjustments(caller.tenantId, { pool: params.id, limit: MOST }),
});
