import { homeOf } from './methods/views.ts';
import type { Json, SlackChannel, SlackMessage, SlackUser } from './model.ts';
import type { SlackStore } from './store.ts';

export interface ChannelForUser {
  readonly id: string;
  readonly name: string;
  readonly kind: 'im' | 'channel';
  readonly unread: number;
  readonly messages: readonly SlackMessage[];
}

/** The workspace as one person sees it: their channels with messages, the modal on their screen, their Home tab. */
export interface WorkspaceForUser {
  readonly user: SlackUser;
  readonly channels: readonly ChannelForUser[];
  readonly modal: { readonly id: string; readonly view: Json } | null;
  /** Their Home tab; null: nothing was published. */
  readonly home: { readonly id: string; readonly view: Json } | null;
}

/** One person's channels. Messages for one other person only are left out. */
export const workspaceFor = (store: SlackStore, user: SlackUser): WorkspaceForUser => {
  const { state } = store;
  const modal = state.views.find((one) => one.user === user.id && one.type === 'modal');
  const home = homeOf(store, user.id);
  const mine = state.channels.filter((one) => one.members.includes(user.id));
  const channels = mine.toSorted((a, b) => Number(a.kind !== 'im') - Number(b.kind !== 'im'));
  return {
    user,
    channels: channels.map((channel) => channelFor(store, user, channel)),
    modal: modal === undefined ? null : { id: modal.id, view: modal.view },
    home: home === undefined ? null : { id: home.id, view: home.view },
  };
};

const channelFor = (store: SlackStore, user: SlackUser, channel: SlackChannel): ChannelForUser => {
  const messages = store.state.messages.filter(
    (one) => one.channel === channel.id && (one.ephemeralTo ?? user.id) === user.id,
  );
  const read = store.state.read[`${user.id}/${channel.id}`] ?? '';
  return {
    id: channel.id,
    name: channel.kind === 'im' ? store.state.bot.name : channel.name,
    kind: channel.kind,
    unread: messages.filter((one) => one.ts > read).length,
    messages,
  };
};

/** Who there is to be, with what each has unread. */
export const sidebar = (store: SlackStore): readonly (SlackUser & { readonly unread: number })[] =>
  store.state.users
    .filter((one) => !one.deleted)
    .map((user) => ({
      ...user,
      unread: workspaceFor(store, user).channels.reduce((sum, one) => sum + one.unread, 0),
    }));
