import type { RosterRep } from './roster.ts';
import type { StoredAssignment } from './stored.ts';

/** Who looks at a card or presses a button on it. */
export interface Looker {
  /** null: no rep here. */
  readonly repId: string | null;
  /** May give any lead to anybody. */
  readonly admin: boolean;
}

/** What they may do with an assignment now. */
export interface Permissions {
  readonly claim: boolean;
  readonly decline: boolean;
  readonly reassign: boolean;
}

type Reps = ReadonlyMap<string, RosterRep>;
type Asked = Pick<StoredAssignment, 'state' | 'repId' | 'offeredTo' | 'dueAt' | 'dueKind'>;

export const NOTHING: Permissions = Object.freeze({ claim: false, decline: false, reassign: false });

/**
 * An offer is answered by those it is to, while it runs. A lead is given to somebody else by its owner, by a manager of
 * whoever has it or is asked, or by an admin; one that nobody has, by any manager or admin.
 */
export const permissionsOf = (
  assignment: Asked,
  { repId, admin }: Looker,
  reps: Reps,
  now: number,
): Permissions => {
  if (assignment.state === 'closed') return NOTHING;
  const running = assignment.dueKind !== 'offer' || assignment.dueAt! > now;
  const asked = assignment.state === 'offered' && assignment.offeredTo.some(({ rep }) => rep === repId);
  const answers = repId !== null && asked && running;
  return {
    claim: answers,
    decline: answers,
    reassign: admin || (repId !== null && mayGive(assignment, repId, reps)),
  };
};

const mayGive = ({ state, repId: owner, offeredTo }: Asked, looker: string, reps: Reps): boolean => {
  if (state === 'assigned' && owner === looker) return true;
  const concerned = state === 'assigned' ? [owner] : offeredTo.map(({ rep }) => rep);
  const managed = concerned.length > 0 ? concerned : [...reps.keys()];
  return managed.some((rep) => rep !== null && managersOf(rep, reps).has(looker));
};

/** Whether somebody may change what a rep is owed: an admin, or one of the rep's managers. */
export const mayAdjust = ({ repId, admin }: Looker, rep: string, reps: Reps): boolean =>
  admin || (repId !== null && managersOf(rep, reps).has(repId));

/** A rep's manager, the manager's manager and so on, by id. */
const managersOf = (rep: string, reps: Reps): ReadonlySet<string> => {
  const found = new Set<string>();
  let manager = managerOf(rep, reps);
  // A circle of managers ends where it closes.
  while (manager !== null && !found.has(manager)) {
    found.add(manager);
    manager = managerOf(manager, reps);
  }
  return found;
};

/** A rep's manager by id, whom the directory names by id or by e-mail; null: nobody is named. */
export const managerOf = (rep: string, reps: Reps): string | null => {
  const named = reps.get(rep)?.rep.manager ?? null;
  if (named === null || reps.has(named)) return named;
  const email = named.toLowerCase();
  return [...reps.values()].find(({ rep }) => rep.email === email)?.rep.id ?? null;
};
