import { close } from './close.ts';
import { completeCallbacks, refreshCards, sendCard } from './deliveries.ts';
import { change, type LaneSession, type LeadFile, note, tell } from './lane-session.ts';
import { reverse } from './post.ts';
import { hold, release } from './slots.ts';

/**
 * Follows an owner somebody chose outside: the assignment is that rep's from here on, or ends where the owner is no
 * rep or nobody. It is never overwritten. The slot moves; an offer that was open gives its turn back, while a lead
 * that was received stays charged, and one given by hand is not charged to its new rep.
 */
export const followOwner = (session: LaneSession, file: LeadFile, ownerId: string | null): void => {
  const { assignment } = file;
  const record = file.records[0];
  const rep =
    ownerId === null || record === undefined
      ? null
      : session.memory.roster.repOf(record.connectionId, ownerId);
  if (rep !== null && assignment.state === 'assigned' && assignment.repId === rep) {
    note(session, file, { seenOwnerId: ownerId });
    return;
  }
  tell(session, file, 'reassigned_outside', rep, { from: assignment.repId, ownerId });
  if (rep === null) close(session, file, ownerId === null ? 'owner_removed' : 'owned_outside', { ownerId });
  else giveTo(session, file, rep, ownerId);
};

const giveTo = (session: LaneSession, file: LeadFile, rep: string, ownerId: string | null): void => {
  const { assignment } = file;
  if (assignment.state === 'offered') reverse(session, file);
  release(session, file, true);
  session.changes.superseded.add(assignment.id);
  session.changes.settled.add(assignment.id);
  change(session, file, {
    state: 'assigned',
    repId: rep,
    queueId: null,
    heldAt: hold(session, rep),
    dueAt: null,
    dueKind: null,
    written: 'done',
    remedy: null,
    seenOwnerId: ownerId,
  });
  refreshCards(session, file);
  sendCard(session, file, rep);
  completeCallbacks(session, file);
};
