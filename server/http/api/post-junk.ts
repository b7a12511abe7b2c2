import { z } from 'zod';
import type { JunkReply } from '../../assignments/use-cases.ts';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { reason } from '../schemas/adjustment.ts';
import { id } from '../schemas/common.ts';

/** Marks a lead as junk: whoever was charged for it has the turn back. */
export const postJunk = defineEndpoint({
  method: 'post',
  path: '/api/v1/assignments/{id}/junk',
  needs: 'manage',
  summary: 'Mark a lead as junk and give its turn back',
  params: z.object({ id }),
  body: z.strictObject({ reason }),
  takesIdempotencyKey: true,
  reply: z.object({ already: z.boolean().describe('The turn had been given back before.') }),
  problems: ['not_found', 'conflict'],
  changes: { action: 'lead.junked', subject: ({ params }) => params.id },
  handle: async ({ body, caller, params, idempotencyKey }, { useCases }) => {
    const reply = await useCases.markJunk({
      tenantId: caller.tenantId,
      assignmentId: params.id,
      reason: body.reason,
      by: { repId: null, admin: true, name: caller.subject },
      ...(idempotencyKey !== null && { request: { endpoint: 'api/junk', key: idempotencyKey } }),
    });
    if (reply.ok) return { already: reply.already };
    throw refused(reply.code);
  },
});

const refused = (code: Extract<JunkReply, { ok: false }>['code']): Error => {
  switch (code) {
    case 'not_found':
      return problem('not_found', 'There is no such assignment. A decision names its own as `assignment`.');
    case 'not_assigned':
      return problem('conflict', 'Nobody has the lead yet: a rep can decline the offer instead.');
    case 'not_charged':
      return problem('conflict', 'No pool charged anybody for this lead: there is no turn to give back.');
    case 'too_late':
      return problem(
        'conflict',
        'The lead was given too long ago. Credit the rep in the pool instead, or set `junk: {within: …}` in the policy.',
      );
    case 'not_allowed':
      // An API key may mark any lead.
      return new Error('An admin was not allowed to mark a lead as junk.');
    default:
      return code satisfies never;
  }
};
