import { classifyOwnerEvent, isAfter, wentOver } from './classify-owner-event.ts';
import { writeOwnerId } from './deliveries.ts';
import { isEntering } from './enter-crm.ts';
import { snapshotOf } from './find-lead.ts';
import { followOwner } from './follow-owner.ts';
import { closeGone } from './follow-record.ts';
import type { LaneItem } from './lane.ts';
import type { LaneSession, LeadFile } from './lane-session.ts';
import type { LaneStore } from './lane-store.ts';
import { peekRecord } from './peek.ts';
import { type LeadReading, type ReadParts, readLead } from './read-lead.ts';
import type { Roster } from './roster.ts';
import type { StoredLead } from './stored.ts';
import { intentsSeenIn, isFirst, isSame, ownersOfOurs, seenOwnerOn } from './twins.ts';
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

/**
 * Whether the lead went to somebody else since, and that stands: an owner event that looks like the echo of our write may
 * then be a person's who gives it back. Of two records a sync may carry our write from one to the other: that is none's.
 */
const wentElsewhere = (
  { assignment, records }: Pick<StoredLead, 'assignment' | 'records'>,
  { record, ownerId }: Pick<OwnerChange, 'record' | 'ownerId'>,
  roster: Pick<Roster, 'ownerOf'>,
): boolean =>
  records.length === 1 &&
  assignment.state === 'assigned' &&
  assignment.written === 'done' &&
  assignment.repId !== null &&
  roster.ownerOf(record.connectionId, assignment.repId) !== ownerId;

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
  const write = file.intents.find((one) => isSame(one.record, record) && one.ownerId === now.ownerId);
  if (ownerId === null || write === undefined) return;
  if (ownerId === now.ownerId) {
    if (isAfter(write, at) && wentElsewhere(file, event, roster)) followOwner(session, file, record, ownerId);
    return;
  }
  const ours = intentsSeenIn(file, record.connectionId, roster);
  if (classifyOwnerEvent(ours, ownerId, at) === 'echo' || isAfter(write, now.ownerSince)) return;
  if (!wentOver(write, ownerId, at)) return;
  followOwner(session, file, record, ownerId);
  writeOwnerId(session, file, record, ownerId);
};
