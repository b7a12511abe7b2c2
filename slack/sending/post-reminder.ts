import type { ConnectionInfo, Delivery, DeliveryResult } from '../../server/assignments/ports.ts';
import type { CardKey } from '../../server/assignments/slack-ports.ts';
import type { OfferCard } from '../../server/assignments/views.ts';
import { reminder } from '../views/reminder.ts';
import { standingOf } from '../views/standing.ts';
import { failureResult, wasNotPosted } from './delivery-result.ts';
import { endReminder } from './end-reminder.ts';
import { type CardParts, placed } from './redraw.ts';

type ReminderDelivery = Extract<Delivery, { kind: 'slack_reminder' }>;

const skipped = (why: string): DeliveryResult => ({ outcome: 'done', detail: { skipped: why } });

const isOpen = (
  card: OfferCard | null,
  repId: string,
  now: number,
): card is OfferCard & { readonly expiresAt: number } =>
  card !== null && standingOf(card, repId).kind === 'open' && card.expiresAt !== null && card.expiresAt > now;

/** A reminder that Slack refuses is nobody's to mend: the card itself stands. */
const ended = (error: unknown): DeliveryResult => {
  const result = failureResult(error);
  return result.outcome === 'refused' ? skipped(result.code) : result;
};

const post = async (
  parts: CardParts,
  key: CardKey,
  at: { readonly connectionId: string; readonly channel: string },
  card: OfferCard & { readonly expiresAt: number },
): Promise<void> => {
  const client = await parts.clients.of(at.connectionId);
  const { ts } = await client.chat.postMessage({
    channel: at.channel,
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
    ...reminder(card),
  });
  if (ts !== undefined) await parts.messages.reminders.posted(key, ts);
};

/**
 * Reminds a rep of an offer they have not answered, once. The intent is stored before the call: where it is unknown
 * whether a reminder was posted no second one is, for one too many annoys and one too few is only as before.
 */
export const postReminder = async (
  parts: CardParts,
  connection: ConnectionInfo,
  delivery: ReminderDelivery,
  now: number,
): Promise<DeliveryResult> => {
  const { assignmentId, repId } = delivery.body;
  const key: CardKey = { tenantId: connection.tenantId, assignmentId, repId };
  const stored = await parts.messages.find(key);
  const at = stored === null ? null : placed(stored);
  const card = await parts.queries.offerCard(key.tenantId, assignmentId, repId);
  if (at === null || !isOpen(card, repId, now)) return skipped('no_longer_open');
  if (!(await parts.messages.reminders.begin(key, delivery.id))) return skipped('reminded_already');
  try {
    await post(parts, key, at, card);
  } catch (error) {
    if (wasNotPosted(error)) await parts.messages.reminders.undo(key, delivery.id);
    return ended(error);
  }
  // They may have answered while it was on its way.
  await endReminder(parts, key);
  return { outcome: 'done' };
};
