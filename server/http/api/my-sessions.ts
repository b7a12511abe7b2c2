import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { instant } from '../schemas/common.ts';

const ended = z.object({ ended: z.literal(true) });

/** The browsers somebody is signed in in. */
export const getMySessions = defineEndpoint({
  method: 'get',
  path: '/api/v1/me/sessions',
  needs: null,
  summary: 'The browsers you are signed in in',
  reply: z.array(
    z.object({
      id: z.string(),
      agent: z.string().nullable().describe('What the browser says it is.'),
      openedAt: instant,
      seenAt: instant.describe('To the minute.'),
    }),
  ),
  handle: async ({ caller }, { people }) => {
    const person = caller.session?.person ?? null;
    const sessions = person === null ? [] : await people.sessions(person.id);
    return sessions.map(({ openedAt, seenAt, ...one }) => ({
      ...one,
      openedAt: openedAt.toISOString(),
      seenAt: seenAt.toISOString(),
    }));
  },
});

/** Ends this browser's session. */
export const postSignOut = defineEndpoint({
  method: 'post',
  path: '/api/v1/me/sign-out',
  needs: null,
  summary: 'Sign this browser out',
  reply: ended,
  handle: async ({ caller }, { access }) => {
    if (caller.session !== null) await access.endSession(caller.session.token);
    return { ended: true };
  },
});

/** Ends every session of the caller. */
export const postSignOutEverywhere = defineEndpoint({
  method: 'post',
  path: '/api/v1/me/sign-out-everywhere',
  needs: null,
  summary: 'Sign out in every browser',
  reply: ended,
  handle: async ({ caller }, { access }) => {
    if (caller.session === null) return { ended: true };
    await access.endSession(caller.session.token);
    if (caller.session.person !== null) await access.endSessionsOf(caller.session.person.id);
    return { ended: true };
  },
});
