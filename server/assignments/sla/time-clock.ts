import { clockTimes } from '../../routing/sla/clock-times.ts';
import { type AvailabilityAt, workingTime } from '../../routing/sla/working-time.ts';
import type { LaneSession, LeadFile } from '../lane-session.ts';
import { nextAtOf, type SlaClock } from './sla-clock.ts';

/** Writes a clock as it stands now. */
export const keepClock = (session: LaneSession, file: LeadFile, clock: SlaClock): void => {
  const others = file.clocks.filter(({ id }) => id !== clock.id);
  file.clocks = [...others, clock].sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1));
  session.changes.clocks.set(clock.id, clock);
};

const availabilitiesOf = (session: LaneSession, reps: readonly string[]): readonly AvailabilityAt[] =>
  reps.flatMap((id) => {
    const member = session.memory.roster.reps.get(id);
    return member === undefined ? [] : [(at: number) => session.memory.availabilityOf(member, at)];
  });

/** The clock with the instants that its reps' hours give now; what is done, and what is overdue, stays as it is. */
export const timed = (session: LaneSession, clock: SlaClock): SlaClock => {
  const counted = { clock: clock.clock, from: clock.countedFrom, passed: clock.passed };
  const marks = [clock.within, ...clock.steps.map(({ after }) => after)];
  const [dueAt, ...at] = clockTimes(counted, marks, availabilitiesOf(session, clock.reps));
  const now = {
    ...clock,
    dueAt: clock.missedAt === null ? dueAt! : clock.dueAt,
    steps: clock.steps.map((step, i) =>
      step.doneAt !== null || step.tried ? step : { ...step, at: at[i]! },
    ),
  };
  return { ...now, nextAt: nextAtOf(now) };
};

/** Counts what has passed on a working clock until now, by the hours known now: whatever they become, that stays. */
export const counted = (session: LaneSession, clock: SlaClock): SlaClock => {
  if (clock.clock === 'elapsed') return clock;
  const { countedFrom, passed, reps } = clock;
  return {
    ...clock,
    passed: passed + passedOf(session, reps, countedFrom, session.now),
    countedFrom: session.now,
  };
};

/** How much time passed on a clock between two instants. */
export const onClock = (session: LaneSession, { clock, reps }: SlaClock, from: number, to: number): number =>
  clock === 'elapsed' ? Math.max(0, to - from) : passedOf(session, reps, from, to);

/** Of several, as of an offer to all, the one whose clock is the farthest behind counts. */
const passedOf = (session: LaneSession, reps: readonly string[], from: number, to: number): number => {
  const each = availabilitiesOf(session, reps).map((availabilityAt) => workingTime(availabilityAt, from, to));
  return each.length === 0 ? 0 : Math.min(...each);
};
