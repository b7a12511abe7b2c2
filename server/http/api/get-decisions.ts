import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { id } from '../schemas/common.ts';
import { decisionSummary } from '../schemas/decision.ts';

const count = z.coerce.number('must be a whole number').int('must be a whole number');

/** The tenant's decisions, newest first. */
export const getDecisions = defineEndpoint({
  method: 'get',
  path: '/api/v1/decisions',
  needs: 'read',
  summary: 'List decisions, newest first',
  query: z.strictObject({
    limit: count.min(1).max(200).default(50).describe('How many; at most 200.'),
    after: id.nullable().default(null).describe('The `next` of the page before.'),
    since: count.min(0).optional().describe('Only decisions with a greater `seq`.'),
  }),
  reply: z.object({
    items: z.array(decisionSummary).readonly(),
    next: z.string().nullable().describe('Give it as `after`; null: the last page.'),
  }),
  handle: ({ caller, query }, { queries }) =>
    queries.decisions(caller.tenantId, {
      limit: query.limit,
      after: query.after,
      ...(query.since !== undefined && { since: query.since }),
    }),
});
