import type { types } from '@slack/bolt';
import { context, header, section } from '../blocks.ts';
import { COMMAND } from '../ids.ts';
import { type Contact, contactText } from './contact.ts';

/** The Home of somebody who is no rep yet. */
export const welcome = (contact: Contact): types.HomeView => ({
  type: 'home',
  blocks: [
    header('Welcome to Fairlead'),
    section(
      [
        'Fairlead gives each lead of your CRM to the right person, fairly, and says why.',
        '*You take no leads here yet.* An admin adds you with the e-mail address you use in Slack; from then on your offers and leads stand here, and a card tells you of each new one.',
      ].join('\n\n'),
    ),
    context(`${contactText(contact, null)} · \`${COMMAND} help\` says what Fairlead does`),
  ],
});
