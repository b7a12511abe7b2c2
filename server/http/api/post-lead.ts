import { defineEndpoint } from '../endpoint.ts';
import { decisionView } from '../schemas/decision.ts';
import { newLead } from '../schemas/lead.ts';
import { decisionOrProblem, ownRecords, toCommand } from './route-lead.ts';

/** Decides one lead; the reply comes once the decision is durable. */
export const postLead = defineEndpoint({
  method: 'post',
  path: '/api/v1/leads',
  needs: 'route',
  summary: 'Route one lead',
  body: newLead,
  takesIdempotencyKey: true,
  reply: decisionView,
  problems: ['invalid_fields', 'unknown_connection', 'no_policy', 'record_gone'],
  changes: { action: 'lead.given', subject: (_call, reply) => reply.lead.id },
  handle: async (call, parts) => {
    const [lead = call.body] = await ownRecords([{ lead: call.body, at: '' }], call.caller.tenantId, parts);
    const command = toCommand(lead, call, { endpoint: 'api/leads', key: call.idempotencyKey });
    return decisionOrProblem(await parts.useCases.decideLead(command));
  },
});
