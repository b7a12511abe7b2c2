import type { SlackChannel, SlackMessage, SlackState, SlackUser } from './model.ts';

/** The workspace with the few changes others share. `changed` is told after each. */
export interface SlackStore {
  readonly state: SlackState;
  readonly now: () => number;
  readonly changed: () => void;
  readonly nextId: (prefix: string) => string;
  /** A message timestamp: seconds with six decimals, rising. */
  readonly nextTs: () => string;
  readonly user: (id: string) => SlackUser | undefined;
  readonly channel: (id: string) => SlackChannel | undefined;
  /** The direct message with a user, opened when it is not yet there. */
  readonly openDm: (user: SlackUser) => SlackChannel;
  readonly message: (channel: string, ts: string) => SlackMessage | undefined;
  readonly add: (message: SlackMessage) => void;
  readonly replace: (channel: string, ts: string, change: Partial<SlackMessage>) => void;
  readonly remove: (channel: string, ts: string) => void;
}

/** A store over a state that is kept by reference, so that whoever saves it sees every change. */
export const createSlackStore = (state: SlackState, now: () => number, changed: () => void): SlackStore => {
  const nextId = (prefix: string): string => {
    state.sequence += 1;
    return `${prefix}${state.sequence.toString(36).toUpperCase().padStart(9, '0')}`;
  };
  let lastMicros = 0;
  const nextTs = (): string => {
    lastMicros = Math.max(now() * 1000, lastMicros + 1);
    return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`;
  };
  const is = (channel: string, ts: string) => (one: SlackMessage) => one.channel === channel && one.ts === ts;
  return {
    state,
    now,
    changed,
    nextId,
    nextTs,
    user: (id) => state.users.find((one) => one.id === id),
    channel: (id) =>
      state.channels.find((one) => one.id === id || (one.kind === 'channel' && `#${one.name}` === id)),
    openDm: (user) => {
      const open = state.channels.find((one) => one.kind === 'im' && one.members[0] === user.id);
      if (open !== undefined) return open;
      const channel: SlackChannel = { id: nextId('D'), kind: 'im', name: user.name, members: [user.id] };
      state.channels.push(channel);
      return channel;
    },
    message: (channel, ts) => state.messages.find(is(channel, ts)),
    add: (message) => {
      state.messages.push(message);
      if (state.messages.length > 5_000) state.messages.splice(0, 500);
      changed();
    },
    replace: (channel, ts, change) => {
      const index = state.messages.findIndex(is(channel, ts));
      const old = state.messages[index];
      if (old === undefined) return;
      state.messages[index] = { ...old, ...change };
      changed();
    },
    remove: (channel, ts) => {
      state.messages = state.messages.filter((one) => !is(channel, ts)(one));
      changed();
    },
  };
};
