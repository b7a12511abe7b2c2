import { isKnowable, personKey } from '../routing/match/person-key.ts';
import { writeOne } from './deliveries.ts';
import { type LaneSession, type LeadFile, note } from './lane-session.ts';
import type { WantedPerson } from './lane-store.ts';
import type { LeadReading } from './read-lead.ts';
import type { LeadRecord } from './stored.ts';
import { isFirst, isSame, ownersOfOurs } from './twins.ts';
import type { RecordRef, RecordSnapshot } from './types.ts';
import type { DecideLead } from './use-cases.ts';

type Asked = Pick<DecideLead, 'record'>;

/** What was read of a lead's records, the one that counts first. */
export const snapshotsOf = (reading: LeadReading): readonly RecordSnapshot[] =>
  reading.kind === 'read' ? [reading.snapshot, ...reading.twins] : [];

/** What was read of one of them. */
export const snapshotOf = (reading: LeadReading, ref: RecordRef): RecordSnapshot | undefined =>
  snapshotsOf(reading).find((one) => isSame(one.ref, ref));

/** Whether a record's owner is a queue, or is there only because its CRM knows no record without one. */
export const ownedByNobody = (session: LaneSession, snapshot: RecordSnapshot | undefined): boolean => {
  if (snapshot === undefined || snapshot.ownerId === null) return false;
  const { alwaysOwned, ownerId, ref } = snapshot;
  const { isQueue, repOf } = session.memory.roster;
  if (isQueue(ref.connectionId, ownerId)) return true;
  return alwaysOwned === true && repOf(ref.connectionId, ownerId) === null;
};

/** The record asked about, and the twins it was read with. */
export const refsOf = ({ record }: Asked, reading: LeadReading): readonly RecordRef[] => {
  if (record === undefined) return [];
  return [record, ...snapshotsOf(reading).flatMap(({ ref }) => (isSame(ref, record) ? [] : [ref]))];
};

/** Where one record may be another's twin, leads of the same address are looked for. */
export const emailsOf = ({ record }: Asked, reading: LeadReading): readonly string[] => {
  if (record === undefined || reading.kind !== 'read' || !reading.twinned) return [];
  return snapshotsOf(reading).flatMap(({ person }) => person.email?.toLowerCase() ?? []);
};

/** The lead that stands on the record, on one of its twins, or came from another CRM with the same address. */
export const findLead = (
  session: LaneSession,
  command: Asked,
  reading: LeadReading,
): LeadFile | undefined => {
  const refs = refsOf(command, reading);
  const known = refs.map((ref) => session.byRecord(ref)).find((file) => file !== undefined);
  const file = known ?? findEntering(session, reading) ?? findByEmail(session, command, reading);
  if (file !== undefined)
    for (const record of newRecords(session, command, reading))
      join(session, file, record, ownedByNobody(session, snapshotOf(reading, record)));
  return file;
};

/** Where leads may be on their way into the record's CRM, those of the same people are looked for. */
export const enteringIn = (reading: LeadReading): readonly WantedPerson[] =>
  reading.kind === 'read' && reading.mayEnter
    ? snapshotsOf(reading)
        .map(({ person }) => ({ ...personKey(person), entering: true }))
        .filter(isKnowable)
    : [];

/** The lead whose record this is before we were told that it was made. */
const findEntering = (session: LaneSession, reading: LeadReading): LeadFile | undefined =>
  snapshotsOf(reading)
    .map(({ ref, person }) => session.entering(personKey(person), ref.connectionId))
    .find((file) => file !== undefined);

const findByEmail = (session: LaneSession, command: Asked, reading: LeadReading): LeadFile | undefined =>
  emailsOf(command, reading)
    .map((email) => session.twinByEmail(email, command.record!))
    .find((file) => file !== undefined);

/** The records that no lead stands on yet, with the owner each was read with. */
export const newRecords = (
  session: LaneSession,
  command: Asked,
  reading: LeadReading,
): readonly LeadRecord[] =>
  refsOf(command, reading)
    .filter((ref) => session.byRecord(ref) === undefined)
    .map((ref) => ({
      ...ref,
      seenOwnerId: snapshotOf(reading, ref)?.ownerId ?? null,
      url: snapshotOf(reading, ref)?.person.url ?? null,
    }));

/** A twin came to a lead that was decided already: it follows, unless somebody owns it whom we did not put there. */
const join = (session: LaneSession, file: LeadFile, record: LeadRecord, byNobody: boolean): void => {
  session.attach(file, record);
  const { seenOwnerId, connectionId } = record;
  // Whose owner it has is settled once we are told how entering it went.
  if (file.assignment.entry?.connectionId === connectionId) {
    note(session, file, { seenOwnerId });
    return;
  }
  // A sync makes a twin with whoever it can: where it becomes the record that counts, that is no choice of an owner.
  if (byNobody && isFirst(session, file, record)) note(session, file, { seenOwnerId });
  const ours = seenOwnerId === null || ownersOfOurs(session, file, connectionId).includes(seenOwnerId);
  if (ours || byNobody) writeOne(session, file, record);
};
