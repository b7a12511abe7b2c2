import { checkBlocks } from './block-kit/validate.ts';
import { channelName, type InteractionParts, type Pressed, pressed } from './interactions.ts';
import type { Json, SlackChannel, SlackUser } from './model.ts';
import type { SlackStore } from './store.ts';

/** Shows a text to one person in a channel, as ephemeral answers are. */
export const showEphemeral = (
  store: SlackStore,
  user: string,
  channel: string,
  text: string,
  blocks: readonly Json[] = [],
): void =>
  store.add({
    channel,
    ts: store.nextTs(),
    text,
    blocks,
    metadata: null,
    edited: false,
    ephemeralTo: user,
    locked: false,
  });

/** The command's answer in the reply: JSON with blocks, or plain text; both are for the asker only by default. */
const showReply = (
  store: SlackStore,
  user: SlackUser,
  channel: SlackChannel,
  body: string,
  contentType: string,
): void => {
  if (body === '') return;
  const json = contentType.startsWith('application/json') ? (JSON.parse(body) as Json | string) : body;
  if (typeof json === 'string') return showEphemeral(store, user.id, channel.id, json);
  showEphemeral(store, user.id, channel.id, String(json['text'] ?? ''), checkBlocks(json['blocks']));
};

/** Types a slash command, such as `/leads help`, as a user in a channel. */
export const command = async (
  { store, link, handles, baseUrl }: InteractionParts,
  user: SlackUser,
  channel: SlackChannel,
  typed: string,
): Promise<Pressed> => {
  const [, name = typed, text = ''] = /^(\S+)\s*(.*)$/s.exec(typed.trim()) ?? [];
  const { team, bot } = store.state;
  const reply = await link.send(
    new URLSearchParams({
      token: 'deprecated',
      team_id: team.id,
      team_domain: team.domain,
      channel_id: channel.id,
      channel_name: channelName(channel),
      user_id: user.id,
      user_name: user.name,
      command: name,
      text,
      api_app_id: bot.appId,
      is_enterprise_install: 'false',
      response_url: `${baseUrl()}/slack/response/${handles.responseUrl({ user: user.id, channel: channel.id, ts: null })}`,
      trigger_id: handles.trigger(user.id),
    }).toString(),
    'application/x-www-form-urlencoded',
  );
  const shown = pressed(store, reply);
  if (reply.ok) showReply(store, user, channel, reply.body, reply.contentType);
  else showEphemeral(store, user.id, channel.id, `${name} failed with the error "${reply.failure}"`);
  return shown;
};
