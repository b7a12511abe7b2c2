import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { id } from '../schemas/common.ts';

/** Signs somebody out in every browser: what a lost laptop asks for at once, so not for a recent sign-in. */
export const postPersonSignOut = defineEndpoint({
  method: 'post',
  path: '/api/v1/people/{id}/sign-out',
  needs: 'administer',
  summary: 'Sign a person out in every browser; they may sign in again. An owner by an owner alone',
  params: z.object({ id }),
  reply: z.object({ ended: z.int().describe('How many browsers were signed in.') }),
  problems: ['not_found'],
  changes: { action: 'person.sessions_ended', subject: (call) => call.params.id },
  handle: async ({ params, caller }, { people, access }) => {
    const ended = await people.endSessionsOf(caller.tenantId, params.id, { owners: caller.may.has('own') });
    if (ended === 'not_found')
      throw problem('not_found', 'There is no such person in this workspace: GET /api/v1/people lists them.');
    if (ended === 'owner')
      throw problem('forbidden', 'An owner is signed out by an owner alone: ask one of yours.');
    access.forget();
    return { ended };
  },
});
