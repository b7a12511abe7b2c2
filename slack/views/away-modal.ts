import type { types } from '@slack/bolt';
import { context } from './blocks.ts';
import { AWAY_MODAL, AWAY_UNTIL } from './ids.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });

/** Asks until when somebody is away. Slack shows the time in the zone they have set there; it begins with this hour tomorrow. */
export const awayModal = (now: number): types.ModalView => ({
  type: 'modal',
  callback_id: AWAY_MODAL,
  title: plain('Out of office'),
  submit: plain('Switch to away'),
  close: plain('Cancel'),
  blocks: [
    {
      type: 'input',
      block_id: AWAY_UNTIL,
      label: plain('Away from now until'),
      hint: plain('In the zone you have set in Slack. Your working hours and holidays hold as before.'),
      element: {
        type: 'datetimepicker',
        action_id: AWAY_UNTIL,
        initial_date_time: (Math.ceil(now / HOUR) * HOUR + DAY) / 1000,
      },
    },
    context(
      'No new leads come to you. Offers you have not answered go to somebody else with your turn kept; leads that are yours stay yours.',
    ),
  ],
});
