import { decideAgain } from './decide-again.ts';
import { addTask, completeCallbacks, giveTo, refreshCards } from './deliveries.ts';
import { unusualTurn } from './keeps-turn.ts';
import type { LaneItem } from './lane.ts';
import { change, type LaneSession, type LeadFile, tell } from './lane-session.ts';
import { offerDue } from './offer-due.ts';
import { goesOn, passOn } from './pass-on.ts';
import { reverse } from './post.ts';
import { raise } from './raise.ts';
import type { LeadReading } from './read-lead.ts';
import { dueClocks } from './sla/due-clocks.ts';
import { release } from './slots.ts';

/**
 * Does what is due for one assignment, whose record was read just before: an offer has run out, its card has not
 * arrived in time, or a waiting lead is looked at again; else what is due for its SLAs. Nothing, if it is not due any
 * more.
 */
export const dueItem = (assignmentId: string, reading: LeadReading): LaneItem<void> => ({
  kind: 'due',
  wanted: { assignments: [assignmentId] },
  apply: (session) => {
    const file = session.byAssignment(assignmentId);
    const { dueAt, dueKind } = file?.assignment ?? { dueAt: null, dueKind: null };
    if (file === undefined) return;
    // A clock that is due as well is due still at the next look, for whoever has the lead by then.
    if (dueAt === null || dueAt > session.now) return dueClocks(session, file, reading);
    switch (dueKind) {
      case 'offer':
        return endOffer(session, file, reading);
      case 'delivery':
        return giveUpOnCards(session, file, reading);
      case 'retry':
        return decideAgain(session, file, reading, file.assignment.history);
      case null:
        return;
      default:
        return dueKind satisfies never;
    }
  },
});

/** One that its rep would have handed on as they went away, had the process not ended in between, keeps their turn. */
const endOffer = (session: LaneSession, file: LeadFile, reading: LeadReading): void => {
  const [only, ...others] = file.assignment.offeredTo;
  const isLeft = only !== undefined && others.length === 0 && goesOn(session, file, only.rep);
  if (isLeft) passOn(session, file, only.rep, reading);
  else expire(session, file, reading);
};

/**
 * The offer ran out: the charge stands, so the turn is lost unless the pool says otherwise; those who missed it are
 * asked last from here on.
 */
const expire = (session: LaneSession, file: LeadFile, reading: LeadReading): void => {
  const { assignment } = file;
  const reps = assignment.offeredTo.map(({ rep }) => rep);
  const missed = [...assignment.history.missed.filter((rep) => !reps.includes(rep)), ...reps];
  const history = { ...assignment.history, missed };
  const turn = unusualTurn(session, file, 'expiry');
  for (const rep of reps) tell(session, file, 'expired', rep, turn);
  if (turn.turn === 'kept') reverse(session, file);
  release(session, file, true);
  change(session, file, { history, repId: null, heldAt: null });
  decideAgain(session, file, reading, history);
};

const giveUpOnCards = (session: LaneSession, file: LeadFile, reading: LeadReading): void => {
  for (const { rep, startedAt } of file.assignment.offeredTo) {
    if (startedAt !== null) continue;
    const name = session.memory.roster.reps.get(rep)?.rep.name ?? rep;
    raise(session, 'card_undelivered', rep, {
      text: `Slack did not deliver a card to ${name} in time. See whether the workspace is connected and the app may message them.`,
    });
    notReached(session, file, rep);
  }
  if (file.assignment.offeredTo.length === 0 && file.assignment.state === 'offered')
    expire(session, file, reading);
};

/**
 * No message reaches a rep whom the lead is offered to: they get it directly, with a task in the CRM. Out of a
 * broadcast they are taken; once nobody is left it has run out.
 */
export const notReached = (session: LaneSession, file: LeadFile, rep: string): void => {
  const { assignment } = file;
  tell(session, file, 'unreachable', rep);
  if (assignment.broadcast) {
    const left = assignment.offeredTo.filter((offeree) => offeree.rep !== rep);
    const waitUntil = Math.max(assignment.dueAt ?? session.now, session.now);
    change(session, file, { offeredTo: left, ...offerDue(left, waitUntil, session.now) });
    refreshCards(session, file);
    return;
  }
  change(session, file, { state: 'assigned', dueAt: null, dueKind: null });
  tell(session, file, 'assigned', rep);
  giveTo(session, file, rep);
  addTask(session, file, rep);
  refreshCards(session, file);
  completeCallbacks(session, file);
};
