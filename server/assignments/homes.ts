import type { LaneSession } from './lane-session.ts';

/** How soon a rep's Home follows what happened to their own offers and leads: what belongs together is drawn once. */
const OWN_AFTER = 1_000;
/** How soon it follows a standing in a pool, which every lead of the pool changes a little for everybody. */
const STANDING_AFTER = 5 * 60_000;

/** Notes whose Home in Slack shows something else after this transaction. */
export const wakeHomes = (session: LaneSession): void => {
  if (session.memory.roster.slackConnection === null) return;
  const { changes, now } = session;
  const due = new Map<string, number>();
  for (const { rep } of changes.balances.values()) due.set(rep, now + STANDING_AFTER);
  for (const rep of concerned(session)) due.set(rep, now + OWN_AFTER);
  for (const [repId, dueAt] of due) changes.homes.push({ deliveryId: session.newId('dlv'), repId, dueAt });
};

/** Reps whose own offers and leads were changed: those it happened to, and those the lead is with or held out to. */
const concerned = ({ changes }: LaneSession): ReadonlySet<string> => {
  const reps = new Set<string>();
  for (const { repId } of changes.events) if (repId !== null) reps.add(repId);
  for (const { repId, offeredTo } of changes.assignments.values()) {
    if (repId !== null) reps.add(repId);
    for (const { rep } of offeredTo) reps.add(rep);
  }
  return reps;
};
