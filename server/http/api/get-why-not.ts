import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { id } from '../schemas/common.ts';
import { whyNotView } from '../schemas/why-not.ts';
import { noSuchDecision } from './get-decision.ts';

/** Why one rep was not whom a decision chose, and the smallest change that would have made them it. */
export const getWhyNot = defineEndpoint({
  method: 'get',
  path: '/api/v1/decisions/{id}/explanation/{rep}',
  needs: 'read',
  summary: 'Explain why one rep did not get a lead, and what would have changed it',
  params: z.object({ id, rep: id.describe("The rep's id.") }),
  reply: whyNotView,
  problems: ['not_found'],
  handle: async ({ caller, params }, { queries }) => {
    const found = await queries.whyNot(caller.tenantId, params.id, params.rep);
    if (found === 'no_rep')
      throw problem('not_found', `There is no rep ${params.rep}: GET /api/v1/reps lists them.`);
    return found ?? noSuchDecision(params.id);
  },
});
