import { queue } from './deliveries.ts';
import type { LaneSession, LeadFile } from './lane-session.ts';
import { type OfferTime, reminderAt } from './reminder-at.ts';

/** Plans the reminder of an offer whose clock has just started. It is superseded when the offer is over before. */
export const remind = (session: LaneSession, file: LeadFile, repId: string, time: OfferTime): void => {
  const slack = session.memory.roster.reps.get(repId)?.slack ?? null;
  const dueAt = reminderAt(time);
  if (slack === null || dueAt === null) return;
  const assignmentId = file.assignment.id;
  // A key of its own: a card that is posted again must not wait behind what is due later.
  const key = `remind/${assignmentId}/${repId}`;
  const body = { repId, slackUserId: slack.userId, assignmentId };
  queue(session, file, slack.connectionId, key, { kind: 'slack_reminder', body }, dueAt);
};
