import type { ConnectionInfo, Delivery, DeliveryResult } from '../../server/assignments/ports.ts';
import type { CardKey } from '../../server/assignments/slack-ports.ts';
import type { OfferCard } from '../../server/assignments/views.ts';
import { movedCard, offerCard } from '../views/offer-card.ts';
import { standingOf } from '../views/standing.ts';
import { type CardParts, overwrite, placed, redraw } from './redraw.ts';

type CardDelivery = Extract<Delivery, { kind: 'slack_card' }>;

const NO_LONGER_THEIRS: DeliveryResult = { outcome: 'done', detail: { skipped: 'no_longer_theirs' } };

const concerns = (card: OfferCard | null, repId: string): card is OfferCard =>
  card !== null && ['open', 'yours'].includes(standingOf(card, repId).kind);

const post = async (parts: CardParts, key: CardKey, delivery: CardDelivery, card: OfferCard) => {
  await parts.messages.begin({ ...key, connectionId: delivery.connectionId, deliveryId: delivery.id });
  const client = await parts.clients.of(delivery.connectionId);
  const { channel, ts } = await client.chat.postMessage({
    channel: delivery.body.slackUserId,
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
    ...offerCard(card, key.repId),
  });
  if (channel === undefined || ts === undefined)
    throw new Error('Slack posted a message without saying where.');
  await parts.messages.posted(key, { channel, ts, version: card.version });
  return { ...key, connectionId: delivery.connectionId, channel, ts };
};

/**
 * Posts the card of one rep. The intent is stored before the call and the place after it: a delivery that was posted
 * and then lost its mark is not posted again. Where the process died in between the outcome is unknown and the card
 * is posted once more; an earlier copy keeps working and is redrawn when it is pressed.
 */
export const postCard = async (
  parts: CardParts,
  connection: ConnectionInfo,
  delivery: CardDelivery,
): Promise<DeliveryResult> => {
  const { assignmentId, repId } = delivery.body;
  const key: CardKey = { tenantId: connection.tenantId, assignmentId, repId };
  const stored = await parts.messages.find(key);
  const earlier = stored === null ? null : placed(stored);
  if (earlier !== null && stored?.deliveryId === delivery.id) {
    await redraw(parts, earlier);
    return { outcome: 'done', detail: { channel: earlier.channel, ts: earlier.ts } };
  }
  const card = await parts.queries.offerCard(key.tenantId, assignmentId, repId);
  if (!concerns(card, repId)) return NO_LONGER_THEIRS;
  if (earlier !== null) await overwrite(parts, earlier, movedCard(card));
  const at = await post(parts, key, delivery, card);
  const drawn = await parts.queries.offerCard(key.tenantId, assignmentId, repId);
  // The lead may have been claimed by another while this card was on its way.
  if (drawn !== null && drawn.version > card.version) await redraw(parts, at);
  return { outcome: 'done', detail: { channel: at.channel, ts: at.ts } };
};
