import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { requireMayAnswerFor } from '../own-rep.ts';
import { problem } from '../problem.ts';
import { id } from '../schemas/common.ts';
import { decisionView } from '../schemas/decision.ts';
import { refusalDetail } from './refusal-detail.ts';

/** A rep claims an offered lead; the first wins and the others are told who. */
export const postClaim = defineEndpoint({
  method: 'post',
  path: '/api/v1/assignments/{id}/claim',
  needs: 'answer',
  summary: 'Claim an offered lead for a rep',
  params: z.object({ id }),
  body: z.strictObject({ rep: id }),
  reply: z.object({ already: z.boolean().describe('The rep had it before.'), decision: decisionView }),
  problems: ['not_found', 'claimed_by_other', 'expired', 'closed', 'not_offered_to_you', 'at_capacity'],
  changes: { action: 'lead.claimed', subject: ({ params }) => params.id },
  handle: async ({ body, caller, params }, parts) => {
    await requireMayAnswerFor(parts, caller, body.rep);
    const reply = await parts.useCases.claim({
      tenantId: caller.tenantId,
      assignmentId: params.id,
      repId: body.rep,
    });
    if (reply.ok) return { already: reply.already, decision: reply.decision };
    if (reply.code === 'claimed_by_other')
      throw problem(
        'claimed_by_other',
        `The lead is with ${reply.winner.name} (${reply.winner.id}): nothing is left to do.`,
      );
    throw problem(reply.code, refusalDetail(reply.code));
  },
});
