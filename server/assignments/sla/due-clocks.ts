import { type LaneSession, type LeadFile, tell } from '../lane-session.ts';
import type { LeadReading } from '../read-lead.ts';
import { typeValues } from '../snapshot.ts';
import { endClock } from './end-clock.ts';
import { keepLead, meetConditions } from './keep-clocks.ts';
import { moveOn } from './move-on.ts';
import { notifyManagers, notifyReps } from './notify.ts';
import { isRunning, nextAtOf, type SlaClock } from './sla-clock.ts';
import { keepClock, timed } from './time-clock.ts';

/**
 * Does what is due for a lead's SLA clocks, whose record was read just before: says that one is overdue, and takes its
 * steps, each once. A clock that a rep's time off has put back is only set anew.
 */
export const dueClocks = (session: LaneSession, file: LeadFile, reading: LeadReading): void => {
  if (!file.clocks.some((clock) => isDue(session, clock))) return;
  // What came before in this transaction may have met one, or taken the lead elsewhere.
  keepLead(session, file);
  if (session.lane.mode === 'log_only') {
    for (const clock of file.clocks.filter(isRunning)) endClock(session, file, clock, 'log_only');
    return;
  }
  if (reading.kind === 'read')
    meetConditions(session, file, typeValues(session, reading, file.snapshot.given).values);
  const { version } = file.assignment;
  for (const { id } of file.clocks) {
    const clock = file.clocks.find((one) => one.id === id)!;
    // Once the lead is decided afresh the other clocks are those of a rep who has it no more.
    if (file.assignment.version === version && isDue(session, clock)) runClock(session, file, clock, reading);
  }
};

const isDue = ({ now }: LaneSession, clock: SlaClock): boolean =>
  isRunning(clock) && clock.nextAt !== null && clock.nextAt <= now;

const runClock = (session: LaneSession, file: LeadFile, before: SlaClock, reading: LeadReading): void => {
  const { now } = session;
  const clock = overdue(session, file, timed(session, before));
  const due = clock.steps.map(({ at, doneAt }) => doneAt === null && at !== null && at <= now);
  const goes = clock.steps.some((step, i) => due[i] && step.do === 'reassign');
  const steps = clock.steps.map((step, i) =>
    due[i] && step.do !== 'reassign' ? { ...step, doneAt: now } : step,
  );
  const done = { ...clock, steps, nextAt: nextAtOf({ ...clock, steps }) };
  keepClock(session, file, done);
  // A rep who loses the lead this moment is not asked to hurry.
  clock.steps.forEach((step, i) => {
    if (due[i] && step.do === 'notify_rep' && !goes) notifyReps(session, file, done, i);
  });
  if (goes) moveOn(session, file, done, reading);
  // After the lead has moved: a notice belongs to where it is now.
  clock.steps.forEach((step, i) => {
    if (due[i] && step.do === 'notify_manager') notifyManagers(session, file, done, i);
  });
};

const overdue = (session: LaneSession, file: LeadFile, clock: SlaClock): SlaClock => {
  const { dueAt, missedAt, name, reps } = clock;
  if (dueAt === null || dueAt > session.now || missedAt !== null) return clock;
  tell(session, file, 'sla_missed', reps.length === 1 ? reps[0]! : null, { sla: name, dueAt });
  return { ...clock, missedAt: dueAt };
};
