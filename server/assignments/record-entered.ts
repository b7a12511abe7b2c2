import { close } from './close.ts';
import { addTask, convert, fill, refreshCards, writeOne } from './deliveries.ts';
import { ownedByNobody, snapshotOf } from './find-lead.ts';
import { followOwner } from './follow-owner.ts';
import { closeGone } from './follow-record.ts';
import type { Lanes } from './lane.ts';
import { type LaneSession, type LeadFile, note, tell } from './lane-session.ts';
import type { Delivery, EnteredRecord } from './ports.ts';
import { type ReadParts, readLead } from './read-lead.ts';
import { isFirst } from './twins.ts';
import type { RecordSnapshot } from './types.ts';
import { ownerNow } from './wanted-owner.ts';

export type Enter = Extract<Delivery, { kind: 'enter' }>;

/** A lead has its record: it stands on it from here on, and whoever owns it there is settled. Told twice, nothing changes. */
export const recordEntered = async (
  delivery: Enter,
  entered: EnteredRecord,
  parts: ReadParts & { readonly lanes: Lanes },
): Promise<void> => {
  const records = entered.about === undefined ? [entered.record] : [entered.record, entered.about];
  const reading = await readLead(delivery.tenantId, records, parts);
  await parts.lanes.submit(delivery.tenantId, {
    kind: 'record_entered',
    wanted: { records, leads: [delivery.body.leadId] },
    apply: (session) => {
      const file = session.byLead(delivery.body.leadId);
      if (file === undefined || file.assignment.entry === null) return;
      standOn(session, file, {
        delivery,
        entered,
        read: snapshotOf(reading, entered.record) ?? null,
        readAbout: entered.about === undefined ? null : (snapshotOf(reading, entered.about) ?? null),
      });
    },
  });
};

interface Entry {
  readonly delivery: Enter;
  readonly entered: EnteredRecord;
  /** The record as it stands now; null: it could not be read. */
  readonly read: RecordSnapshot | null;
  /** The person's record beside it; null: there is none, or likewise. */
  readonly readAbout: RecordSnapshot | null;
}

const standOn = (session: LaneSession, file: LeadFile, entry: Entry): void => {
  const { entered, read } = entry;
  const { record, existed } = entered;
  const other = session.byRecord(record);
  const isOthers = other !== undefined && other.id !== file.id;
  const refused = file.assignment.entry?.refused === true;
  note(session, file, { entry: null, ...(refused && { written: 'none', remedy: null }) });
  session.changes.settled.add(file.assignment.id);
  // Somebody else's open lead stands on the record: that one lives on.
  if (isOthers && other.assignment.closedAt === null) {
    close(session, file, 'merged', { mergedInto: record.recordId });
    return;
  }
  const seenOwnerId = read === null ? entered.ownerId : read.ownerId;
  if (other === undefined || isOthers)
    session.attach(file, { ...record, seenOwnerId, url: read?.person.url ?? null });
  standOnPerson(session, file, entry);
  tell(session, file, 'entered', null, { connection: record.connectionId, existed });
  if (file.assignment.closedAt !== null) return;
  remember(session, file, entry);
  settle(session, file, entry, seenOwnerId);
  refreshCards(session, file);
};

/** The lead stands on the person's record too, unless another one does. Its owner is brought up to date where it is still ours. */
const standOnPerson = (session: LaneSession, file: LeadFile, { entered, readAbout }: Entry): void => {
  const { about } = entered;
  if (about === undefined || session.byRecord(about) !== undefined) return;
  const seenOwnerId = readAbout === null ? entered.ownerId : readAbout.ownerId;
  session.attach(file, { ...about, seenOwnerId, url: readAbout?.person.url ?? null });
  const wanted = ownerNow(session, file, about);
  const isOurs = seenOwnerId === null || seenOwnerId === entered.ownerId;
  if (wanted !== null && wanted !== seenOwnerId && isOurs) writeOne(session, file, about);
};

/** What shows of the owner we made the record with is our echo. */
const remember = (session: LaneSession, file: LeadFile, { delivery, entered }: Entry): void => {
  const { record, ownerId } = entered;
  if (ownerId === null) return;
  const at = { writtenAt: session.now, endedAt: session.now };
  file.intents = [{ record, ownerId, expectedOwnerId: null, ...at }, ...file.intents];
  session.changes.intents.push({
    deliveryId: delivery.id,
    record,
    ownerId,
    expectedOwnerId: null,
    version: file.assignment.version,
    endedAt: at.endedAt,
  });
};

const settle = (session: LaneSession, file: LeadFile, entry: Entry, seenOwnerId: string | null): void => {
  const { read, entered } = entry;
  const { record } = entered;
  if (read !== null && read.gone !== null) closeGone(session, file, read.gone);
  else if (isChoice(session, file, entry, seenOwnerId)) followOwner(session, file, record, seenOwnerId);
  else ownIt(session, file, entry, seenOwnerId);
};

const ownIt = (
  session: LaneSession,
  file: LeadFile,
  { entered }: Entry,
  seenOwnerId: string | null,
): void => {
  const { record, existed } = entered;
  if (isFirst(session, file, record)) note(session, file, { seenOwnerId });
  const wanted = ownerNow(session, file, record);
  if (wanted !== null && wanted !== seenOwnerId) writeOne(session, file, record);
  else if (file.assignment.state === 'assigned' || file.assignment.state === 'in_queue')
    stands(session, file, wanted);
  if (existed) fill(session, file, record, file.snapshot.id);
  const { state, repId } = file.assignment;
  if (state !== 'assigned' || repId === null) return;
  if (session.memory.roster.reps.get(repId)?.slack == null) addTask(session, file, repId);
  convert(session, file);
};

const stands = (session: LaneSession, file: LeadFile, wanted: string | null): void => {
  // Who is nobody there cannot own it: that was refused already.
  if (wanted === null && file.assignment.written === 'refused') return;
  note(session, file, { written: wanted === null ? 'none' : 'done', remedy: null });
  if (wanted !== null) tell(session, file, 'owner_written', file.assignment.repId);
};

/** Whether the record has an owner whom neither we nor its CRM's own default put there. */
const isChoice = (
  session: LaneSession,
  file: LeadFile,
  { delivery, entered, read }: Entry,
  ownerId: string | null,
): boolean => {
  if (ownerId === null || (read !== null && ownedByNobody(session, read))) return false;
  const ours = [delivery.body.ownerId, entered.ownerId, ownerNow(session, file, entered.record)];
  const byDefault = !entered.existed && entered.ownerId === null;
  return !byDefault && !ours.includes(ownerId);
};
