import { z } from 'zod';
import { refusalText } from '../cards/refusal-text.ts';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { note } from '../schemas/card.ts';
import { id } from '../schemas/common.ts';

/** Gives a lead to another rep, as an admin may. */
export const postReassign = defineEndpoint({
  method: 'post',
  path: '/api/v1/assignments/{id}/reassign',
  needs: 'manage',
  summary: 'Give a lead to another rep',
  params: z.object({ id }),
  body: z.strictObject({ rep: id, note }),
  takesIdempotencyKey: true,
  reply: z.object({ already: z.boolean().describe('The rep had it before.') }),
  problems: ['not_found', 'closed', 'unknown_rep'],
  changes: { action: 'lead.reassigned', subject: ({ params }) => params.id },
  handle: async ({ body, caller, params, idempotencyKey }, { useCases }) => {
    const reply = await useCases.reassign({
      tenantId: caller.tenantId,
      assignmentId: params.id,
      repId: body.rep,
      by: { repId: null, admin: true },
      note: body.note ?? null,
      ...(idempotencyKey !== null && { request: { endpoint: 'api/reassign', key: idempotencyKey } }),
    });
    if (reply.ok) return { already: reply.already };
    // An API key may give any lead to anybody.
    if (reply.code === 'not_allowed') throw new Error('An admin was not allowed to give a lead away.');
    throw problem(reply.code, refusalText(reply.code));
  },
});
