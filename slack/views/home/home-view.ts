import type { types } from '@slack/bolt';
import type { RepHome } from '../../../server/assignments/rep-home.ts';
import { context, DIVIDER } from '../blocks.ts';
import { COMMAND } from '../ids.ts';
import { moment } from '../moment.ts';
import { type Contact, contactText } from './contact.ts';
import { homeLeads } from './home-leads.ts';
import { homeOffers } from './home-offers.ts';
import { homeStandings } from './home-standings.ts';
import { homeTimeOff } from './home-time-off.ts';

/**
 * A rep's Home: whether they get leads, what waits for their answer, what is theirs, and how they stand in their
 * pools. Lists are cut with a count, so that it keeps within Slack's 100 blocks whatever there is.
 */
export const homeView = (home: RepHome, contact: Contact): types.HomeView => ({
  type: 'home',
  blocks: [
    ...homeTimeOff(home),
    DIVIDER,
    ...homeOffers(home),
    DIVIDER,
    ...homeLeads(home),
    DIVIDER,
    ...homeStandings(home),
    DIVIDER,
    context(
      `As of ${moment(home.asOf, home.timezone)} · ${contactText(contact, home.manager)} · \`${COMMAND} help\` says what Fairlead does`,
    ),
  ],
});
