import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { id } from '../schemas/common.ts';
import { poolLagsView } from '../schemas/fairness.ts';
import { noSuchPool } from './get-pool-fairness.ts';

/** How a pool's lags went over time, to be drawn. */
export const getPoolLags = defineEndpoint({
  method: 'get',
  path: '/api/v1/pools/{id}/lags',
  needs: 'read',
  summary: 'How each member’s lag went over time, in some hundred points',
  params: z.object({ id }),
  reply: poolLagsView,
  problems: ['not_found'],
  handle: async ({ caller, params }, { queries }) =>
    (await queries.poolLags(caller.tenantId, params.id)) ?? noSuchPool(params.id),
});
