import { classifyOwnerEvent, wentOver } from './classify-owner-event.ts';
import { writeOwnerId } from './deliveries.ts';
import { isEntering } from './enter-crm.ts';
import { snapshotOf } from './find-lead.ts';
import { followOwner } from './follow-owner.ts';
import { closeGone } from './follow-record.ts';
import type { LaneItem } from './lane.ts';
import type { LaneStore } from './lane-store.ts';
import { peekRecord } from './peek.ts';
import { type LeadReading, type ReadParts, readLead } from './read-lead.ts';
import { intentsSeenIn, isFirst, isSame, ownersOfOurs, seenOwnerOn } from './twins.ts';
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
    if (classifyOwnerEvent(ours, event.ownerId, event.at) === 'echo') return;
    const reading = await readLead(event.tenantId, [event.record], parts);
    await parts.lanes.submit(event.tenantId, followItem(event, reading));
  };

const followItem = ({ record, ownerId, at }: OwnerChange, reading: LeadReading): LaneItem<void> => ({
  kind: 'owner_changed_outside',
  wanted: { records: [record] },
  apply: (session) => {
    const file = session.byRecord(record);
    if (file === undefined || file.assignment.closedAt !== null || isEntering(file, record)) return;
    const now = snapshotOf(reading, record) ?? null;
    if (now !== null && now.gone !== null) {
      if (isFirst(session, file, record)) closeGone(session, file, now.gone);
      return;
    }
    const owner = now === null ? ownerId : now.ownerId;
    const ours = intentsSeenIn(file, record.connectionId, session.memory.roster);
    // What we last wrote may stand there again, or by now: that is no choice of anybody's.
    if (now !== null && owner !== null && ownersOfOurs(session, file, record.connectionId).includes(owner)) {
      const write = file.intents.find((one) => isSame(one.record, record) && one.ownerId === owner);
      if (ownerId === null || write === undefined || !wentOver(write, ownerId, at)) return;
      followOwner(session, file, record, ownerId);
      writeOwnerId(session, file, record, ownerId);
      return;
    }
    if (now === null && classifyOwnerEvent(ours, owner, at) === 'echo') return;
    const { state } = file.assignment;
    const onItsWay = state === 'offered' || state === 'waiting';
    if (onItsWay && (owner === null || owner === seenOwnerOn(session, file, record))) return;
    followOwner(session, file, record, owner);
  },
});
