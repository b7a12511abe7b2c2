import type { types } from '@slack/bolt';
import type { DeclineReason } from '../../server/assignments/types.ts';
import { section } from './blocks.ts';
import { DECLINE_INPUTS, DECLINE_MODAL } from './ids.ts';

const REASONS: Readonly<Record<DeclineReason, string>> = {
  not_my_area: 'Not my area',
  too_busy: 'Too busy right now',
  conflict: 'Conflict of interest',
  bad_lead: 'Not a real lead',
  other: 'Something else',
};

/** The longest note taken, in characters. */
export const NOTE_LENGTH = 500;

/** What the modal remembers: which lead, and where the card stands. Not signed, so checked again on submit. */
export interface DeclineContext {
  readonly assignmentId: string;
  readonly channel: string | null;
}

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });

const reasons: types.PlainTextOption[] = Object.entries(REASONS).map(([value, text]) => ({
  text: plain(text),
  value,
}));

/** Whether a value sent back is one of the reasons offered. */
export const isDeclineReason = (value: unknown): value is DeclineReason =>
  typeof value === 'string' && Object.hasOwn(REASONS, value);

/** The modal that asks why. */
export const declineModal = (about: DeclineContext): types.ModalView => ({
  type: 'modal',
  callback_id: DECLINE_MODAL,
  private_metadata: JSON.stringify(about),
  title: plain('Decline this lead'),
  submit: plain('Decline'),
  close: plain('Keep it'),
  blocks: [
    {
      type: 'input',
      block_id: DECLINE_INPUTS.reason,
      label: plain('Why?'),
      element: { type: 'radio_buttons', action_id: DECLINE_INPUTS.reason, options: reasons },
    },
    {
      type: 'input',
      block_id: DECLINE_INPUTS.note,
      optional: true,
      label: plain('Anything to add?'),
      element: {
        type: 'plain_text_input',
        action_id: DECLINE_INPUTS.note,
        multiline: true,
        max_length: NOTE_LENGTH,
      },
    },
  ],
});

/** The same modal once the answer came too late, or could not be taken. */
export const declineNotice = (text: string): types.ModalView => ({
  type: 'modal',
  callback_id: DECLINE_MODAL,
  title: plain('Decline this lead'),
  close: plain('Close'),
  blocks: [section(text)],
});
