import { AppError } from '../../base/app-error.ts';
import type { NewId } from '../../base/ids.ts';
import type { Lanes } from '../lane.ts';
import { passOn } from '../pass-on.ts';
import { peekAssignment } from '../peek.ts';
import { type ReadParts, readLead } from '../read-lead.ts';
import { MOVED_TOGETHER, moveBackItem, moveItem } from './move-leads.ts';
import type { OffboardingView, OffboardRep } from './offboarding.ts';
import { type PlanParts, planFor } from './plan.ts';
import type { Offboardings, StoredMove, StoredOffboarding } from './ports.ts';

/** How long an offboarding can be undone. Milliseconds. */
export const UNDO_WITHIN = 7 * 86_400_000;

export interface OffboardParts extends ReadParts, PlanParts {
  readonly lanes: Lanes;
  readonly offboardings: Offboardings;
  readonly newId: NewId;
  readonly now: () => number;
}

/** One action for a rep who leaves, its preview, and its way back. `resume` ends what a stopped process left undone. */
export const createOffboardRep = (
  parts: OffboardParts,
): { readonly offboardRep: OffboardRep; readonly resume: (tenantId: string) => Promise<void> } => {
  const { offboardings, lanes } = parts;
  const running = new Map<string, Promise<void>>();
  /** One run of each at a time: whoever asks meanwhile waits for the same. */
  const run = (tenantId: string, id: string): Promise<void> => {
    const known = running.get(id) ?? finish(parts, tenantId, id).finally(() => running.delete(id));
    running.set(id, known);
    return known;
  };
  const view = async (tenantId: string, found: StoredOffboarding | null): Promise<OffboardingView | null> => {
    if (found === null) return null;
    const { reps } = (await lanes.known(tenantId)).roster;
    return viewOf(found, (id) => reps.get(id)?.rep.name ?? id);
  };
  const offboardRep: OffboardRep = {
    preview: (tenantId, repId) => planFor(parts, tenantId, repId),
    latest: async (tenantId, repId) => view(tenantId, await offboardings.latest(tenantId, repId)),
    confirm: async ({ tenantId, repId, by, moves }) => {
      const plan = await planFor(parts, tenantId, repId);
      if (plan === null) throw noSuchRep(repId);
      const wanted = new Map((moves ?? []).map(({ assignment, to }) => [assignment, to]));
      const { reps } = (await lanes.known(tenantId)).roster;
      for (const to of wanted.values())
        if (to !== null && (to === repId || reps.get(to)?.active !== true)) throw unknownRep(to);
      const planned = plan.moves.map(({ assignment, to }) => ({
        assignmentId: assignment,
        // A lead that came after the preview goes where it is planned for now.
        to: wanted.has(assignment) ? wanted.get(assignment)! : (to?.id ?? null),
      }));
      const id = parts.newId('off');
      if (!(await offboardings.begin(tenantId, { id, repId, by, at: parts.now() }, planned)))
        throw noSuchRep(repId);
      await run(tenantId, id);
      return (await view(tenantId, await offboardings.find(tenantId, id)))!;
    },
    undo: async ({ tenantId, id, by }) => {
      const found = await offboardings.find(tenantId, id);
      if (found === null) throw new AppError('not_found', `There is no offboarding ${id}.`, { status: 404 });
      if (parts.now() > found.at + UNDO_WITHIN)
        throw conflict(
          'It is too long ago: put the rep back into the directory, and give them their leads by hand.',
        );
      if (!(await offboardings.beginUndo(tenantId, id, by, parts.now())))
        throw conflict(
          'It is undone already, or being undone: GET /api/v1/reps/{id}/offboarding says how far it is.',
        );
      await run(tenantId, id);
      return (await view(tenantId, await offboardings.find(tenantId, id)))!;
    },
  };
  return {
    offboardRep,
    resume: async (tenantId) => {
      for (const id of await offboardings.underWay(tenantId)) await run(tenantId, id);
    },
  };
};

/** Does what is left to do of an offboarding or its undoing. Each lead's move is durable with what it changes. */
const finish = async (parts: OffboardParts, tenantId: string, id: string): Promise<void> => {
  const found = await parts.offboardings.find(tenantId, id);
  if (found === null) return;
  if (found.state === 'moving') {
    await passOffers(parts, tenantId, found.repId);
    await inTurn(found.moves, 'pending', (moves) => parts.lanes.submit(tenantId, moveItem(found, moves)));
    await parts.offboardings.end(tenantId, id, 'done');
  } else if (found.state === 'undoing') {
    await inTurn(found.moves, 'moved', (moves) => parts.lanes.submit(tenantId, moveBackItem(found, moves)));
    await parts.offboardings.end(tenantId, id, 'undone');
  }
};

const inTurn = async (
  moves: readonly StoredMove[],
  state: StoredMove['state'],
  submit: (moves: readonly StoredMove[]) => Promise<void>,
): Promise<void> => {
  const left = moves.filter((move) => move.state === state);
  for (let from = 0; from < left.length; from += MOVED_TOGETHER)
    await submit(left.slice(from, from + MOVED_TOGETHER));
};

/** Offers the rep has not answered go to others, their turn given back. */
const passOffers = async (parts: OffboardParts, tenantId: string, repId: string): Promise<void> => {
  for (const assignmentId of await parts.store.openOffers(tenantId, repId)) {
    const lead = await peekAssignment(parts.store, tenantId, assignmentId);
    const reading = await readLead(tenantId, lead?.records ?? [], parts);
    await parts.lanes.submit(tenantId, {
      kind: 'offboard_offer',
      wanted: { assignments: [assignmentId] },
      apply: (session) => {
        const file = session.byAssignment(assignmentId);
        const isAsked = file?.assignment.offeredTo.some(({ rep }) => rep === repId) === true;
        if (file !== undefined && isAsked && file.assignment.state === 'offered')
          passOn(session, file, repId, reading);
      },
    });
  }
};

const viewOf = (found: StoredOffboarding, name: (id: string) => string): OffboardingView => ({
  id: found.id,
  rep: { id: found.repId, name: name(found.repId) },
  state: found.state,
  by: found.by,
  at: iso(found.at),
  undoUntil: iso(found.at + UNDO_WITHIN),
  undone:
    found.undoneBy === null || found.undoneAt === null
      ? null
      : { by: found.undoneBy, at: iso(found.undoneAt) },
  moves: found.moves.map(({ assignmentId, to, state }) => ({
    assignment: assignmentId,
    to: to === null ? null : { id: to, name: name(to) },
    state,
  })),
});

const iso = (instant: number): string => new Date(instant).toISOString();
const conflict = (message: string): AppError => new AppError('conflict', message, { status: 409 });
const noSuchRep = (repId: string): AppError =>
  new AppError('not_found', `There is no active rep ${repId}: GET /api/v1/reps lists them.`, { status: 404 });
const unknownRep = (repId: string): AppError =>
  new AppError('unknown_rep', `The rep ${repId} takes no leads: name another.`, { status: 422 });
