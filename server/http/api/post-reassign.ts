import { z } from 'zod';
import { refusalText } from '../cards/refusal-text.ts';
import { defineEndpoint } from '../endpoint.ts';
import { ownRep } from '../own-rep.ts';
import { problem } from '../problem.ts';
import { note } from '../schemas/card.ts';
import { id } from '../schemas/common.ts';

/** Gives a lead to another rep, as managers may and admins. */
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
  handle: async ({ body, caller, params, idempotencyKey }, parts) => {
    // Who is a rep as well is named in the lead's story.
    const rep = await ownRep(parts, caller);
    const reply = await parts.useCases.reassign({
      tenantId: caller.tenantId,
      assignmentId: params.id,
      repId: body.rep,
      by: { repId: rep?.id ?? null, admin: true },
      note: body.note ?? null,
      ...(idempotencyKey !== null && { request: { endpoint: 'api/reassign', key: idempotencyKey } }),
    });
    if (reply.ok) return { already: reply.already };
    // Whoever may manage gives any lead to anybody.
    if (reply.code === 'not_allowed') throw new Error('An admin was not allowed to give a lead away.');
    throw problem(reply.code, refusalText(reply.code));
  },
});
