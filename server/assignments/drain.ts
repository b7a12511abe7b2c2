import { decide } from '../routing/decide/decide.ts';
import { wasHeld } from '../routing/decide/hold.ts';
import type { Outcome } from '../routing/decision.ts';
import type { RepState, RoutingState } from '../routing/state.ts';
import { toLead } from './judge.ts';
import type { LaneItem } from './lane.ts';
import type { LaneSession } from './lane-session.ts';
import type { WaitingLead, WaitingPage } from './lane-store.ts';

/** Waiting leads that one item looks at. */
const PAGE = 500;

/** Where the next page begins, and what had freed when the first one did; null: every waiting lead was looked at. */
export type NextPage = (NonNullable<WaitingPage['after']> & { readonly freedAt: number | null }) | null;

/**
 * Something has freed: looks at waiting leads, the urgent and then the oldest first, and makes those due that would now find somebody. They
 * are then decided in earnest, each after its record was read. What the earlier ones would take is not offered to
 * the later ones, so a freed slot wakes one lead and not all of them.
 */
export const drainItem = (after: NextPage, promised: Map<string, number>): LaneItem<NextPage> => ({
  kind: 'drain',
  wanted: { waiting: { after, limit: PAGE } },
  apply: (session) => {
    if (session.memory.compiled !== null && !session.lane.paused)
      for (const lead of session.waiting) if (wouldGo(session, lead, promised)) makeDue(session, lead);
    const freedAt = after === null ? session.lane.drainAt : after.freedAt;
    const last = session.waiting.at(-1)?.assignment;
    if (session.waiting.length === PAGE && last !== undefined)
      return { urgent: last.urgent, openedAt: last.openedAt, id: last.id, freedAt };
    // Something may have freed since the first page, or in this very transaction: that calls for another look.
    if (session.lane.drainAt === freedAt) session.changes.drainAt ??= null;
    return null;
  },
});

/** Others of this transaction may have changed the lead, or may be about to: it is due as they leave it. */
const makeDue = (session: LaneSession, { assignment: found }: WaitingLead): void => {
  const file = session.byAssignment(found.id);
  const assignment = { ...(file?.assignment ?? found), dueAt: session.now };
  if (assignment.state !== 'waiting') return;
  if (file !== undefined) file.assignment = assignment;
  session.changes.assignments.set(assignment.id, assignment);
};

const wouldGo = (
  session: LaneSession,
  { assignment, snapshot }: WaitingLead,
  promised: Map<string, number>,
): boolean => {
  // Erased values say nothing, and a lead whose rules never were asked is no guess: both are looked at in earnest.
  const { values } = snapshot;
  if (values === null || (assignment.ruleId === null && !wasHeld(assignment.history))) return true;
  const lead = toLead({ leadId: assignment.leadId, snapshot, history: assignment.history, owner: null });
  const { outcome, logOnly } = decide(
    lead,
    session.memory.compiled!,
    withPromises(session.state, promised),
    session.now,
  );
  const rep = logOnly ? null : takerOf(outcome);
  if (rep !== null) promised.set(rep, (promised.get(rep) ?? 0) + 1);
  return outcome.kind !== 'waiting';
};

const takerOf = (outcome: Outcome): string | null => {
  if (outcome.kind === 'assigned') return outcome.rep;
  return outcome.kind === 'offered' && !outcome.broadcast ? outcome.to[0]! : null;
};

/** Reps as if they had the leads already that this look would give them. */
const withPromises = (state: RoutingState, promised: ReadonlyMap<string, number>): RoutingState => ({
  ...state,
  rep: (id) => {
    const rep = state.rep(id);
    const more = promised.get(id);
    return rep === undefined || more === undefined ? rep : burdened(rep, more);
  },
});

const burdened = (rep: RepState, more: number): RepState => ({
  ...rep,
  load: {
    open: rep.load.open + more,
    perHour: rep.load.perHour + more,
    perDay: rep.load.perDay + more,
    perWeek: rep.load.perWeek + more,
    perMonth: rep.load.perMonth + more,
  },
});
