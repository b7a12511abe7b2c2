import type { Entering } from './arrive.ts';
import { enter } from './deliveries.ts';
import { type LaneSession, type LeadFile, note } from './lane-session.ts';
import type { RecordRef } from './types.ts';

/** How a lead goes into a CRM. `queued`: a delivery that makes its record is under way from an assignment before. */
interface Into {
  readonly connectionId: string;
  readonly mayExist: boolean;
  readonly queued: boolean;
}

/** Whether a lead that is about to be decided goes into a CRM; null: it stands on a record. */
export const intoCrm = (
  file: LeadFile,
  before: LeadFile | undefined,
  { connectionId, mayExist }: Entering,
): Into | null => {
  if (file.records.length > 0) return null;
  const entry = before?.assignment.entry ?? null;
  if (entry === null) return { connectionId, mayExist: mayExist || before !== undefined, queued: false };
  return { connectionId: entry.connectionId, mayExist: true, queued: !entry.refused };
};

/** The lead's owner is written as its record is made: what is decided about it meanwhile writes nothing by itself. */
export const expectRecord = (file: LeadFile, connectionId: string): void => {
  file.assignment = { ...file.assignment, entry: { connectionId, refused: false } };
};

/** Sends a decided lead on its way; one that the policy does not route, or that is only looked at, stays here. */
export const enterWith = (
  session: LaneSession,
  file: LeadFile,
  { connectionId, mayExist, queued }: Into,
): void => {
  if (file.assignment.closedAt !== null) note(session, file, { entry: null });
  else if (!queued) enter(session, file, connectionId, mayExist);
};

/** Whether the record may be the one that is just being made of the lead. */
export const isEntering = ({ assignment }: LeadFile, { connectionId }: RecordRef): boolean =>
  assignment.entry?.connectionId === connectionId;
