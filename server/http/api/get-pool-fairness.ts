import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { id } from '../schemas/common.ts';
import { poolFairnessView } from '../schemas/fairness.ts';

/** A pool's fairness statement, added up from its ledger's entries. */
export const getPoolFairness = defineEndpoint({
  method: 'get',
  path: '/api/v1/pools/{id}/fairness',
  needs: 'read',
  summary:
    'How fairly a pool shared its leads: owed, received, lag, worst lag, and the bound where one holds',
  params: z.object({ id }),
  reply: poolFairnessView,
  problems: ['not_found'],
  handle: async ({ caller, params }, { queries }) =>
    (await queries.poolFairness(caller.tenantId, params.id)) ?? noSuchPool(params.id),
});

/** Throws `not_found`. */
export const noSuchPool = (poolId: string): never => {
  throw problem('not_found', `There is no pool ${poolId}: GET /api/v1/overview lists them.`);
};
