import type { types } from '@slack/bolt';
import type { OfferCard } from '../../server/assignments/views.ts';
import { answerButtons } from './answer-buttons.ts';
import { section } from './blocks.ts';
import { moment, momentText } from './moment.ts';
import type { CardMessage } from './offer-card.ts';
import { personTitle } from './person.ts';
import { fitText, inline, mrkdwnSafe } from './text.ts';

const TITLE_LENGTH = 500;

/** A short message beside the card, shortly before an offer ends: an edited card notifies nobody. */
export const reminder = (card: OfferCard & { readonly expiresAt: number }): CardMessage => {
  const { expiresAt, timezone, broadcast } = card;
  const title = personTitle(card.person);
  const then = broadcast ? 'The first of you to claim it gets it.' : 'Then it goes to somebody else.';
  const text = `:alarm_clock: *${inline(title, TITLE_LENGTH)}* waits for your answer until ${moment(expiresAt, timezone)}. ${then}`;
  const blocks: types.KnownBlock[] = [
    section(text),
    { type: 'actions', elements: answerButtons(card.assignmentId) },
  ];
  return {
    text: `Claim by ${momentText(expiresAt, timezone)}: ${fitText(title, TITLE_LENGTH, mrkdwnSafe)}`,
    blocks,
    metadata: {
      event_type: 'fairlead_reminder',
      event_payload: { assignment: card.assignmentId, version: card.version },
    },
  };
};
