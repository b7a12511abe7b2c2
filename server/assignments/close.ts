import { completeCallbacks, refreshCards } from './deliveries.ts';
import { change, type LaneSession, type LeadFile, tell } from './lane-session.ts';
import { release } from './slots.ts';
import type { ClosedBecause } from './types.ts';

/** Reasons that end a lead somebody may have worked on: the slot's windows keep counting it. */
const WORKED: readonly ClosedBecause[] = ['closed_in_crm', 'owner_removed', 'owned_outside', 'log_only'];

/** Ends an assignment: its slot returns, its workflows go on, and its cards say so. The ledger stands. */
export const close = (session: LaneSession, file: LeadFile, because: ClosedBecause, detail: Readonly<Record<string, unknown>> = {}): void => {
  const { assignment } = file;
  release(session, file, !WORKED.includes(because) && assignment.state !== 'assigned');
  session.changes.superseded.add(assignment.id);
  session.changes.settled.add(assignment.id);
  change(session, file, {
    state: 'closed',
    heldAt: null,
    dueAt: null,
    dueKind: null,
    closedAt: session.now,
    closedBecause: because,
  });
  // A decision that is only looked at, or routes nothing, has its own line in the story.
  if (because === 'log_only' || because === 'not_routed') return;
  tell(session, file, 'closed', assignment.repId, { because, ...detail });
  refreshCards(session, file);
  completeCallbacks(session, file);
};
