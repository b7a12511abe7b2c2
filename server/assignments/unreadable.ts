import type { LaneSession, LeadFile } from './lane-session.ts';
import { raise } from './raise.ts';
import type { LeadReading } from './read-lead.ts';

const subjectOf = (connectionId: string): string => `reads of ${connectionId}`;

/** Leads wait for a CRM that refuses to be read: one alert for all of them, where a person has to do something. */
export const tellUnreadable = (session: LaneSession, reading: LeadReading & { kind: 'failed' }): void => {
  const { code, connectionId, remedy } = reading;
  if (remedy === null) return;
  raise(session, 'read_refused', subjectOf(connectionId), { code, text: `Leads wait: ${remedy}` });
};

/** A lead that waited for its record could be read again. */
export const settleUnreadable = (session: LaneSession, file: LeadFile, reading: LeadReading): void => {
  const { outcome } = file.decision.result;
  if (reading.kind !== 'read' || outcome.kind !== 'waiting' || outcome.because !== 'read_failed') return;
  session.changes.settled.add(subjectOf(reading.snapshot.ref.connectionId));
};
