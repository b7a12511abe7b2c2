import type { AppLink, AppReply } from './app-link.ts';
import { homeOf, shownView } from './methods/views.ts';
import type { Json, SlackChannel, SlackMessage, SlackUser, SlackView } from './model.ts';
import type { SlackStore } from './store.ts';
import type { Handles } from './triggers.ts';

/** What the person sees of their press: nothing special, or why it failed. */
export interface Pressed {
  readonly ok: boolean;
  readonly ms: number;
  readonly status: number | null;
  /** The words Slack shows next to the message, such as an operation_timeout. */
  readonly shown: string | null;
}

export interface InteractionParts {
  readonly store: SlackStore;
  readonly link: AppLink;
  readonly handles: Handles;
  /** Where the router is mounted, as the app reaches it (for response_urls): without a slash at its end. */
  readonly baseUrl: () => string;
}

/** The members that every payload about a person has. */
export const who = (store: SlackStore, user: SlackUser): Json => ({
  user: { id: user.id, username: user.name, name: user.name, team_id: store.state.team.id },
  api_app_id: store.state.bot.appId,
  token: 'deprecated',
  team: { id: store.state.team.id, domain: store.state.team.domain },
  enterprise: null,
  is_enterprise_install: false,
});

export const channelName = (channel: SlackChannel): string =>
  channel.kind === 'im' ? 'directmessage' : channel.name;

const FORM = 'application/x-www-form-urlencoded';

export const sendPayload = (link: AppLink, payload: Json): Promise<AppReply> =>
  link.send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), FORM);

/** Slack's words to the person when the app does not answer in time. */
export const pressed = (store: SlackStore, reply: AppReply): Pressed => ({
  ok: reply.ok,
  ms: reply.ms,
  status: reply.status,
  shown: reply.ok ? null : `${store.state.bot.name} failed with the error "${reply.failure}"`,
});

const elementsOf = (blocks: readonly Json[]): Json[] =>
  blocks.flatMap((block) => [
    ...((block.type === 'actions' ? block.elements : []) as Json[]).map((one) => ({
      ...one,
      block_id: block.block_id,
    })),
    ...(block.accessory === undefined ? [] : [{ ...(block.accessory as Json), block_id: block.block_id }]),
  ]);

/** Presses a button (or link button) on a message as a user; null when there is no such button. */
export const press = async (
  { store, link, handles, baseUrl }: InteractionParts,
  user: SlackUser,
  message: SlackMessage,
  actionId: string,
): Promise<Pressed | null> => {
  const element = elementsOf(message.blocks).find((one) => one.action_id === actionId);
  const channel = store.channel(message.channel);
  if (element === undefined || channel === undefined) return null;
  const reply = await sendPayload(link, {
    type: 'block_actions',
    ...who(store, user),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: message.ephemeralTo !== null,
    },
    trigger_id: handles.trigger(user.id),
    channel: { id: channel.id, name: channelName(channel) },
    message: {
      type: 'message',
      user: store.state.bot.userId,
      bot_id: store.state.bot.id,
      ts: message.ts,
      text: message.text,
      blocks: message.blocks,
    },
    state: { values: {} },
    response_url: `${baseUrl()}/response/${handles.responseUrl({ user: user.id, channel: channel.id, ts: message.ts })}`,
    actions: [{ ...element, action_ts: store.nextTs() }],
  });
  return pressed(store, reply);
};

/** Presses a button on somebody's Home tab: there is no message, so no response_url comes along. */
export const pressHome = async (
  { store, link, handles }: InteractionParts,
  user: SlackUser,
  blockId: string,
  actionId: string,
): Promise<Pressed | null> => {
  const home = homeOf(store, user.id);
  const element = elementsOf((home?.view.blocks ?? []) as Json[]).find(
    (one) => one.action_id === actionId && one.block_id === blockId,
  );
  if (home === undefined || element === undefined) return null;
  const reply = await sendPayload(link, {
    type: 'block_actions',
    ...who(store, user),
    container: { type: 'view', view_id: home.id },
    trigger_id: handles.trigger(user.id),
    view: shownView(store, home),
    actions: [{ ...element, action_ts: store.nextTs() }],
  });
  return pressed(store, reply);
};

/** What a modal says after it was sent: closed, replaced, or errors by block. */
export interface Submitted extends Pressed {
  readonly errors: Readonly<Record<string, string>> | null;
}

/** Values by block id: text for inputs, the option's value for selects and radio buttons, seconds for moments. */
export type Given = Readonly<Record<string, string | null>>;

const inputs = (view: SlackView): Json[] =>
  (view.view.blocks as Json[]).filter((block) => block.type === 'input');

const stateOf = (element: Json, given: string | null): Json => {
  const type = element.type;
  if (type === 'plain_text_input') return { type, value: given === '' ? null : given };
  if (type === 'datetimepicker')
    return { type, selected_date_time: given === null || given === '' ? null : Number(given) };
  const options = (element.options ?? []) as Json[];
  return { type, selected_option: options.find((one) => one.value === given) ?? null };
};

/** Slack itself asks for what is missing or too long before the app hears of it. */
const missing = (view: SlackView, given: Given): Record<string, string> => {
  const errors: Record<string, string> = {};
  for (const block of inputs(view)) {
    const id = String(block.block_id);
    const max = Number((block.element as Json).max_length ?? 3000);
    if (block.optional !== true && (given[id] ?? '') === '')
      errors[id] = 'Please complete this required field.';
    if ((given[id] ?? '').length > max) errors[id] = `Please keep this to ${max} characters.`;
  }
  return errors;
};

/** Sends a modal as its user pressed its submit button, and carries out the app's response_action. */
export const submit = async (
  { store, link, handles }: InteractionParts,
  view: SlackView,
  given: Given,
): Promise<Submitted> => {
  const errors = missing(view, given);
  if (Object.keys(errors).length > 0) return { ok: true, ms: 0, status: null, shown: null, errors };
  const user = store.user(view.user);
  if (user === undefined) throw new Error(`The view ${view.id} belongs to nobody.`);
  const values = Object.fromEntries(
    inputs(view).map((block) => {
      const element = block.element as Json;
      return [
        String(block.block_id),
        { [String(element.action_id)]: stateOf(element, given[String(block.block_id)] ?? null) },
      ];
    }),
  );
  const payload = {
    type: 'view_submission',
    ...who(store, user),
    trigger_id: handles.trigger(user.id),
    view: shownView(store, view, values),
    response_urls: [],
  };
  return closeOrKeep(store, view, await sendPayload(link, payload));
};

const closeOrKeep = (store: SlackStore, view: SlackView, reply: AppReply): Submitted => {
  const shown = pressed(store, reply);
  if (!reply.ok) return { ...shown, shown: 'We had some trouble connecting. Try again?', errors: null };
  const answer = (reply.body === '' ? {} : JSON.parse(reply.body)) as Json;
  if (answer.response_action === 'errors')
    return { ...shown, errors: answer.errors as Record<string, string> };
  const next =
    answer.response_action === 'update' ? [{ ...view, hash: store.nextTs(), view: answer.view as Json }] : [];
  store.state.views = [...store.state.views.filter((one) => one.id !== view.id), ...next];
  store.changed();
  return { ...shown, errors: null };
};
