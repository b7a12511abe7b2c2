import { completeCallbacks, refreshCards } from './deliveries.ts';
import { change, type LaneSession, type LeadFile, tell } from './lane-session.ts';
import { reverse } from './post.ts';
import { release } from './slots.ts';
import type { ClosedBecause } from './types.ts';

/** Reasons that end a lead somebody may have worked on: the slot's windows keep counting it. */
const WORKED: readonly ClosedBecause[] = [
  'closed_in_crm',
  'converted',
  'owner_removed',
  'owned_outside',
  'disconnected',
  'log_only',
  'log_only_asked',
  'log_only_policy',
];
/** Nothing was written or sent. */
const LOOKED_ONLY: readonly ClosedBecause[] = ['log_only', 'log_only_asked', 'log_only_policy'];

/**
 * Ends an assignment: its slot returns, its workflows go on, and its cards say so. An offer nobody answered gives the
 * turn back; what somebody received stands in the ledger, and so does what whoever only looks would have given.
 */
export const close = (
  session: LaneSession,
  file: LeadFile,
  because: ClosedBecause,
  detail: Readonly<Record<string, unknown>> = {},
): void => {
  const { assignment } = file;
  const lookedOnly = LOOKED_ONLY.includes(because);
  if (assignment.state === 'offered' && !lookedOnly) reverse(session, file);
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
  // Whoever only looks writes nothing; what is not routed has its own line in the story.
  if (lookedOnly) return;
  if (because !== 'not_routed') tell(session, file, 'closed', assignment.repId, { because, ...detail });
  refreshCards(session, file);
  completeCallbacks(session, file);
};
