import { fill, fillEntered } from './deliveries.ts';
import type { LaneSession, LeadFile } from './lane-session.ts';
import type { LeadReading } from './read-lead.ts';
import { draftSnapshot, NO_PERSON } from './snapshot.ts';
import { recordsOf } from './twins.ts';
import type { RecordRef } from './types.ts';
import type { DecideLead } from './use-cases.ts';

/**
 * A caller gave values for a lead that stands on a record: those that the record has no place filled for are written
 * there. While the lead is on its way into its CRM they wait for the record.
 */
export const addGiven = (
  session: LaneSession,
  file: LeadFile,
  { fields, logOnly }: DecideLead,
  reading: LeadReading,
): void => {
  if (file.assignment.closedAt !== null || session.lane.mode === 'log_only' || logOnly === true) return;
  const given = fields ?? {};
  const { entry } = file.assignment;
  if (entry !== null) {
    const lacking = lackingOn(session, entry, given, file.snapshot.values ?? {});
    if (!isNone(lacking)) fillEntered(session, file, entry.connectionId, keepGiven(session, file, lacking));
    return;
  }
  const [record] = recordsOf(session, file);
  if (record === undefined) return;
  const lacking = lackingOn(session, record, given, known(file, record, reading));
  if (!isNone(lacking)) fill(session, file, record, keepGiven(session, file, lacking));
};

/** What is known to stand on the record: as it was read just now, else what was last known of the lead. */
const known = (
  { snapshot }: LeadFile,
  { connectionId, recordId }: RecordRef,
  reading: LeadReading,
): Readonly<Record<string, unknown>> => {
  const read =
    reading.kind === 'read'
      ? [reading.snapshot, ...reading.twins].find(
          ({ ref }) => ref.connectionId === connectionId && ref.recordId === recordId,
        )
      : undefined;
  return read?.raw ?? snapshot.values ?? {};
};

const isNone = (values: object): boolean => Object.keys(values).length === 0;

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';

/** The given values of fields that the record's CRM keeps, and that this record, or what it is about, does not hold. */
const lackingOn = (
  session: LaneSession,
  { connectionId }: { readonly connectionId: string },
  given: Readonly<Record<string, unknown>>,
  held: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const vendor = session.memory.roster.connections.get(connectionId)?.vendor;
  const declared = session.memory.compiled?.policy.fields ?? {};
  if (vendor === undefined || vendor === 'slack') return {};
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) => {
      const source = declared[name]?.sources[vendor];
      return source !== undefined && !isEmpty(value) && isEmpty(held[name]);
    }),
  );
};

/** Personal data may be among the values: they stand where they can be erased. */
const keepGiven = (
  session: LaneSession,
  file: LeadFile,
  fields: Readonly<Record<string, unknown>>,
): string => {
  const snapshot = draftSnapshot(session, file.id, {}, { fields, person: NO_PERSON, read: null });
  session.changes.snapshots.push(snapshot);
  return snapshot.id;
};
