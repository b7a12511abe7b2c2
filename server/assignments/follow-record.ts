import { close } from './close.ts';
import { isEntering } from './enter-crm.ts';
import { ownedByNobody } from './find-lead.ts';
import { followOwner } from './follow-owner.ts';
import { isGivenBack } from './given-back.ts';
import { type LaneSession, type LeadFile, note } from './lane-session.ts';
import { forget, type Why } from './lifecycle/forget-leads.ts';
import { isFirst, ownersOfOurs, recordsOf, seenOwnerOn } from './twins.ts';
import type { RecordSnapshot } from './types.ts';
import { wantedOwner } from './wanted-owner.ts';

/**
 * Follows what the CRM says of an open lead's record: one that is gone ends it, an owner who is neither the one seen
 * nor ours is somebody's choice. Says whether that settled the lead.
 */
export const followRecord = (session: LaneSession, file: LeadFile, snapshot: RecordSnapshot): boolean => {
  const { ref, gone, ownerId } = snapshot;
  // Whose owner it has is settled once we are told how entering the lead went.
  if (isEntering(file, ref)) return false;
  if (gone !== null) {
    // A twin that is gone says nothing of the lead: its other record lives.
    if (!isFirst(session, file, ref) && !isWipedPerson(session, file, snapshot)) return false;
    closeGone(session, file, gone);
    return true;
  }
  if (isFirstSight(session, file, snapshot)) note(session, file, { seenOwnerId: ownerId });
  if (!isChoice(session, file, snapshot)) return false;
  followOwner(session, file, ref, ownerId);
  return file.assignment.closedAt !== null || file.assignment.state === 'assigned';
};

/** Whether the person whom the lead's own record is about was wiped out in that CRM. */
const isWipedPerson = (session: LaneSession, file: LeadFile, { ref, gone }: RecordSnapshot): boolean =>
  gone === 'erased' && recordsOf(session, file)[0]?.connectionId === ref.connectionId;

/** Ends a lead whose record is gone, or lives on in another one; with an erased one goes what the lead was like. */
export const closeGone = (
  session: LaneSession,
  file: LeadFile,
  gone: NonNullable<RecordSnapshot['gone']>,
): void => {
  if (gone === 'erased') forget(session, file, toldByCrm(session, file));
  else if (typeof gone === 'object') close(session, file, 'merged', { mergedInto: gone.mergedInto });
  else if (gone !== 'converted') close(session, file, 'record_gone');
  else close(session, file, file.assignment.conversion === 'pending' ? 'converted' : 'closed_in_crm');
};

/** The CRM whose record the lead stands on says that the person is to be forgotten. */
const toldByCrm = (session: LaneSession, file: LeadFile): Why => ({
  id: session.newId('ers'),
  by: recordsOf(session, file)[0]?.connectionId ?? '',
  because: 'vendor',
});

/**
 * Whether the record of a lead that came while its CRM could not be read is read now for the first time, and is with
 * somebody who stands for nobody: that is where it began, and no choice.
 */
const isFirstSight = (session: LaneSession, file: LeadFile, snapshot: RecordSnapshot): boolean => {
  const { outcome } = file.decision.result;
  const neverRead = outcome.kind === 'waiting' && outcome.because === 'read_failed';
  return neverRead && isFirst(session, file, snapshot.ref) && ownedByNobody(session, snapshot);
};

/**
 * Whether an owner read from the CRM is somebody's choice. While our own write may still be on its way the record
 * shows the owner from before, so the one seen at the decision is none.
 */
const isChoice = (
  session: LaneSession,
  file: LeadFile,
  { ref: record, ownerId, ownerSince: at }: RecordSnapshot,
): boolean => {
  const { state, written } = file.assignment;
  if (ownerId === seenOwnerOn(session, file, record)) return false;
  if (ownersOfOurs(session, file, record.connectionId).includes(ownerId ?? ''))
    return isGivenBack(file, { record, ownerId }, { roster: session.memory.roster, at });
  if (ownerId !== null) return ownerId !== wantedOwner(session, file, record);
  if (!isFirst(session, file, record)) return false;
  // Nobody owns it any more. While the lead is on its way that only changes what our write may replace.
  if (state === 'assigned' || state === 'in_queue') return written === 'done';
  note(session, file, { seenOwnerId: null });
  return false;
};
