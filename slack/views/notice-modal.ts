import type { types } from '@slack/bolt';
import { section } from './blocks.ts';

/** Tells one person something where there is no message to say it beside. `text` in mrkdwn. */
export const noticeModal = (text: string): types.ModalView => ({
  type: 'modal',
  title: { type: 'plain_text', text: 'Fairlead' },
  close: { type: 'plain_text', text: 'Close' },
  blocks: [section(text)],
});
