import { LOOK_AGAIN_AFTER } from '../../routing/decide/decide.ts';
import type { LeadHistory } from '../../routing/lead.ts';
import { repsWhoHad } from '../../routing/sla/reps-who-had.ts';
import { lookAgain, placeAgain } from '../decide-again.ts';
import { change, type LaneSession, type LeadFile, note, tell } from '../lane-session.ts';
import type { LeadReading } from '../read-lead.ts';
import { release } from '../slots.ts';
import { endClock } from './end-clock.ts';
import { holdersOf, nextAtOf, type SlaClock } from './sla-clock.ts';
import { keepClock } from './time-clock.ts';

/** Where nobody else can take the lead it is tried again, no sooner than this. Milliseconds. */
const SOONEST_AGAIN = 60_000;

/**
 * Takes a lead from reps who let an SLA run out: it is decided afresh without anybody who had it, and the charge stands
 * as for an offer that ran out. Where nobody else can take it now it stays with them, and is tried again.
 */
export const moveOn = (session: LaneSession, file: LeadFile, clock: SlaClock, reading: LeadReading): void => {
  const reps = holdersOf(file.assignment);
  const history = historyWithout(file, reps);
  const looked = lookAgain(session, file, reading, history);
  // Its CRM says that somebody else has it, or that it is over: the clock ends with that. Else it is asked again.
  if (looked === null) {
    postpone(session, file, clock, session.now + SOONEST_AGAIN);
    return;
  }
  const { outcome } = looked.decided;
  if (outcome.kind === 'waiting') {
    keepWaits(session, file, looked.decided.history);
    stay(session, file, clock, Math.max(outcome.retryAt, session.now + SOONEST_AGAIN));
  } else if (outcome.kind === 'not_routed') stay(session, file, clock, session.now + LOOK_AGAIN_AFTER);
  else {
    for (const rep of reps) tell(session, file, 'sla_reassigned', rep, { sla: clock.name });
    endClock(session, file, clock, 'reassigned');
    release(session, file, true);
    change(session, file, { history, repId: null, heldAt: null });
    placeAgain(session, file, looked);
  }
};

const stay = (session: LaneSession, file: LeadFile, clock: SlaClock, at: number): void => {
  if (!clock.steps.some(({ tried }) => tried))
    tell(session, file, 'sla_kept', file.assignment.repId, { sla: clock.name, retryAt: at });
  postpone(session, file, clock, at);
};

/** A wait that the policy comes to goes on while the lead stays, so that the steps after it have their turn. */
const keepWaits = (session: LaneSession, file: LeadFile, { waits }: LeadHistory): void =>
  note(session, file, { history: { ...file.assignment.history, waits } });

const postpone = (session: LaneSession, file: LeadFile, clock: SlaClock, at: number): void => {
  const steps = clock.steps.map((step) =>
    step.do === 'reassign' ? { ...step, at, tried: true as const } : step,
  );
  keepClock(session, file, { ...clock, steps, nextAt: nextAtOf({ ...clock, steps }) });
};

/**
 * What the lead has been through, with everybody who has had it so far. Offers that led to somebody who had it are no
 * attempts any more: its steps may offer it anew.
 */
const historyWithout = ({ assignment, clocks }: LeadFile, reps: readonly string[]) => {
  const { history, state } = assignment;
  return {
    ...history,
    attempts: state === 'assigned' ? {} : history.attempts,
    missed: [...history.missed.filter((rep) => !reps.includes(rep)), ...reps],
    had: repsWhoHad(
      history.had ?? [],
      clocks.flatMap((clock) => clock.reps),
      reps,
    ),
  };
};
