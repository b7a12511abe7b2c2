import type { SlaNotice } from '../../server/assignments/views.ts';
import { answerButtons } from './answer-buttons.ts';
import { section } from './blocks.ts';
import { moment, momentText } from './moment.ts';
import type { CardMessage } from './offer-card.ts';
import { openInCrm } from './open-in-crm.ts';
import { personTitle } from './person.ts';
import { standingOf } from './standing.ts';
import { fitText, inline, mrkdwnSafe } from './text.ts';

const TITLE_LENGTH = 500;
const NAME_LENGTH = 200;

/** Whom a message about an SLA is for, and when they read it (epoch milliseconds). */
export interface SlaReader {
  readonly repId: string;
  readonly to: 'rep' | 'manager';
  readonly now: number;
}

/** What a rep is to do. */
const ASKED: Readonly<Record<SlaNotice['until'], string>> = {
  claimed: 'Claim it',
  first_activity: 'Call or write to them',
  condition: 'Bring its record up to date',
};

/** What has not happened. */
const LACKING: Readonly<Record<SlaNotice['until'], string>> = {
  claimed: 'has not been claimed',
  first_activity: 'has not been worked on',
  condition: 'is not where it is to be',
};

const dueText = ({ dueAt, card }: SlaNotice, now: number, text: typeof moment): string => {
  if (dueAt === null) return 'stands still';
  return `${dueAt > now ? 'is due' : 'was due'} ${text(dueAt, card.timezone)}`;
};

const who = ({ reps }: SlaNotice): string =>
  reps.map(({ name }) => `*${inline(name, NAME_LENGTH)}*`).join(', ') || 'Nobody';

const said = (notice: SlaNotice, { to, now }: SlaReader): string => {
  const lead = `*${inline(personTitle(notice.card.person), TITLE_LENGTH)}*`;
  const due = `${inline(notice.name, NAME_LENGTH)} ${dueText(notice, now, moment)}.`;
  if (to === 'rep') return `:hourglass: ${lead} waits for you. ${ASKED[notice.until]}: ${due}`;
  const then = notice.ended === 'reassigned' ? ' It was given to somebody else.' : '';
  return `:rotating_light: ${lead}, with ${who(notice)}, ${LACKING[notice.until]}: ${due}${then}`;
};

/** A message that an SLA of a lead runs out, or has: to the rep who has it, or to their manager. */
export const slaMessage = (notice: SlaNotice, reader: SlaReader): CardMessage => {
  const { card } = notice;
  const answers =
    reader.to === 'rep' && standingOf(card, reader.repId).kind === 'open'
      ? answerButtons(card.assignmentId)
      : [];
  const elements = [...answers, ...openInCrm(card)];
  const title = fitText(personTitle(card.person), TITLE_LENGTH, mrkdwnSafe);
  const name = fitText(notice.name, NAME_LENGTH, mrkdwnSafe);
  return {
    text: `${title}: ${name} ${dueText(notice, reader.now, momentText)}`,
    blocks: [
      section(said(notice, reader)),
      ...(elements.length === 0 ? [] : [{ type: 'actions' as const, elements }]),
    ],
    metadata: {
      event_type: 'fairlead_sla',
      event_payload: { assignment: card.assignmentId, version: card.version },
    },
  };
};
