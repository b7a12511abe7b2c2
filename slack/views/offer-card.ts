import type { types } from '@slack/bolt';
import type { OfferCard } from '../../server/assignments/views.ts';
import { answerButtons } from './answer-buttons.ts';
import { context, header, mrkdwn, quotation, section } from './blocks.ts';
import { moment, momentText } from './moment.ts';
import { openInCrm } from './open-in-crm.ts';
import { personFields, personTitle } from './person.ts';
import { type Standing, standingOf } from './standing.ts';
import { standingText } from './standing-text.ts';
import { fitText, inline, mrkdwnSafe, oneLine } from './text.ts';

const MESSAGE_LENGTH = 600;
const WHY_LENGTH = 1500;
const NAME_LENGTH = 200;
const MOVED = 'This lead is offered to you again: see the newer message below.';
const TEXT_LENGTH = 1000;

/** A message as chat.postMessage and chat.update take it. `text` is what notifications and screen readers say. */
export interface CardMessage {
  readonly text: string;
  readonly blocks: types.KnownBlock[];
  readonly metadata: types.MessageMetadata;
}

const actions = (elements: types.Button[]): types.ActionsBlock[] =>
  elements.length === 0 ? [] : [{ type: 'actions', elements }];

const claimBy = (card: OfferCard): types.MrkdwnElement[] =>
  card.expiresAt === null ? [] : [mrkdwn(`*Claim by*\n${moment(card.expiresAt, card.timezone)}`)];

const fieldsBlock = (fields: types.MrkdwnElement[]): types.SectionBlock[] =>
  fields.length === 0 ? [] : [{ type: 'section', fields }];

const message = (card: OfferCard): types.SectionBlock[] => {
  const said = card.person?.message ?? '';
  const quoted = quotation(said, MESSAGE_LENGTH);
  return quoted.text?.text === '' ? [] : [section('*Last message*'), quoted];
};

const why = (card: OfferCard): types.SectionBlock[] => {
  const reason = inline(card.why, WHY_LENGTH);
  return reason === '' ? [] : [section(`*Why you*\n${reason}`)];
};

const origin = (card: OfferCard, standing: Standing): types.ContextBlock => {
  const several =
    standing.kind === 'open' && card.broadcast
      ? [`Offered to ${card.offeredTo.length}: the first to claim gets it`]
      : [];
  const names = [
    ...(card.rule === null ? [] : [`Rule: ${inline(card.rule.name, NAME_LENGTH)}`]),
    ...(card.pool === null ? [] : [`Pool: ${inline(card.pool.name, NAME_LENGTH)}`]),
  ];
  return context([...several, ...names, inline(card.assignmentId, NAME_LENGTH)].join(' · '));
};

/** Contact details are shown only while the lead is, or may become, the reader's. */
const body = (card: OfferCard, standing: Standing): types.KnownBlock[] => {
  if (standing.kind === 'open')
    return [
      ...fieldsBlock([...personFields(card.person), ...claimBy(card)]),
      ...message(card),
      ...why(card),
      ...actions([...answerButtons(card.assignmentId), ...openInCrm(card)]),
    ];
  const said = section(standingText(card, standing));
  if (standing.kind !== 'yours') return [said];
  return [
    said,
    ...fieldsBlock(personFields(card.person)),
    ...message(card),
    ...why(card),
    ...actions(openInCrm(card)),
  ];
};

const notification = (card: OfferCard, standing: Standing): string => {
  const title = personTitle(card.person);
  if (standing.kind === 'open') {
    const until = card.expiresAt === null ? '' : ` – claim by ${momentText(card.expiresAt, card.timezone)}`;
    return fitText(`New lead: ${title}${until}`, TEXT_LENGTH, mrkdwnSafe);
  }
  const plain = standingText(card, standing).replace(/[*\u2060]|:\w+: /g, '');
  return `${fitText(oneLine(title), TEXT_LENGTH / 2, mrkdwnSafe)}: ${plain}`;
};

/**
 * The card of one rep about one lead: an offer to claim or decline, the notice of a lead given directly, or how it
 * ended. Metadata holds ids only: anybody in the workspace can read it.
 */
export const offerCard = (card: OfferCard, repId: string): CardMessage => {
  if (card.erased === true) return erasedMessage(card);
  const standing = standingOf(card, repId);
  return {
    text: notification(card, standing),
    blocks: [header(personTitle(card.person)), ...body(card, standing), origin(card, standing)],
    metadata: {
      event_type: 'fairlead_card',
      event_payload: { assignment: card.assignmentId, version: card.version },
    },
  };
};

/** What stands in place of whatever said who a lead is, once that is erased. */
export const erasedMessage = ({
  assignmentId,
  version,
}: Pick<OfferCard, 'assignmentId' | 'version'>): CardMessage => {
  const text = 'What this message said about a lead was erased.';
  return {
    text,
    blocks: [section(text)],
    metadata: { event_type: 'fairlead_card', event_payload: { assignment: assignmentId, version } },
  };
};

/**
 * What an older card says once a newer one about the same lead follows it in the conversation. It is not found again, so
 * it does not say who the lead is.
 */
export const movedCard = (card: OfferCard): CardMessage => ({
  text: MOVED,
  blocks: [section(MOVED)],
  metadata: {
    event_type: 'fairlead_card',
    event_payload: { assignment: card.assignmentId, version: card.version },
  },
});
