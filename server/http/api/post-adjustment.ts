import { z } from 'zod';
import type { Adjustment, AdjustReply } from '../../assignments/use-cases.ts';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { adjustmentBody } from '../schemas/adjustment.ts';
import { id } from '../schemas/common.ts';

/** Credits or debits a member of a pool, or has their next turn passed once. */
export const postAdjustment = defineEndpoint({
  method: 'post',
  path: '/api/v1/pools/{id}/adjustments',
  needs: 'manage',
  summary: 'Credit or debit a rep in a pool, or pass their next turn',
  params: z.object({ id }),
  body: adjustmentBody,
  takesIdempotencyKey: true,
  reply: z.object({ id: z.string() }),
  problems: ['not_found', 'unknown_rep', 'conflict'],
  changes: { action: 'pool.adjusted', subject: (_call, reply) => reply.id },
  handle: async ({ body, caller, params, idempotencyKey }, { useCases }) => {
    const reply = await useCases.adjustPool({
      tenantId: caller.tenantId,
      poolId: params.id,
      repId: body.rep,
      adjustment: adjustmentOf(body),
      reason: body.reason,
      by: { repId: null, admin: true, name: caller.subject },
      ...(idempotencyKey !== null && { request: { endpoint: 'api/adjustments', key: idempotencyKey } }),
    });
    if (reply.ok) return { id: reply.id };
    throw refused(reply.code);
  },
});

const adjustmentOf = (body: z.output<typeof adjustmentBody>): Adjustment =>
  'leads' in body
    ? { kind: 'credit', amount: Math.round(body.leads * 1e6) }
    : { kind: 'skip', skip: body.skip === 'none' ? null : body.skip };

const refused = (code: Extract<AdjustReply, { ok: false }>['code']): Error => {
  switch (code) {
    case 'unknown_pool':
      return problem('not_found', 'The live policy has no such pool. GET /api/v1/overview lists its pools.');
    case 'not_a_member':
      return problem('unknown_rep', 'The rep is no member of this pool. Name one of its members by id.');
    case 'no_other_members':
      return problem('conflict', 'There is no other active member to give or get it. Add one first.');
    case 'goes_by_time':
      return problem(
        'conflict',
        'A longest_waiting pool goes by time, so a turn cannot be lost in it: pass it with skip: keep.',
      );
    case 'nothing_to_change':
      return problem('conflict', 'It is so already: nothing was changed.');
    case 'not_allowed':
      // An API key may change any pool.
      return new Error('An admin was not allowed to change a pool.');
    default:
      return code satisfies never;
  }
};
