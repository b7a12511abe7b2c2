import type { types } from '@slack/bolt';
import type { RepHome } from '../../../server/assignments/rep-home.ts';
import { button, header, section } from '../blocks.ts';
import { ACTIONS } from '../ids.ts';
import { moment } from '../moment.ts';
import { oneLine } from '../text.ts';

const back = ({ availability: { backAt }, timezone }: RepHome): string =>
  backAt === null ? '' : ` You are back ${moment(backAt, timezone)}.`;

const CRMS: Readonly<Record<Exclude<NonNullable<RepHome['availability']['source']>, 'slack'>, string>> = {
  hubspot: 'HubSpot',
  salesforce: 'Salesforce',
  dynamics: 'Dynamics',
  zoho: 'Zoho',
  pipedrive: 'Pipedrive',
};

const crmOf = ({ availability: { source } }: RepHome): string | null =>
  source === undefined || source === 'slack' ? null : CRMS[source];

const inCrm = (home: RepHome): string => {
  const crm = crmOf(home);
  return crm === null ? '' : ` as ${crm} has them`;
};

const enteredIn = (home: RepHome): string => {
  const crm = crmOf(home);
  return crm === null ? 'your admin entered' : `is entered in ${crm}`;
};

const awayText = (home: RepHome, { since, until }: NonNullable<RepHome['away']>): string => {
  const { timezone } = home;
  const end = until === null ? 'until you switch back' : `until ${moment(until, timezone)}`;
  const later = until !== null && home.availability.backAt !== until ? back(home) : '';
  return `:palm_tree: *You are away ${end}*, since ${moment(since, timezone)}. No new leads come to you; those that are yours stay yours.${later}`;
};

const status = (home: RepHome): string => {
  if (home.away !== null) return awayText(home, home.away);
  const { code } = home.availability;
  switch (code) {
    case 'available':
      return home.logOnly
        ? ':large_green_circle: *You are at work.* Fairlead only looks on for now: leads are decided and nothing is sent.'
        : ':large_green_circle: *You are at work.* New leads can come to you.';
    case 'off_hours':
      return `:crescent_moon: *You are outside your working hours${inCrm(home)}.*${back(home)}`;
    case 'time_off':
      return `:palm_tree: *You are on time off* that ${enteredIn(home)}.${back(home)}`;
    case 'holiday':
      return `:palm_tree: *It is a public holiday where you are.*${back(home)}`;
    case 'paused':
      return ':double_vertical_bar: *Your admin has paused you.* No new leads come to you.';
    default:
      return code satisfies never;
  }
};

const SWITCH: Readonly<Record<'here' | 'away', readonly types.Button[]>> = {
  here: [
    button({ text: 'I am away', action: ACTIONS.away }),
    button({ text: 'Away until…', action: ACTIONS.awayUntil }),
  ],
  away: [
    button({ text: 'I am back', action: ACTIONS.back, style: 'primary' }),
    button({ text: 'Away until…', action: ACTIONS.awayUntil }),
  ],
};

/** Whether leads come to the rep now, and the switch. */
export const homeTimeOff = (home: RepHome): types.KnownBlock[] => [
  header(`Hello ${oneLine(home.rep.name)}`),
  section(status(home)),
  { type: 'actions', elements: [...SWITCH[home.away === null ? 'here' : 'away']] },
];
