import type { Queries } from '../../server/assignments/queries.ts';
import type { CardKey, SlackMessages, StoredCard } from '../../server/assignments/slack-ports.ts';
import type { SlackClients } from '../clients.ts';
import { type CardMessage, offerCard } from '../views/offer-card.ts';
import { slackCode } from './delivery-result.ts';

export interface CardParts {
  readonly clients: SlackClients;
  readonly messages: SlackMessages;
  readonly queries: Queries;
}

/** The message is no longer there. */
const GONE = new Set(['message_not_found', 'channel_not_found']);
/** The workspace does not let it be edited: a late press is then answered beside the card. */
const FROZEN = new Set(['edit_window_closed', 'cant_update_message', 'block_mismatch', 'is_inactive']);

/** Whether a message cannot be edited any more, by the code that Slack gave. */
export const isLost = (code: string): boolean => GONE.has(code) || FROZEN.has(code);

/** Where a card stands. */
export type Placed = CardKey & {
  readonly connectionId: string;
  readonly channel: string;
  readonly ts: string;
};

/** A card whose place in Slack is known. */
export const placed = (card: StoredCard): Placed | null =>
  card.channel === null || card.ts === null ? null : { ...card, channel: card.channel, ts: card.ts };

/** Overwrites a message. A message that is gone is forgotten; one that cannot be edited stays. Else throws. */
export const overwrite = async (parts: CardParts, at: Placed, message: CardMessage): Promise<void> => {
  const client = await parts.clients.of(at.connectionId);
  try {
    await client.chat.update({
      channel: at.channel,
      ts: at.ts,
      parse: 'none',
      link_names: false,
      ...message,
    });
  } catch (error) {
    const code = slackCode(error) ?? '';
    if (GONE.has(code)) return parts.messages.drop(at);
    if (!FROZEN.has(code)) throw error;
  }
};

/**
 * Draws a card as its assignment stands now. The version is raised before the call and read again after it, so that
 * an older render never has the last word, even when two senders overlap for a moment. Says whether the lead is erased.
 */
export const redraw = async (parts: CardParts, at: Placed): Promise<boolean> => {
  const card = await parts.queries.offerCard(at.tenantId, at.assignmentId, at.repId);
  const erased = card?.erased === true;
  if (card === null || !(await parts.messages.raise(at, card.version))) return erased;
  await overwrite(parts, at, offerCard(card, at.repId));
  const stored = await parts.messages.find(at);
  if (stored !== null && stored.version > card.version) return redraw(parts, at);
  return erased;
};
