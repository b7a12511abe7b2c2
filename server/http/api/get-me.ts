import { defineEndpoint } from '../endpoint.ts';
import { ownRep } from '../own-rep.ts';
import type { Caller } from '../ports.ts';
import { me } from '../schemas/people.ts';

/** An API key is called by its own name. */
const nameOf = ({ session, subject }: Caller): string =>
  session === null ? subject.replace(/^key:/, '') : (session.person?.name ?? 'This machine');

/** Who calls, and what they may do: the console shows no button that would be refused. */
export const getMe = defineEndpoint({
  method: 'get',
  path: '/api/v1/me',
  needs: null,
  summary: 'Who is signed in, and what they may do',
  reply: me,
  handle: async ({ caller }, parts) => {
    const { session, may, tenantId } = caller;
    return {
      name: nameOf(caller),
      person: session?.person ? { id: session.person.id, email: session.person.email } : null,
      role: session?.role ?? null,
      may: [...may],
      rep: await ownRep(parts, caller),
      workspace: await parts.people.workspace(tenantId),
    };
  },
});
