import type { types } from '@slack/bolt';
import type { HomeOffer, RepHome } from '../../../server/assignments/rep-home.ts';
import { answerButtons } from '../answer-buttons.ts';
import { context, header, section } from '../blocks.ts';
import { moment } from '../moment.ts';
import { openInCrm } from '../open-in-crm.ts';
import { personTitle } from '../person.ts';
import { inline } from '../text.ts';
import { timeLeft } from '../time-left.ts';

const TITLE_LENGTH = 400;
const NAME_LENGTH = 200;

const deadline = ({ expiresAt }: HomeOffer, { asOf, timezone }: RepHome): string =>
  expiresAt === null
    ? 'Its time starts when the card reaches you'
    : `Claim by ${moment(expiresAt, timezone)} · *${timeLeft(expiresAt - asOf)}*`;

const offer = (one: HomeOffer, home: RepHome): types.KnownBlock[] => {
  const about = [
    ...(one.pool === null ? [] : [inline(one.pool.name, NAME_LENGTH)]),
    ...(one.offerees > 1 ? [`offered to ${one.offerees}: the first to claim gets it`] : []),
  ];
  const lines = [deadline(one, home), ...(about.length === 0 ? [] : [about.join(' · ')])];
  return [
    section(`*${inline(personTitle(one.person), TITLE_LENGTH)}*\n${lines.join('\n')}`),
    { type: 'actions', elements: [...answerButtons(one.assignmentId), ...openInCrm(one)] },
  ];
};

/** What waits for the rep's answer, with the same buttons as on the card. */
export const homeOffers = (home: RepHome): types.KnownBlock[] => {
  const { total, shown } = home.offers;
  if (total === 0)
    return [
      header('Open offers'),
      section('Nothing waits for your answer. Why each lead came to you is on its card, in Messages.'),
    ];
  const rest = total - shown.length;
  return [
    header(`Open offers (${total})`),
    ...shown.flatMap((one) => offer(one, home)),
    ...(rest > 0 ? [context(`and ${rest} more, which end later. They move up as you answer these.`)] : []),
  ];
};
