import type { NamedRef } from '../assignments/views.ts';
import { answersForOthers } from '../base/roles.ts';
import type { Caller, HttpParts } from './ports.ts';
import { problem } from './problem.ts';

/** Whom the caller is in the directory of reps, by their verified e-mail address; null: nobody. */
export const ownRep = async ({ people }: HttpParts, caller: Caller): Promise<NamedRef | null> => {
  const person = caller.session?.person ?? null;
  return person === null ? null : people.repOf(caller.tenantId, person.id);
};

/** The same, for who has to be somebody. Throws `no_rep`. */
export const requireOwnRep = async (parts: HttpParts, caller: Caller): Promise<NamedRef> => {
  const rep = await ownRep(parts, caller);
  if (rep !== null) return rep;
  throw problem(
    'no_rep',
    'Nobody in the directory of reps has your verified e-mail address: ask an admin to put it there.',
  );
};

/** A rep answers for themselves alone. Throws `forbidden`. */
export const requireMayAnswerFor = async (parts: HttpParts, caller: Caller, repId: string): Promise<void> => {
  if (caller.session === null || answersForOthers(caller.session.role)) return;
  if ((await ownRep(parts, caller))?.id === repId) return;
  throw problem('forbidden', 'You answer for yourself alone: ask a manager to answer for somebody else.');
};
