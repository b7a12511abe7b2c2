import { loadOf } from './lane-memory.ts';
import type { LaneSession, LeadFile } from './lane-session.ts';
import { returnSlot, takeSlot } from './rep-load.ts';
import type { RepLoad } from './stored.ts';

const keepLoad = (session: LaneSession, load: RepLoad): void => {
  session.memory.state.loads.set(load.repId, load);
  session.memory.reps.forget(load.repId);
  session.changes.loads.set(load.repId, load);
};

/** Takes one of a rep's slots now. Returns what the assignment keeps as `heldAt`. */
export const hold = (session: LaneSession, rep: string): number => {
  const windows = session.memory.reps.windows(rep, session.now);
  keepLoad(session, takeSlot(loadOf(session.memory.state, rep), windows));
  return session.now;
};

/**
 * Gives back the slot an assignment holds, if it holds one. `undone`: the rep never had the lead to work on, so the
 * windows it was taken in forget it too. Something has freed: waiting leads are to be looked at.
 */
export const release = (
  session: LaneSession,
  { assignment: { repId, heldAt } }: LeadFile,
  undone: boolean,
): void => {
  if (repId === null || heldAt === null) return;
  const taken = undone ? session.memory.reps.windows(repId, heldAt) : null;
  keepLoad(session, returnSlot(loadOf(session.memory.state, repId), taken));
  session.changes.drainAt = session.now;
};
