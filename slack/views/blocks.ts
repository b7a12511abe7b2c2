import type { types } from '@slack/bolt';
import { clean, fitText, oneLine } from './text.ts';

/** Limits of Block Kit, in characters (from @slack/types 3.2). */
const LIMITS = { header: 150, buttonText: 75, url: 3000 } as const;

export const header = (text: string): types.HeaderBlock => ({
  type: 'header',
  text: { type: 'plain_text', text: fitText(oneLine(text), LIMITS.header), emoji: false },
});

/** Our own markup around text made safe before. `verbatim`: Slack makes no links of what merely looks like one. */
export const mrkdwn = (text: string): types.MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true });

export const section = (text: string): types.SectionBlock => ({ type: 'section', text: mrkdwn(text) });

/** Text from outside that may run over several lines: no markup in it means anything. */
export const quotation = (text: string, limit: number): types.SectionBlock => ({
  type: 'section',
  text: { type: 'plain_text', text: fitText(clean(text), limit), emoji: false },
});

export const context = (text: string): types.ContextBlock => ({ type: 'context', elements: [mrkdwn(text)] });

export const DIVIDER: types.DividerBlock = { type: 'divider' };

interface ButtonParts {
  readonly text: string;
  readonly action: string;
  readonly value?: string;
  readonly url?: string;
  readonly style?: 'primary' | 'danger';
}

export const button = ({ text, action, ...rest }: ButtonParts): types.Button => ({
  type: 'button',
  text: { type: 'plain_text', text: fitText(text, LIMITS.buttonText), emoji: false },
  action_id: action,
  ...rest,
});

/** A link Slack takes in a button, or null. */
export const httpUrl = (url: string | null): string | null => {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return (protocol === 'https:' || protocol === 'http:') && href.length <= LIMITS.url ? href : null;
};
