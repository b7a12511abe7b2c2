import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import type { Caller, CallerSession } from '../ports.ts';
import { problem } from '../problem.ts';
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

const sessionOf = ({ session }: Caller): CallerSession => {
  if (session !== null) return session;
  throw problem('forbidden', 'An API key is signed in nowhere: revoke it instead.');
};

const self = ({ caller }: { readonly caller: Caller }): string | null => caller.session?.person?.id ?? null;

/** The browser keeps nothing of what it was shown. Cookies stay: theirs is dead, and others are of other programs. */
const FORGET = { 'clear-site-data': '"cache", "storage"' };

/** Ends this browser's session. */
export const postSignOut = defineEndpoint({
  method: 'post',
  path: '/api/v1/me/sign-out',
  needs: null,
  summary: 'Sign this browser out',
  reply: ended,
  headers: FORGET,
  changes: { action: 'person.signed_out', subject: self },
  handle: async ({ caller }, { access }) => {
    await access.endSession(sessionOf(caller).token);
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
  headers: FORGET,
  changes: { action: 'person.signed_out_everywhere', subject: self },
  handle: async ({ caller }, { access }) => {
    const { token, person } = sessionOf(caller);
    await access.endSession(token);
    if (person !== null) await access.endSessionsOf(person.id);
    return { ended: true };
  },
});
