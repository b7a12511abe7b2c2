import type { ConnectionInfo, Delivery, DeliveryResult } from '../../server/assignments/ports.ts';
import type { SlaNotice } from '../../server/assignments/views.ts';
import { slaMessage } from '../views/sla-message.ts';
import { clearNotices } from './clear-notices.ts';
import { failureResult, wasNotPosted } from './delivery-result.ts';
import type { CardParts } from './redraw.ts';

type SlaDelivery = Extract<Delivery, { kind: 'slack_sla' }>;

const skipped = (why: string): DeliveryResult => ({ outcome: 'done', detail: { skipped: why } });

/** A rep is asked while it is theirs to do; their manager is told also of a lead that was taken from them. */
const concerns = (notice: SlaNotice | null, to: SlaDelivery['body']['to']): notice is SlaNotice =>
  notice !== null && (notice.ended === null || (to === 'manager' && notice.ended === 'reassigned'));

/** Where it stands, for an erasure of its lead; nobody is told twice where that is not known. */
const keepPlace = async (
  parts: CardParts,
  connection: ConnectionInfo,
  { id: deliveryId, body: { assignmentId } }: SlaDelivery,
  { channel, ts }: { readonly channel?: string | undefined; readonly ts?: string | undefined },
): Promise<void> => {
  if (channel === undefined || ts === undefined) return;
  const { id: connectionId, tenantId } = connection;
  await parts.messages.notices.posted({ tenantId, deliveryId, assignmentId, connectionId, channel, ts });
  // An erasure while it was on its way did not know where it stands.
  await clearNotices(parts, connection, assignmentId);
};

/**
 * Tells a rep or a manager of an SLA, once. The intent is stored before the call: where it is unknown whether it was
 * posted, it is not posted again.
 */
export const postSla = async (
  parts: CardParts,
  connection: ConnectionInfo,
  delivery: SlaDelivery,
  now: number,
): Promise<DeliveryResult> => {
  const { tenantId } = connection;
  const { repId, slackUserId, to } = delivery.body;
  const notice = await parts.queries.slaNotice(tenantId, delivery.body);
  if (!concerns(notice, to)) return skipped('no_longer_running');
  if (!(await parts.messages.notices.begin(tenantId, delivery.id))) return skipped('told_already');
  try {
    const client = await parts.clients.of(connection.id);
    const { channel, ts } = await client.chat.postMessage({
      channel: slackUserId,
      parse: 'none',
      link_names: false,
      unfurl_links: false,
      unfurl_media: false,
      ...slaMessage(notice, { repId, to, now }),
    });
    await keepPlace(parts, connection, delivery, { channel, ts });
    return { outcome: 'done' };
  } catch (error) {
    if (wasNotPosted(error)) await parts.messages.notices.undo(tenantId, delivery.id);
    return failureResult(error);
  }
};
