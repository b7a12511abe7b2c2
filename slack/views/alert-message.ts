import type { types } from '@slack/bolt';
import { section } from './blocks.ts';
import { clean, fitText, mrkdwnSafe } from './text.ts';

const ALERT_LENGTH = 2500;

/** A matter for an admin, in the words the console shows too. */
export const alertMessage = (alert: {
  readonly text: string;
}): { text: string; blocks: types.KnownBlock[] } => {
  const text = fitText(clean(alert.text), ALERT_LENGTH, mrkdwnSafe);
  return {
    text: `Fairlead needs you: ${text}`,
    blocks: [section(`:rotating_light: *Fairlead needs you*\n${text}`)],
  };
};
