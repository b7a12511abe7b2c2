import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { id } from '../schemas/common.ts';
import { explanationView } from '../schemas/decision.ts';
import { noSuchDecision } from './get-decision.ts';

/** A decision with everything there is to tell: rules passed over, steps, the lead's story. */
export const getExplanation = defineEndpoint({
  method: 'get',
  path: '/api/v1/decisions/{id}/explanation',
  needs: 'read',
  summary: 'Explain one decision',
  params: z.object({ id }),
  reply: explanationView,
  problems: ['not_found'],
  handle: async ({ caller, params }, { queries }) =>
    (await queries.explanation(caller.tenantId, params.id)) ?? noSuchDecision(params.id),
});
