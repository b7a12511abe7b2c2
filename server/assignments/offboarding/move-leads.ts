import { decideAgain } from '../decide-again.ts';
import { addTask, giveTo, sendCard } from '../deliveries.ts';
import { giveByHand } from '../follow-owner.ts';
import type { LaneItem } from '../lane.ts';
import { change, type LaneSession, type LeadFile, tell } from '../lane-session.ts';
import { release } from '../slots.ts';
import { isTheirs } from './plan.ts';
import type { MoveState, StoredMove, StoredOffboarding } from './ports.ts';

/** Leads that one item moves: a group of items shares a transaction. */
export const MOVED_TOGETHER = 20;

/**
 * Moves leads of a rep who left to whom it was planned; those nobody was found for are decided by the policy. In the
 * ledger it counts as any lead given by hand. Done twice, the second time changes nothing.
 */
export const moveItem = (
  { id, repId }: Pick<StoredOffboarding, 'id' | 'repId'>,
  moves: readonly StoredMove[],
): LaneItem<void> => ({
  kind: 'offboard_rep',
  wanted: { assignments: moves.map(({ assignmentId }) => assignmentId) },
  apply: (session) => {
    for (const { assignmentId, to } of moves) {
      const file = session.byAssignment(assignmentId);
      const state = file === undefined ? 'skipped' : move(session, file, repId, to);
      note(session, id, assignmentId, ['pending', state], file);
    }
  },
});

const move = (session: LaneSession, file: LeadFile, repId: string, to: string | null): MoveState => {
  if (!isTheirs(file, repId)) return 'skipped';
  if (to !== null && session.memory.roster.reps.get(to)?.active === true) {
    hand(session, file, to, 'left');
    return 'moved';
  }
  // Without a policy there is nobody to ask: it stays, visibly, with who left.
  if (session.memory.compiled === null) return 'skipped';
  release(session, file, true);
  change(session, file, { repId: null, heldAt: null });
  decideAgain(session, file, { kind: 'kept' }, file.assignment.history);
  return 'decided';
};

const hand = (session: LaneSession, file: LeadFile, to: string, leaving: 'left' | 'back'): void => {
  const from = file.assignment.repId;
  giveByHand(session, file, to, { written: 'none' });
  tell(session, file, 'reassigned', to, { from, leaving });
  giveTo(session, file, to);
  if (!sendCard(session, file, to)) addTask(session, file, to);
};

/** Gives leads back that are still where they went, and that nobody has worked on or moved since. */
export const moveBackItem = (
  { id, repId }: Pick<StoredOffboarding, 'id' | 'repId'>,
  moves: readonly StoredMove[],
): LaneItem<void> => ({
  kind: 'undo_offboarding',
  wanted: { assignments: moves.map(({ assignmentId }) => assignmentId) },
  apply: (session) => {
    const takesLeads = session.memory.roster.reps.get(repId)?.active === true;
    for (const { assignmentId, to, version } of moves) {
      const file = session.byAssignment(assignmentId);
      const untouched =
        file !== undefined &&
        to !== null &&
        isTheirs(file, to) &&
        file.assignment.version === version &&
        file.assignment.firstActivityAt === null;
      if (untouched && takesLeads) hand(session, file, repId, 'back');
      note(session, id, assignmentId, ['moved', untouched && takesLeads ? 'back' : 'kept'], file);
    }
  },
});

const note = (
  session: LaneSession,
  offboardingId: string,
  assignmentId: string,
  [before, state]: readonly [MoveState, MoveState],
  file: LeadFile | undefined,
): void => {
  session.changes.moves.push({
    offboardingId,
    assignmentId,
    before,
    state,
    version: file?.assignment.version ?? null,
  });
};
