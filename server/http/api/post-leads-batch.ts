import { z } from 'zod';
import { LIMITS } from '../body.ts';
import { defineEndpoint } from '../endpoint.ts';
import { decisionView } from '../schemas/decision.ts';
import { newLead } from '../schemas/lead.ts';
import { checkFields, decisionOrProblem, ownRecords, toCommand } from './route-lead.ts';

const MOST_LEADS = 200;

/** Decides many leads, in the order given. One lead that cannot be read refuses the whole batch. */
export const postLeadsBatch = defineEndpoint({
  method: 'post',
  path: '/api/v1/leads/batch',
  weight: ({ leads }) => leads.length,
  needs: 'route',
  summary: 'Route up to 200 leads, answered in the same order',
  limit: LIMITS.batch,
  body: z.strictObject({
    leads: z
      .array(newLead)
      .min(1, 'must hold a lead')
      .max(MOST_LEADS, `must hold at most ${MOST_LEADS} leads: split it`),
  }),
  takesIdempotencyKey: true,
  reply: z.object({ decisions: z.array(decisionView) }),
  problems: ['invalid_fields', 'unknown_connection', 'no_policy', 'record_gone'],
  changes: { action: 'lead.batch_given', subject: () => null },
  handle: async (call, parts) => {
    const leads = call.body.leads.map((lead, index) => ({ lead, at: `/leads/${index}` }));
    const own = await ownRecords(leads, call.caller.tenantId, parts);
    await checkFields(leads, call.caller.tenantId, parts);
    const key = (index: number) => (call.idempotencyKey === null ? null : `${call.idempotencyKey}/${index}`);
    const replies = await Promise.all(
      own.map((lead, index) =>
        parts.useCases.decideLead(toCommand(lead, call, { endpoint: 'api/leads/batch', key: key(index) })),
      ),
    );
    return { decisions: replies.map((reply, index) => decisionOrProblem(reply, `/leads/${index}`)) };
  },
});
