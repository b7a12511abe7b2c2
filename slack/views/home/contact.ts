import { inline } from '../text.ts';

/** Whom reps may ask: where the workspace's alerts go. A checked user id; a channel by id or name; null: not set. */
export interface Contact {
  readonly user: string | null;
  readonly channel: string | null;
}

const NAME_LENGTH = 200;
const matching = (pattern: RegExp, id: unknown): string | null =>
  typeof id === 'string' && pattern.test(id) ? id : null;

/** Slack takes a channel by its name as well; then it is shown as it is written. */
const channelText = (channel: string): string =>
  /^[CG][A-Z0-9]{1,20}$/.test(channel) ? `<#${channel}>` : `*${inline(channel, NAME_LENGTH)}*`;

/** The contact that a connection's settings name. */
export const contactOf = (settings: Readonly<Record<string, unknown>>): Contact => ({
  user: matching(/^[UW][A-Z0-9]{1,20}$/, settings.alertUser),
  channel: typeof settings.alertChannel === 'string' ? settings.alertChannel : null,
});

/** Where to ask, in mrkdwn: the admin, their channel, or else the rep's manager. */
export const contactText = ({ user, channel }: Contact, manager: string | null): string => {
  if (user !== null) return `Questions? Your admin is <@${user}>`;
  if (channel !== null) return `Questions? Ask in ${channelText(channel)}`;
  return manager === null
    ? 'Questions? Ask whoever set Fairlead up for you'
    : `Questions? Ask ${inline(manager, NAME_LENGTH)}`;
};
