import { z } from 'zod';
import type { ChangeReply, PersonEntry } from '../../assignments/people-ports.ts';
import { permissionsOf, type Role, reviewsAccess } from '../../base/roles.ts';
import { defineEndpoint } from '../endpoint.ts';
import type { Caller, HttpParts } from '../ports.ts';
import { problem } from '../problem.ts';
import { requireRecentSignIn } from '../require-recent-sign-in.ts';
import { id, namedRef } from '../schemas/common.ts';
import { invitation, leastRole, personEntry, role } from '../schemas/people.ts';

const done = z.object({ done: z.literal(true) });
const params = z.object({ id });

const peopleReply = z.object({
  whole: z
    .boolean()
    .describe('false: the caller sees themselves, and others by name alone; no invitations, no admission.'),
  people: z.array(personEntry),
  others: z.array(namedRef).describe('Who else can sign in: for the names in what they did.'),
  removed: z.array(namedRef).describe('Who cannot sign in any more: for the names in what they did.'),
  invitations: z.array(invitation),
  admits: leastRole.describe('The role of who comes uninvited with a connected account; null: they wait.'),
});
type PeopleView = z.output<typeof peopleReply>;

const toEntry = (one: PersonEntry): PeopleView['people'][number] => ({
  ...one,
  providers: [...one.providers],
  signedInAt: one.signedInAt?.toISOString() ?? null,
});

/** Who may sign in, who waits and who is invited, or as much of it as the caller is to see. */
export const getPeople = defineEndpoint({
  method: 'get',
  path: '/api/v1/people',
  needs: 'read',
  summary:
    'List who may sign in, who waits to, and who is invited; names alone for who does not review access',
  reply: peopleReply,
  handle: async ({ caller: { tenantId, may, session } }, { people }): Promise<PeopleView> => {
    const [everybody, removed] = [await people.list(tenantId), [...(await people.removed(tenantId))]];
    if (!reviewsAccess(session?.role ?? null, may)) return byName(everybody, removed, session?.person?.id);
    return {
      whole: true,
      people: everybody.map(toEntry),
      others: [],
      removed,
      invitations: (await people.invitations(tenantId)).map((one) => ({
        ...one,
        expiresAt: one.expiresAt.toISOString(),
      })),
      admits: leastRole.parse(await people.admits(tenantId)),
    };
  },
});

/** Who waits has done nothing yet that would need a name. */
const byName = (
  everybody: readonly PersonEntry[],
  removed: PeopleView['removed'],
  self: string | undefined,
): PeopleView => ({
  whole: false,
  people: everybody.filter(({ id }) => id === self).map(toEntry),
  others: everybody
    .filter((one) => one.id !== self && one.role !== null)
    .map(({ id: personId, name }) => ({ id: personId, name })),
  removed,
  invitations: [],
  admits: null,
});

/** Who administers can let in others, or keys of theirs: that is given by who is surely there. */
const requireSureGiver = (caller: Caller, given: Role, parts: HttpParts): void => {
  if (permissionsOf(given).has('administer')) requireRecentSignIn(caller, parts);
};

/** Invites by e-mail: whoever proves that the address is theirs has the role. */
export const postInvitation = defineEndpoint({
  method: 'post',
  path: '/api/v1/people/invitations',
  needs: 'own',
  summary: 'Invite somebody by the e-mail address they sign in with',
  body: z.strictObject({ email: z.email().max(320), role }),
  reply: invitation,
  problems: ['conflict', 'sign_in_again'],
  changes: { action: 'person.invited', subject: (_call, reply) => reply.id },
  handle: async ({ body, caller }, parts) => {
    requireSureGiver(caller, body.role, parts);
    const { people } = parts;
    const invited = await people.invite(caller.tenantId, { ...body, by: caller.subject });
    if (invited === 'known')
      throw problem('conflict', `Whoever has ${body.email} can sign in already: change their role instead.`);
    return { ...invited, expiresAt: invited.expiresAt.toISOString() };
  },
});

/** Takes an invitation back. */
export const postUninvite = defineEndpoint({
  method: 'post',
  path: '/api/v1/people/invitations/{id}/revoke',
  needs: 'own',
  summary: 'Take an invitation back',
  params,
  reply: done,
  problems: ['not_found'],
  changes: { action: 'person.uninvited', subject: (call) => call.params.id },
  handle: async ({ params: { id: invitationId }, caller }, { people }) => {
    if (await people.uninvite(caller.tenantId, invitationId)) return { done: true };
    throw problem(
      'not_found',
      'There is no such invitation, or it was taken or is over: GET /api/v1/people lists those that stand.',
    );
  },
});

const answer = ({ access }: HttpParts, reply: ChangeReply): { readonly done: true } => {
  switch (reply) {
    case 'done':
      access.forget();
      return { done: true };
    case 'not_found':
      throw problem('not_found', 'There is no such person in this workspace: GET /api/v1/people lists them.');
    case 'last_owner':
      throw problem('last_owner', 'Make somebody else an owner first: one has to stay.');
    default:
      return reply satisfies never;
  }
};

/** Gives a role, and so lets in who waits. */
export const postPersonRole = defineEndpoint({
  method: 'post',
  path: '/api/v1/people/{id}/role',
  needs: 'own',
  summary: 'Change what a person may do, or let in who waits; they sign in again',
  params,
  body: z.strictObject({ role }),
  reply: done,
  problems: ['not_found', 'last_owner', 'sign_in_again'],
  changes: { action: 'person.role_changed', subject: (call) => call.params.id },
  handle: async ({ params: { id: personId }, body, caller }, parts) => {
    requireSureGiver(caller, body.role, parts);
    return answer(parts, await parts.people.setRole(caller.tenantId, personId, body.role));
  },
});

/** Keeps a person out from now on. */
export const postPersonRemove = defineEndpoint({
  method: 'post',
  path: '/api/v1/people/{id}/remove',
  needs: 'own',
  summary: 'Remove a person: their sessions end, and they come back by an invitation alone',
  params,
  reply: done,
  problems: ['not_found', 'last_owner'],
  changes: { action: 'person.removed', subject: (call) => call.params.id },
  handle: async ({ params: { id: personId }, caller }, parts) =>
    answer(parts, await parts.people.remove(caller.tenantId, personId)),
});

/** What becomes of people who come with a connected account and were not invited. */
export const putAdmission = defineEndpoint({
  method: 'put',
  path: '/api/v1/people/admission',
  needs: 'own',
  summary: 'Say what people of connected accounts may do who were not invited',
  body: z.strictObject({ role: leastRole.describe('null: they wait until an owner lets them in.') }),
  reply: done,
  changes: { action: 'people.admission_changed', subject: () => null },
  handle: async ({ body, caller }, { people }) => {
    await people.setAdmits(caller.tenantId, body.role);
    return { done: true };
  },
});
