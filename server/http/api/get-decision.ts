import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { id } from '../schemas/common.ts';
import { decisionView } from '../schemas/decision.ts';

/** One decision. */
export const getDecision = defineEndpoint({
  method: 'get',
  path: '/api/v1/decisions/{id}',
  needs: 'read',
  summary: 'Read one decision',
  params: z.object({ id }),
  reply: decisionView,
  problems: ['not_found'],
  handle: async ({ caller, params }, { queries }) =>
    (await queries.decision(caller.tenantId, params.id)) ?? noSuchDecision(params.id),
});

/** Throws `not_found`, the same for an unknown id and for another tenant's. */
export const noSuchDecision = (decisionId: string): never => {
  throw problem('not_found', `There is no decision ${decisionId}: GET /api/v1/decisions lists them.`);
};
