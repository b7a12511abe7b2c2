import { close } from './close.ts';
import { completeCallbacks, refreshCards, sendCard, writeOne } from './deliveries.ts';
import { change, type LaneSession, type LeadFile, note, tell } from './lane-session.ts';
import { moveCharge } from './move-charge.ts';
import { reverse } from './post.ts';
import { hold, release } from './slots.ts';
import type { StoredAssignment } from './stored.ts';
import { isFirst, isSame, recordsOf } from './twins.ts';
import type { RecordRef } from './types.ts';

/**
 * Follows an owner somebody chose outside: the assignment is that rep's from here on, or ends where the owner is no
 * rep, a queue or nobody. It is never overwritten; a twin record follows it.
 */
export const followOwner = (
  session: LaneSession,
  file: LeadFile,
  record: RecordRef,
  ownerId: string | null,
): void => {
  const { assignment } = file;
  const first = isFirst(session, file, record);
  const rep = ownerId === null ? null : session.memory.roster.repOf(record.connectionId, ownerId);
  if (rep !== null && assignment.state === 'assigned' && assignment.repId === rep) {
    if (first) note(session, file, { seenOwnerId: ownerId });
    return;
  }
  // The record that counts says whether somebody has the lead who takes none here.
  if (rep === null && !first) return;
  tell(session, file, 'reassigned_outside', rep, { from: assignment.repId, ownerId });
  const nobody = ownerId === null || session.memory.roster.isQueue(record.connectionId, ownerId);
  if (rep === null) close(session, file, nobody ? 'owner_removed' : 'owned_outside', { ownerId });
  else {
    giveByHand(
      session,
      file,
      rep,
      first ? { written: 'done', seenOwnerId: ownerId } : { written: 'pending' },
    );
    for (const other of recordsOf(session, file)) if (!isSame(other, record)) writeOne(session, file, other);
    sendCard(session, file, rep);
  }
};

/**
 * Gives the lead to a rep whom a person chose. The slot moves; an offer that was open gives its turn back, while a lead
 * that was received stays charged, and one given by hand is not charged to its new rep, unless its pool counts those.
 */
export const giveByHand = (
  session: LaneSession,
  file: LeadFile,
  rep: string,
  standing: Pick<StoredAssignment, 'written'> & Partial<Pick<StoredAssignment, 'seenOwnerId'>>,
): void => {
  const { assignment } = file;
  if (assignment.state === 'offered') reverse(session, file);
  moveCharge(session, file, rep);
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
    remedy: null,
    conversion: null,
    firstActivityAt: null,
    ...standing,
  });
  refreshCards(session, file);
  completeCallbacks(session, file);
};
