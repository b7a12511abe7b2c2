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
        '• A lead that is yours without asking says so; there is nothing to press.',
      ].join('\n'),
    ),
    context(
      `\`${COMMAND} help\` shows this again. Your working hours, time off and limits are set by your admin.`,
    ),
  ],
});
