import { type LaneSession, type LeadFile, tell } from '../lane-session.ts';
import type { ClockEnd, SlaClock } from './sla-clock.ts';
import { keepClock, onClock } from './time-clock.ts';

/** Ends a clock that was not met: its lead closed, or went to somebody else. What was overdue by then was missed. */
export const endClock = (
  session: LaneSession,
  file: LeadFile,
  clock: SlaClock,
  because: Exclude<ClockEnd, 'met'>,
): void => {
  const { dueAt, missedAt } = clock;
  const overdue = dueAt !== null && dueAt <= session.now ? dueAt : null;
  keepClock(session, file, {
    ...clock,
    nextAt: null,
    missedAt: missedAt ?? overdue,
    endedAt: session.now,
    endedBecause: because,
  });
};

/**
 * Ends a clock that was met at an instant, which may lie before we were told: then it was met in time although it was
 * thought to be overdue meanwhile.
 */
export const meetClock = (session: LaneSession, file: LeadFile, clock: SlaClock, at: number): void => {
  const { dueAt } = clock;
  const inTime = dueAt === null || at <= dueAt;
  const met = {
    ...clock,
    nextAt: null,
    missedAt: inTime ? null : dueAt,
    metAt: at,
    late: inTime ? null : onClock(session, clock, dueAt, at),
    endedAt: session.now,
    endedBecause: 'met',
  } as const;
  keepClock(session, file, met);
  const [rep] = clock.reps;
  tell(session, file, 'sla_met', clock.reps.length === 1 ? rep! : file.assignment.repId, {
    sla: clock.name,
    dueAt,
    metAt: at,
    ...(met.late !== null && { late: met.late }),
  });
};
