import { classifyOwnerEvent, isAfter, isTimed, wentOver } from './classify-owner-event.ts';
import { writeOwnerId } from './deliveries.ts';
import { isEntering } from './enter-crm.ts';
import { snapshotOf } from './find-lead.ts';
import { followOwner } from './follow-owner.ts';
import { closeGone } from './follow-record.ts';
import { isGivenBack, wentElsewhere, writeOf } from './given-back.ts';
import type { LaneItem } from './lane.ts';
import type { LaneSession, LeadFile } from './lane-session.ts';
import type { LaneStore } from './lane-store.ts';
import { peekRecord } from './peek.ts';
import { type LeadReading, type ReadParts, readLead } from './read-lead.ts';
import { intentsSeenIn, isFirst, ownersOfOurs, seenOwnerOn } from './twins.ts';
import type { RecordSnapshot } from './types.ts';
import type { UseCases } from './use-cases.ts';

type OwnerChange = Parameters<UseCases['ownerChangedOutside']>[0];

/**
 * Somebody set the owner in the CRM: the assignment follows. Echoes of our own writes are dropped. Events arrive late
 * and out of order, so what the record says now counts, and the event only where it cannot be read. A choice that a
 * write of ours went over unseen is put back.
 */
export const ownerChangedOutside =
  (parts: ReadParts & { readonly store: LaneStore }): UseCases['ownerChangedOutside'] =>
  async (event) => {
    const lead = await peekRecord(parts.store, event.tenantId, event.record);
    if (lead === null || lead.assignment.closedAt !== null) return;
    const { roster } = await parts.lanes.known(event.tenantId);
    const ours = intentsSeenIn(lead, event.record.connectionId, roster);
    const isEcho = classifyOwnerEvent(ours, event.ownerId, event.at) === 'echo';
    if (isEcho && !wentElsewhere(lead, event, roster)) return;
    const reading = await readLead(event.tenantId, [event.record], parts);
    await parts.lanes.submit(event.tenantId, followItem(event, reading));
  };

const followItem = (event: OwnerChange, reading: LeadReading): LaneItem<void> => ({
  kind: 'owner_changed_outside',
  wanted: { records: [event.record] },
  apply: (session) => {
    const { record, ownerId } = event;
    const file = session.byRecord(record);
    if (file === undefined || file.assignment.closedAt !== null || isEntering(file, record)) return;
    const now = snapshotOf(reading, record) ?? null;
    if (now !== null && now.gone !== null) {
      if (isFirst(session, file, record)) closeGone(session, file, now.gone);
      return;
    }
    const owner = now === null ? ownerId : now.ownerId;
    if (now !== null && owner !== null && ownersOfOurs(session, file, record.connectionId).includes(owner))
      return whereOursStands(session, file, event, now);
    const ours = intentsSeenIn(file, record.connectionId, session.memory.roster);
    if (now === null && classifyOwnerEvent(ours, owner, event.at) === 'echo') return;
    const { state } = file.assignment;
    const onItsWay = state === 'offered' || state === 'waiting';
    if (onItsWay && (owner === null || owner === seenOwnerOn(session, file, record))) return;
    followOwner(session, file, record, owner);
  },
});

/**
 * The record says the owner we last wrote, who may stand there again, or by now: that is no choice of anybody's. Unless
 * somebody gave the lead back to just that one after our write; or our write went over their choice of another one, and
 * nobody has set the owner since.
 */
const whereOursStands = (
  session: LaneSession,
  file: LeadFile,
  event: OwnerChange,
  now: RecordSnapshot,
): void => {
  const { record, ownerId, at } = event;
  const { roster } = session.memory;
  if (ownerId === null) return;
  if (ownerId === now.ownerId) {
    if (isGivenBack(file, event, { roster, at })) followOwner(session, file, record, ownerId);
    return;
  }
  const write = writeOf(file, record, now.ownerId);
  if (write === undefined) return;
  const ours = intentsSeenIn(file, record.connectionId, roster);
  if (classifyOwnerEvent(ours, ownerId, at) === 'echo' || isAfter(write, now.ownerSince)) return;
  if (!isTimed(write, session.now) || !wentOver(write, ownerId, at)) return;
  followOwner(session, file, record, ownerId);
  writeOwnerId(session, file, record, ownerId);
};
