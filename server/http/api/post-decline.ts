import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { requireMayAnswerFor } from '../own-rep.ts';
import { problem } from '../problem.ts';
import { declineReason } from '../schemas/card.ts';
import { id } from '../schemas/common.ts';
import { refusalDetail } from './refusal-detail.ts';

/** A rep declines an offered lead; it is decided afresh without them. */
export const postDecline = defineEndpoint({
  method: 'post',
  path: '/api/v1/assignments/{id}/decline',
  needs: 'answer',
  summary: 'Decline an offered lead for a rep',
  params: z.object({ id }),
  body: z.strictObject({
    rep: id,
    reason: declineReason.default('other'),
    note: z.string().max(1_000).nullable().default(null),
  }),
  reply: z.object({ already: z.boolean().describe('The rep had declined before.') }),
  problems: ['not_found', 'claimed', 'expired', 'closed', 'not_offered_to_you'],
  changes: { action: 'lead.declined', subject: ({ params }) => params.id },
  handle: async ({ body, caller, params }, parts) => {
    await requireMayAnswerFor(parts, caller, body.rep);
    const reply = await parts.useCases.decline({
      tenantId: caller.tenantId,
      assignmentId: params.id,
      repId: body.rep,
      reason: body.reason,
      note: body.note,
    });
    if (reply.ok) return { already: reply.already };
    throw problem(reply.code, refusalDetail(reply.code));
  },
});
