import { ApiError } from '../api-error.ts';
import { checkView } from '../block-kit/validate.ts';
import type { Json, SlackView } from '../model.ts';
import type { SlackStore } from '../store.ts';
import { type Call, type Method, text } from './method.ts';

/** A view as payloads and answers show it. */
export const shownView = (store: SlackStore, one: SlackView, values: Json = {}): Json => ({
  id: one.id,
  team_id: store.state.team.id,
  app_id: store.state.bot.appId,
  bot_id: store.state.bot.id,
  hash: one.hash,
  private_metadata: '',
  callback_id: '',
  external_id: '',
  root_view_id: one.id,
  previous_view_id: null,
  app_installed_team_id: store.state.team.id,
  state: { values },
  ...one.view,
});

const fresh = (call: Call, user: string, type: SlackView['type']): SlackView => {
  const view = checkView(call.args.view);
  if (view.type !== type) throw new ApiError('invalid_arguments');
  return { id: call.store.nextId('V'), hash: call.store.nextTs(), user, type, view };
};

const open: Method = (call) => {
  const { store } = call;
  const view = fresh(
    call,
    call.handles.useTrigger(call.args.trigger_id ?? call.args.interactivity_pointer),
    'modal',
  );
  store.state.views = [
    ...store.state.views.filter((one) => one.type !== 'modal' || one.user !== view.user),
    view,
  ];
  store.changed();
  return { view: shownView(store, view) };
};

const update: Method = (call) => {
  const { store } = call;
  const old = store.state.views.find(
    (one) => one.id === text(call, 'view_id') || (one.view.external_id ?? '') === text(call, 'external_id'),
  );
  if (old === undefined) throw new ApiError('not_found');
  const hash = text(call, 'hash');
  if (hash !== '' && hash !== old.hash) throw new ApiError('hash_conflict');
  const view: SlackView = { ...fresh(call, old.user, old.type), id: old.id };
  store.state.views = store.state.views.map((one) => (one.id === old.id ? view : one));
  store.changed();
  return { view: shownView(store, view) };
};

const publish: Method = (call) => {
  const { store } = call;
  const user = store.user(text(call, 'user_id'));
  if (user === undefined) throw new ApiError('user_not_found');
  const view = fresh(call, user.id, 'home');
  store.state.views = [
    ...store.state.views.filter((one) => one.type !== 'home' || one.user !== user.id),
    view,
  ];
  store.changed();
  return { view: shownView(store, view) };
};

export const viewsMethods: Readonly<Record<string, Method>> = {
  'views.open': open,
  'views.update': update,
  'views.publish': publish,
};
