import type { types } from '@slack/bolt';
import type { HomeLead, RepHome } from '../../../server/assignments/rep-home.ts';
import { context, header, section } from '../blocks.ts';
import { moment } from '../moment.ts';
import { openInCrm } from '../open-in-crm.ts';
import { personTitle } from '../person.ts';
import { crmName } from '../standing-text.ts';
import { inline } from '../text.ts';

const TITLE_LENGTH = 400;
const NAME_LENGTH = 200;

const owner = (lead: HomeLead): string => {
  const crm = inline(crmName(lead), NAME_LENGTH);
  switch (lead.written) {
    case 'none':
      return '';
    case 'pending':
      return ` · :hourglass_flowing_sand: writing you as owner to ${crm}`;
    case 'done':
      return ` · you own it in ${crm}`;
    case 'refused':
      return ` · :warning: ${crm} refused to make you its owner: its card says what to do`;
    default:
      return lead.written satisfies never;
  }
};

const lead = (one: HomeLead, { timezone }: RepHome): types.SectionBlock => {
  const [open] = openInCrm(one);
  const title = inline(personTitle(one.person), TITLE_LENGTH);
  const block = section(`*${title}*\nYours since ${moment(one.since, timezone)}${owner(one)}`);
  return open === undefined ? block : { ...block, accessory: open };
};

/** The rep's open leads, the newest first. */
export const homeLeads = (home: RepHome): types.KnownBlock[] => {
  const { total, shown } = home.leads;
  if (total === 0)
    return [
      header('Your leads'),
      section(
        'No open lead is yours right now. Leads you claim, or are given, stand here until they are closed in the CRM.',
      ),
    ];
  const rest = total - shown.length;
  return [
    header(`Your leads (${total})`),
    ...shown.map((one) => lead(one, home)),
    ...(rest > 0 ? [context(`and ${rest} older ones: your CRM has all of them.`)] : []),
  ];
};
