import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { pastSimulationView } from '../schemas/simulation.ts';

/** Tries a draft on the tenant's own past leads. Nothing is stored. */
export const postPolicySimulation = defineEndpoint({
  method: 'post',
  path: '/api/v1/policy/simulate',
  needs: 'read',
  summary: 'Try a policy on the leads of the last days, beside the live one and what really happened',
  limit: 1024 * 1024,
  body: z.strictObject({
    policy: z.unknown().describe('The policy document.'),
    days: z.int().min(1).max(366).default(30),
  }),
  reply: pastSimulationView,
  problems: ['conflict'],
  changes: 'nothing',
  handle: ({ body, caller }, { past }) =>
    past.simulate({ tenantId: caller.tenantId, document: body.policy, days: body.days }),
});
