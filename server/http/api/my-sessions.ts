import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import type { Caller, CallerSession } from '../ports.ts';
import { problem } from '../problem.ts';
import { requireRecentSignIn } from '../require-recent-sign-in.ts';
import { id, instant } from '../schemas/common.ts';

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
      here: z.boolean().describe('The one that asks.'),
    }),
  ),
  handle: async ({ caller }, { people }) => {
    const { person = null, token = '' } = caller.session ?? {};
    const sessions = person === null ? [] : await people.sessions(person.id, token);
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

/** Ends one session of the caller, in whatever browser: for one that is lost, or that somebody else sits at. */
export const postSessionEnd = defineEndpoint({
  method: 'post',
  path: '/api/v1/me/sessions/{id}/end',
  needs: null,
  summary: 'Sign out one of your browsers',
  params: z.object({ id }),
  reply: ended,
  problems: ['not_found', 'sign_in_again'],
  changes: { action: 'person.session_ended', subject: (call) => call.params.id },
  handle: async ({ caller, params }, parts) => {
    const { person } = sessionOf(caller);
    requireRecentSignIn(caller, parts);
    if (person === null || !(await parts.people.endSession(person.id, params.id)))
      throw problem(
        'not_found',
        'You are not signed in there any more: GET /api/v1/me/sessions lists where.',
      );
    parts.access.forget();
    return { ended: true };
  },
});

/** Ends every session of the caller but the one that asks. */
export const postOtherSessionsEnd = defineEndpoint({
  method: 'post',
  path: '/api/v1/me/sessions/end-others',
  needs: null,
  summary: 'Sign out all your other browsers',
  reply: z.object({ ended: z.int().describe('How many.') }),
  problems: ['sign_in_again'],
  changes: { action: 'person.other_sessions_ended', subject: self },
  handle: async ({ caller }, parts) => {
    const { person, token } = sessionOf(caller);
    requireRecentSignIn(caller, parts);
    const count = person === null ? 0 : await parts.people.endOtherSessions(person.id, token);
    parts.access.forget();
    return { ended: count };
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
  problems: ['sign_in_again'],
  changes: { action: 'person.signed_out_everywhere', subject: self },
  handle: async ({ caller }, parts) => {
    const { token, person } = sessionOf(caller);
    requireRecentSignIn(caller, parts);
    const { access } = parts;
    await access.endSession(token);
    if (person !== null) await access.endSessionsOf(person.id);
    return { ended: true };
  },
});
