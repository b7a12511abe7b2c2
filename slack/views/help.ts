import type { types } from '@slack/bolt';
import { context, header, section } from './blocks.ts';
import { COMMAND } from './ids.ts';

/** The answer to `/leads` and `/leads help`. */
export const help = (): { text: string; blocks: types.KnownBlock[] } => ({
  text: 'Fairlead offers you leads here: press Claim to take one, Decline to pass it on.',
  blocks: [
    header('Fairlead gives leads to the right rep'),
    section(
      [
        'When a lead is for you, a card arrives in this conversation with who they are and why it came to you.',
        '• *Claim* takes it: you become its owner in the CRM. If several of you were asked, the first to claim gets it.',
        '• *Decline* passes it on to somebody else and asks why.',
        '• An offer you do not answer in time goes to somebody else.',
        '• You are reminded once, shortly before an offer ends.',
        '• A lead that is yours without asking says so; there is nothing to press.',
      ].join('\n'),
    ),
    section(
      [
        `• \`${COMMAND} away\` takes you off new leads until you switch back; \`${COMMAND} away 3h\` or \`${COMMAND} away 2d\` for a while. What you have not answered goes to somebody else, with your turn kept.`,
        `• \`${COMMAND} back\` ends it.`,
        '• *Home*, above this conversation, shows your offers, your leads and your fair share.',
      ].join('\n'),
    ),
    context(
      `\`${COMMAND} help\` shows this again. Your working hours, holidays and limits are set by your admin.`,
    ),
  ],
});
