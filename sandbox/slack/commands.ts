import type { AppReply } from './app-link.ts';
import { checkBlocks } from './block-kit/validate.ts';
import { channelName, type InteractionParts, type Pressed, pressed } from './interactions.ts';
import type { Json, SlackChannel, SlackUser } from './model.ts';
import { showMessage } from './show-message.ts';
import type { SlackStore } from './store.ts';

/** The command's answer in the reply: JSON with blocks, or plain text; both are for the asker only by default. */
const showReply = (store: SlackStore, user: SlackUser, channel: SlackChannel, reply: AppReply): void => {
  if (reply.body === '') return;
  const json = reply.contentType.startsWith('application/json')
    ? (JSON.parse(reply.body) as Json)
    : { text: reply.body };
  showMessage(store, channel.id, String(json.text ?? ''), checkBlocks(json.blocks), user.id);
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
      response_url: `${baseUrl()}/response/${handles.responseUrl({ user: user.id, channel: channel.id, ts: null })}`,
      trigger_id: handles.trigger(user.id),
    }).toString(),
    'application/x-www-form-urlencoded',
  );
  const shown = pressed(store, reply);
  if (reply.ok) showReply(store, user, channel, reply);
  else showMessage(store, channel.id, `${name} failed with the error "${reply.failure}"`, [], user.id);
  return shown;
};
