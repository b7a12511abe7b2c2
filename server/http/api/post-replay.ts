import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { id } from '../schemas/common.ts';
import { replayedManyView, replayedView } from '../schemas/replay.ts';
import { noSuchDecision } from './get-decision.ts';

/** Decides one stored decision again from its inputs. Nothing is stored. */
export const postDecisionReplay = defineEndpoint({
  method: 'post',
  path: '/api/v1/decisions/{id}/replay',
  needs: 'read',
  summary: 'Decide one decision again from its stored inputs, and compare',
  params: z.object({ id }),
  reply: replayedView,
  problems: ['not_found'],
  changes: 'nothing',
  handle: async ({ caller, params }, { past }) =>
    (await past.replays.one(caller.tenantId, params.id)) ?? noSuchDecision(params.id),
});

/** Decides stored decisions again, oldest first, some at a time. */
export const postReplay = defineEndpoint({
  method: 'post',
  path: '/api/v1/decisions/replay',
  cost: 'expensive',
  needs: 'read',
  summary: 'Decide stored decisions again, oldest first, and list those that come out otherwise',
  body: z.strictObject({
    after: z.int().min(0).default(0).describe('The `next` of the reply before.'),
    limit: z.int().min(1).max(1000).default(200),
  }),
  reply: replayedManyView,
  changes: 'nothing',
  handle: ({ body, caller }, { past }) => past.replays.many(caller.tenantId, body.after, body.limit),
});
