import { ApiError } from '../api-error.ts';
import { checkBlocks } from '../block-kit/validate.ts';
import { DEACTIVATED_ERROR } from '../facts.ts';
import type { Json, SlackChannel, SlackMessage } from '../model.ts';
import { type Call, type Method, text } from './method.ts';

const TEXT_LENGTH = { post: 40_000, update: 4_000 } as const;

/** A user id opens the direct message; a channel must have been joined. */
const target = ({ store }: Call, id: string): SlackChannel => {
  const user = store.user(id);
  if (user?.deleted === true) throw new ApiError(DEACTIVATED_ERROR);
  if (user !== undefined) return store.openDm(user);
  const channel = store.channel(id);
  if (channel === undefined) throw new ApiError('channel_not_found');
  return channel;
};

const content = (call: Call, max: number): { text: string; blocks: readonly Json[] } => {
  if (call.args.markdown_text !== undefined && (call.args.text ?? call.args.blocks) !== undefined)
    throw new ApiError('markdown_text_conflict');
  const blocks = checkBlocks(call.args.blocks);
  const said = text(call, 'text') || text(call, 'markdown_text');
  if (said === '' && blocks.length === 0) throw new ApiError('no_text');
  if (max === TEXT_LENGTH.update && said.length > max) throw new ApiError('msg_too_long');
  return { text: said.slice(0, max), blocks };
};

const METADATA_BYTES = 16_000;

const metadata = (call: Call): Json | null => {
  const given = call.args.metadata;
  if (given === undefined || given === '') return null;
  const parsed = (typeof given === 'string' ? safeJson(given) : given) as Json | null;
  if (parsed === null || typeof parsed !== 'object') throw new ApiError('invalid_metadata_format');
  if (typeof parsed.event_type !== 'string' || typeof parsed.event_payload !== 'object')
    throw new ApiError('invalid_metadata_schema');
  if (JSON.stringify(parsed).length > METADATA_BYTES) throw new ApiError('metadata_too_large');
  return parsed;
};

const safeJson = (given: string): unknown => {
  try {
    return JSON.parse(given) as unknown;
  } catch {
    return null;
  }
};

/** A message as the API shows it. */
const shown = (call: Call, message: SlackMessage): Json => ({
  type: 'message',
  user: call.store.state.bot.userId,
  bot_id: call.store.state.bot.id,
  app_id: call.store.state.bot.appId,
  team: call.store.state.team.id,
  ts: message.ts,
  text: message.text,
  blocks: message.blocks,
  ...(message.metadata === null ? {} : { metadata: message.metadata }),
});

const postMessage: Method = (call) => {
  const channel = target(call, text(call, 'channel'));
  const message: SlackMessage = {
    channel: channel.id,
    ts: call.store.nextTs(),
    ...content(call, TEXT_LENGTH.post),
    metadata: metadata(call),
    edited: false,
    ephemeralTo: null,
    locked: false,
  };
  call.store.add(message);
  return { channel: channel.id, ts: message.ts, message: shown(call, message) };
};

/** Only a channel id will do here: a user id is `channel_not_found`, as in Slack. */
const existing = (call: Call, refusal: string): SlackMessage => {
  const channel = call.store.channel(text(call, 'channel'));
  if (channel === undefined) throw new ApiError('channel_not_found');
  const message = call.store.message(channel.id, text(call, 'ts'));
  if (message === undefined) throw new ApiError('message_not_found');
  if (message.ephemeralTo !== null) throw new ApiError(refusal);
  return message;
};

const update: Method = (call) => {
  const message = existing(call, 'cant_update_message');
  if (message.locked) throw new ApiError('edit_window_closed');
  const change = {
    ...content(call, TEXT_LENGTH.update),
    metadata: metadata(call) ?? message.metadata,
    edited: true,
  };
  call.store.replace(message.channel, message.ts, change);
  return {
    channel: message.channel,
    ts: message.ts,
    text: change.text,
    message: shown(call, { ...message, ...change }),
  };
};

const remove: Method = (call) => {
  const message = existing(call, 'cant_delete_message');
  call.store.remove(message.channel, message.ts);
  return { channel: message.channel, ts: message.ts };
};

const postEphemeral: Method = (call) => {
  const channel = target(call, text(call, 'channel'));
  const user = text(call, 'user');
  if (!channel.members.includes(user)) throw new ApiError('user_not_in_channel');
  const ts = call.store.nextTs();
  call.store.add({
    channel: channel.id,
    ts,
    ...content(call, TEXT_LENGTH.post),
    metadata: null,
    edited: false,
    ephemeralTo: user,
    locked: false,
  });
  return { message_ts: ts };
};

export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': remove,
  'chat.postEphemeral': postEphemeral,
};
