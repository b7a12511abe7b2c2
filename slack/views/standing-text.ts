import type { OfferCard } from '../../server/assignments/views.ts';
import type { Standing } from './standing.ts';
import { inline, oneLine } from './text.ts';

const CRM_NAMES: ReadonlyMap<string, string> = new Map([
  ['hubspot', 'HubSpot'],
  ['salesforce', 'Salesforce'],
  ['dynamics', 'Dynamics'],
  ['zoho', 'Zoho'],
  ['pipedrive', 'Pipedrive'],
]);

const NAME_LENGTH = 200;
const REMEDY_LENGTH = 1000;

/** The CRM's name as people write it: its vendor's, or that of the connection. Plain text. */
export const crmName = (card: Pick<OfferCard, 'crm'>): string => {
  const name = oneLine(card.crm ?? '');
  return name === '' ? 'the CRM' : (CRM_NAMES.get(name) ?? name);
};

const crmText = (card: OfferCard): string => inline(crmName(card), NAME_LENGTH);

const yours = (card: OfferCard): string => {
  switch (card.written) {
    case 'none':
      return ':white_check_mark: *This lead is yours.*';
    case 'pending':
      return `:hourglass_flowing_sand: *This lead is yours.* Writing you as its owner to ${crmText(card)}…`;
    case 'done':
      return `:white_check_mark: *This lead is yours.* You own it in ${crmText(card)}.`;
    case 'refused':
      return `:warning: *This lead is yours*, but ${crmText(card)} refused to make you its owner. ${inline(card.remedy ?? 'Ask an admin to set the owner there.', REMEDY_LENGTH)}`;
    default:
      return card.written satisfies never;
  }
};

const now = (by: string | null): string =>
  by === null ? 'It goes to somebody else.' : `*${inline(by, NAME_LENGTH)}* has it now.`;

/** What a card says below its header once it is no open offer, in mrkdwn. */
export const standingText = (card: OfferCard, standing: Exclude<Standing, { kind: 'open' }>): string => {
  switch (standing.kind) {
    case 'yours':
      return yours(card);
    case 'taken':
      return `*${inline(standing.by, NAME_LENGTH)}* has this lead.`;
    case 'declined':
      return `You declined this lead. ${now(standing.by)}`;
    case 'missed':
      return `:alarm_clock: Time ran out on this lead. ${now(standing.by)}`;
    case 'elsewhere':
      return 'This lead is now offered to somebody else.';
    case 'waiting':
      return 'This lead waits for a rep who is free.';
    case 'in_queue':
      return 'This lead is in a queue now.';
    case 'closed':
      return 'This lead is closed: there is nothing to do.';
    default:
      return standing satisfies never;
  }
};
