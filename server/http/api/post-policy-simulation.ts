import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { pastDays, pastSimulationView } from '../schemas/simulation.ts';

/** Tries a draft on the tenant's own past leads. Nothing is stored. */
export const postPolicySimulation = defineEndpoint({
  method: 'post',
  path: '/api/v1/policy/simulate',
  cost: 'expensive',
  needs: 'read',
  summary: 'Try a policy on the leads of the last days, beside the live one and what really happened',
  limit: 1024 * 1024,
  body: z.strictObject({
    policy: z.unknown().describe('The policy document.'),
    days: pastDays,
  }),
  tellsProgress: true,
  reply: pastSimulationView,
  problems: ['conflict', 'took_too_long'],
  changes: 'nothing',
  handle: ({ body, caller, signal, progress }, { past }) =>
    past.simulate({ tenantId: caller.tenantId, document: body.policy, days: body.days, signal, progress }),
});
