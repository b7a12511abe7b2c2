import type { Admitted, Identity } from '../../assignments/sign-in-ports.ts';
import { AppError } from '../../base/app-error.ts';
import type { Invited, KnownPerson, PeopleBook } from './people-book.ts';
import { workspaceNameOf } from './workspace-name.ts';

const refusals = {
  no_workspace:
    'No workspace here knows you: ask an owner of yours to invite the e-mail address you sign in with.',
  waiting: 'You are known now, and an owner of the workspace has to let you in: ask one.',
  removed: 'You were removed from the workspace: ask an owner to invite you again.',
} as const;

const refuse = (code: keyof typeof refusals): never => {
  throw new AppError(code, refusals[code], { status: 403 });
};

const enter = ({ id, tenantId, role, removed }: KnownPerson): Admitted => {
  if (role !== null) return { personId: id, tenantId };
  return refuse(removed ? 'removed' : 'waiting');
};

/** The one workspace that has the account connected; null: none has, or several. */
const homeOf = async (book: PeopleBook, { account }: Identity): Promise<string | null> => {
  const tenants = account === null ? [] : await book.tenantsOf(account);
  return tenants.length === 1 ? (tenants[0] as string) : null;
};

/** An invitation that stands, of the given workspace or (null) of any. */
const invitationOf = async (
  book: PeopleBook,
  { email, emailVerified }: Identity,
  tenantId: string | null,
): Promise<Invited | null> => {
  if (email === null || !emailVerified) return null;
  const invited = await book.invitationsTo(email);
  return invited.find((one) => tenantId === null || one.tenantId === tenantId) ?? null;
};

const meetAgain = async (
  book: PeopleBook,
  identity: Identity,
  person: KnownPerson,
  mayBegin: boolean,
): Promise<Admitted> => {
  if (person.role !== null) return enter(person);
  const invited = await invitationOf(book, identity, person.tenantId);
  if (invited === null) return enter(person);
  if (!(await book.letIn(person.id, invited))) return admit(book, identity, mayBegin);
  return enter({ ...person, role: invited.role });
};

/**
 * Which workspace an identity leads to: the one it is known in; else one it is invited to; else the one its account is
 * connected to. An account that is connected belongs to that workspace, and no other's invitation takes its people
 * away. Whom none leads to begins one of their own, where they `mayBegin`. An invitation is taken together with what it
 * gives, so whoever is interrupted signs in again. Throws AppError `no_workspace`, `waiting`, `removed`.
 */
export const admit = async (book: PeopleBook, identity: Identity, mayBegin: boolean): Promise<Admitted> => {
  const known = await book.meet(identity);
  if (known !== null) return meetAgain(book, identity, known, mayBegin);
  const home = await homeOf(book, identity);
  const invited = await invitationOf(book, identity, home);
  const tenantId = invited?.tenantId ?? home;
  if (tenantId === null) {
    if (!mayBegin) return refuse('no_workspace');
    const owner = await book.begin(identity, workspaceNameOf(identity));
    return owner === null ? admit(book, identity, mayBegin) : { ...enter(owner), began: true };
  }
  const as = invited === null ? { role: await book.admits(tenantId) } : { invited };
  const added = await book.add(tenantId, identity, as);
  return added === null ? admit(book, identity, mayBegin) : enter(added);
};
