import type { CardKey } from '../../server/assignments/slack-ports.ts';
import { standingOf } from '../views/standing.ts';
import { slackCode } from './delivery-result.ts';
import type { CardParts } from './redraw.ts';

/** The reminder is no longer there, or the workspace lets nobody delete it: nothing is left to do. */
const OVER = new Set(['message_not_found', 'channel_not_found', 'cant_delete_message', 'is_inactive']);

/** Takes a reminder away once its offer is over: what it says would no longer be true. */
export const endReminder = async (parts: CardParts, key: CardKey): Promise<void> => {
  const stored = await parts.messages.find(key);
  if (stored === null || stored.reminderTs === null || stored.channel === null) return;
  const card = await parts.queries.offerCard(key.tenantId, key.assignmentId, key.repId);
  if (card !== null && standingOf(card, key.repId).kind === 'open') return;
  const client = await parts.clients.of(stored.connectionId);
  try {
    await client.chat.delete({ channel: stored.channel, ts: stored.reminderTs });
  } catch (error) {
    if (!OVER.has(slackCode(error) ?? '')) throw error;
  }
  await parts.messages.reminders.removed(key);
};
