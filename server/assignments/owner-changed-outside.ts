import { classifyOwnerEvent } from './classify-owner-event.ts';
import { followOwner } from './follow-owner.ts';
import { closeGone, ownersOfOurs } from './follow-record.ts';
import type { LaneItem } from './lane.ts';
import type { LaneStore } from './lane-store.ts';
import { peekRecord } from './peek.ts';
import { type LeadReading, type ReadParts, readLead } from './read-lead.ts';
import type { UseCases } from './use-cases.ts';

type OwnerChange = Parameters<UseCases['ownerChangedOutside']>[0];

/**
 * Somebody set the owner in the CRM: the assignment follows. Echoes of our own writes are dropped. Events arrive late
 * and out of order, so what the record says now counts, and the event only where it cannot be read.
 */
export const ownerChangedOutside =
  (parts: ReadParts & { readonly store: LaneStore }): UseCases['ownerChangedOutside'] =>
  async (event) => {
    const lead = await peekRecord(parts.store, event.tenantId, event.record);
    if (lead === null || lead.assignment.closedAt !== null) return;
    if (classifyOwnerEvent(lead.intents, event.ownerId, event.at) === 'echo') return;
    const reading = await readLead(event.tenantId, event.record, parts);
    await parts.lanes.submit(event.tenantId, followItem(event, reading));
  };

const followItem = ({ record, ownerId, at }: OwnerChange, reading: LeadReading): LaneItem<void> => ({
  kind: 'owner_changed_outside',
  wanted: { records: [record] },
  apply: (session) => {
    const file = session.byRecord(record);
    if (file === undefined || file.assignment.closedAt !== null) return;
    const now = reading.kind === 'read' ? reading.snapshot : null;
    if (now !== null && now.gone !== null) return closeGone(session, file, now.gone);
    const owner = now === null ? ownerId : now.ownerId;
    // What we last wrote may stand there again, or by now: that is no choice of anybody's.
    if (now !== null && owner !== null && ownersOfOurs(file.intents).includes(owner)) return;
    if (now === null && classifyOwnerEvent(file.intents, owner, at) === 'echo') return;
    const { state, seenOwnerId } = file.assignment;
    const onItsWay = state === 'offered' || state === 'waiting';
    if (onItsWay && (owner === null || owner === seenOwnerId)) return;
    followOwner(session, file, owner);
  },
});
