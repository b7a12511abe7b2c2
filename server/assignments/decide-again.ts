import type { Decided } from '../routing/decision.ts';
import type { LeadHistory } from '../routing/lead.ts';
import { followRecord } from './follow-record.ts';
import { judge } from './judge.ts';
import { change, type LaneSession, type LeadFile } from './lane-session.ts';
import { placeLead } from './place-lead.ts';
import type { LeadReading } from './read-lead.ts';
import { draftSnapshot, NO_PERSON, personRead, typeValues } from './snapshot.ts';
import type { StoredSnapshot } from './stored.ts';
import { settleUnreadable } from './unreadable.ts';

/**
 * Decides an open lead afresh: after a decline, an offer that ran out, or a wait. Its record was read just now; if it
 * is gone, or somebody chose an owner, that is followed instead. The slot it held must have been given back.
 */
export const decideAgain = (
  session: LaneSession,
  file: LeadFile,
  reading: LeadReading,
  history: LeadHistory,
  note: DeclineNote | null = null,
): void => {
  settleUnreadable(session, file, reading);
  if (reading.kind === 'read')
    for (const snapshot of [reading.snapshot, ...reading.twins])
      if (followRecord(session, file, snapshot)) return;
  const snapshot = withNote(session, snapshotFor(session, file, reading), note);
  // The owner was looked at when the lead came: since then it is ours to give, and others' choices were just followed.
  const decided = judge(session, { leadId: file.id, snapshot, history, owner: null }, reading);
  if (stillWaits(file, decided)) {
    waitOn(session, file, decided);
    return;
  }
  if (snapshot !== file.snapshot) session.changes.snapshots.push(snapshot);
  file.snapshot = snapshot;
  placeLead(session, file, decided, file.decision.source);
};

/** The values of now. Without a record, or where it cannot be read, those of before stand. */
const snapshotFor = (session: LaneSession, file: LeadFile, reading: LeadReading): StoredSnapshot => {
  const { given, person } = file.snapshot;
  if (reading.kind !== 'read') return file.snapshot;
  const { values } = typeValues(session, reading, given);
  return draftSnapshot(session, file.id, values, { fields: given, person, read: personRead(reading) });
};

/** What a rep wrote when they declined: personal data, so it stands where it can be erased. */
export interface DeclineNote {
  readonly rep: string;
  readonly text: string;
}

const withNote = (
  session: LaneSession,
  snapshot: StoredSnapshot,
  note: DeclineNote | null,
): StoredSnapshot => {
  if (note === null) return snapshot;
  const person = snapshot.person ?? NO_PERSON;
  return {
    ...snapshot,
    id: session.newId('snp'),
    person: { ...person, notes: [...(person.notes ?? []), note] },
  };
};

/** The same wait as before is no news: it is looked at again later, and its story stays short. */
const stillWaits = (file: LeadFile, { outcome, rule, step }: Decided): boolean => {
  const before = file.decision.result;
  return (
    file.assignment.state === 'waiting' &&
    outcome.kind === 'waiting' &&
    before.outcome.kind === 'waiting' &&
    outcome.because === before.outcome.because &&
    rule === before.rule &&
    step === before.step
  );
};

const waitOn = (session: LaneSession, file: LeadFile, { outcome, history, derived }: Decided): void => {
  if (outcome.kind === 'waiting')
    change(session, file, { history, dueAt: outcome.retryAt, urgent: derived?.urgent === true });
};
