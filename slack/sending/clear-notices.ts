import type { ConnectionInfo } from '../../server/assignments/ports.ts';
import { erasedMessage } from '../views/offer-card.ts';
import { slackCode } from './delivery-result.ts';
import { type CardParts, isLost } from './redraw.ts';

/** Takes out of an assignment's notices who its lead is, once that is erased. */
export const clearNotices = async (
  parts: CardParts,
  connection: ConnectionInfo,
  assignmentId: string,
): Promise<void> => {
  const notices = await parts.messages.notices.list(connection.tenantId, assignmentId);
  const mine = notices.filter(({ connectionId }) => connectionId === connection.id);
  if (mine.length === 0) return;
  const card = await parts.queries.offerCard(connection.tenantId, assignmentId, '');
  if (card?.erased !== true) return;
  const client = await parts.clients.of(connection.id);
  for (const notice of mine) {
    const { channel, ts } = notice;
    try {
      await client.chat.update({ channel, ts, parse: 'none', link_names: false, ...erasedMessage(card) });
    } catch (error) {
      if (!isLost(slackCode(error) ?? '')) throw error;
    }
    await parts.messages.notices.cleared(notice);
  }
};
