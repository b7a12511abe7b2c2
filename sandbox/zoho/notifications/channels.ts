import { dateTimeText, parseDateTime } from '../dates.ts';
import { ZohoError } from '../errors.ts';
import type { Org } from '../org.ts';
import { MODULE_NAMES } from '../schema/modules.ts';

/** A subscription of an app: what it wants to hear, where, until when. */
export interface Channel {
  readonly channelId: string;
  readonly orgId: string;
  /** Who authorised it: it falls silent when they leave. */
  readonly userId: string;
  readonly events: readonly string[];
  readonly notifyUrl: string;
  readonly token: string | null;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly withValues: boolean;
}

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const LONGEST_TOKEN = 50;
const OPERATIONS = ['create', 'edit', 'delete', 'all'];

type Asked = Readonly<Record<string, unknown>>;

const wrong = (api_name: string, row: number, code = 'INVALID_DATA', message = 'invalid data'): ZohoError =>
  new ZohoError(code, message, { api_name, json_path: `$.watch[${row}].${api_name}` }, 202);

const isEvent = (event: unknown): event is string => {
  const [module, operation, ...rest] = String(event).split('.');
  const known = module === 'users' || MODULE_NAMES.includes(module ?? '');
  return known && rest.length === 0 && OPERATIONS.includes(operation ?? '');
};

/** No expiry, one in the past and one of more than a week all mean an hour. */
const expiryOf = (asked: unknown, now: number): number => {
  const at = parseDateTime(asked);
  return at === null || at <= now || at > now + WEEK_MS ? now + HOUR_MS : at;
};

const checked = (asked: Asked, row: number, org: Org, userId: string): Channel => {
  const { channel_id: channelId, events, notify_url: notifyUrl, token } = asked;
  if (channelId === undefined)
    throw wrong('channel_id', row, 'MANDATORY_NOT_FOUND', 'required field not found');
  if (!/^\d{1,19}$/.test(String(channelId))) throw wrong('channel_id', row);
  if (!Array.isArray(events) || events.length === 0)
    throw wrong('events', row, 'MANDATORY_NOT_FOUND', 'required field not found');
  if (!events.every(isEvent)) throw wrong('events', row);
  if (typeof notifyUrl !== 'string')
    throw wrong('notify_url', row, 'MANDATORY_NOT_FOUND', 'required field not found');
  if (!URL.canParse(notifyUrl)) throw wrong('notify_url', row);
  if (token !== undefined && token !== null && (typeof token !== 'string' || token.length > LONGEST_TOKEN))
    throw wrong('token', row);
  return {
    channelId: String(channelId),
    orgId: org.id,
    userId,
    events: events.map(String),
    notifyUrl,
    token: typeof token === 'string' ? token : null,
    expiresAt: expiryOf(asked.channel_expiry, org.now()),
    withValues: asked.return_affected_field_values === true,
  };
};

const notSubscribed = (row: number): ZohoError =>
  wrong('channel_id', row, 'NOT_SUBSCRIBED', 'the channel is not subscribed');

/** The channels of all orgs. A channel is of one org; its id is the app's choice. */
export const createChannels = () => {
  const channels = new Map<string, Channel>();
  const listeners = new Set<() => void>();
  const keyOf = (orgId: string, channelId: unknown): string => `${orgId} ${channelId}`;
  const alive = (org: Org): readonly Channel[] =>
    [...channels.values()].filter(
      ({ orgId, userId, expiresAt }) =>
        orgId === org.id && expiresAt > org.now() && org.users.get(userId)?.status === 'active',
    );

  const find = (org: Org, asked: Asked, row: number): Channel => {
    const found = alive(org).find(({ channelId }) => channelId === String(asked.channel_id));
    if (!found) throw notSubscribed(row);
    return found;
  };
  const put = (channel: Channel): Channel => {
    channels.set(keyOf(channel.orgId, channel.channelId), channel);
    for (const listener of listeners) listener();
    return channel;
  };

  return {
    alive,
    /** Enables, or replaces what the channel is (PUT). Throws ZohoError with the status 202. */
    enable: (org: Org, userId: string, asked: Asked, row: number): Channel =>
      put(checked(asked, row, org, userId)),
    replace: (org: Org, userId: string, asked: Asked, row: number): Channel => {
      find(org, asked, row);
      return put(checked(asked, row, org, userId));
    },
    /** Changes parts, or (`_delete_events`) takes events away. */
    patch: (org: Org, asked: Asked, row: number): Channel => {
      const before = find(org, asked, row);
      const named = Array.isArray(asked.events) ? asked.events.map(String) : [];
      const events =
        asked._delete_events === true ? before.events.filter((one) => !named.includes(one)) : before.events;
      const expiresAt =
        asked.channel_expiry === undefined ? before.expiresAt : expiryOf(asked.channel_expiry, org.now());
      return put({ ...before, events, expiresAt });
    },
    remove: (org: Org, channelId: string, row: number): Channel => {
      const found = find(org, { channel_id: channelId }, row);
      channels.delete(keyOf(org.id, channelId));
      return found;
    },
    /** As if its time were over. */
    expire: (org: Org): void => {
      for (const [key, channel] of channels)
        if (channel.orgId === org.id) channels.set(key, { ...channel, expiresAt: 0 });
    },
    /** The channels of an org whose app was taken out. */
    forget: (orgId: string): void => {
      for (const [key, channel] of channels) if (channel.orgId === orgId) channels.delete(key);
    },
    onChange: (listener: () => void): void => void listeners.add(listener),
    dump: (): readonly Channel[] => [...channels.values()],
    restore: (saved: readonly Channel[]): void => {
      for (const channel of saved) put(channel);
    },
  };
};

export type Channels = ReturnType<typeof createChannels>;

/** A channel as GET shows it, one entry per event. */
export const channelView = (channel: Channel, org: Org, resourceUri: (module: string) => string) =>
  channel.events.map((event) => ({
    channel_id: channel.channelId,
    events: [event],
    notify_url: channel.notifyUrl,
    token: channel.token,
    resource_name: event.split('.', 1)[0] ?? '',
    resource_uri: resourceUri(event.split('.', 1)[0] ?? ''),
    resource_id: '1',
    channel_expiry: dateTimeText(channel.expiresAt, org.timezone),
    notify_on_related_action: false,
    return_affected_field_values: channel.withValues,
  }));
