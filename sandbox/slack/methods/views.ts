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

/** The most a view may take as JSON, in bytes. */
const VIEW_BYTES = 250_000;

const fresh = (call: Call, user: string, type: SlackView['type']): SlackView => {
  const view = checkView(call.args.view);
  if (Buffer.byteLength(JSON.stringify(view)) > VIEW_BYTES) throw new ApiError('view_too_large');
  if (hasTwin(call, view, user, type)) throw new ApiError('duplicate_external_id');
  if (view.type !== type) throw new ApiError('invalid_arguments');
  return { id: call.store.nextId('V'), hash: call.store.nextTs(), user, type, view };
};

/** An external id names one view of the app; the one this takes the place of does not count. */
const hasTwin = ({ store }: Call, { external_id: id }: Json, user: string, type: string): boolean =>
  typeof id === 'string' &&
  id !== '' &&
  store.state.views.some((one) => one.view.external_id === id && (one.user !== user || one.type !== type));

const checkHash = (call: Call, old: SlackView | undefined): void => {
  const hash = text(call, 'hash');
  if (hash !== '' && hash !== old?.hash) throw new ApiError('hash_conflict');
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
  checkHash(call, old);
  const view: SlackView = { ...fresh(call, old.user, old.type), id: old.id };
  store.state.views = store.state.views.map((one) => (one.id === old.id ? view : one));
  store.changed();
  return { view: shownView(store, view) };
};

/** The Home tab the app has published for somebody. */
export const homeOf = (store: SlackStore, user: string): SlackView | undefined =>
  store.state.views.find((one) => one.type === 'home' && one.user === user);

const publish: Method = (call) => {
  const { store } = call;
  const user = store.user(text(call, 'user_id'));
  if (user === undefined) throw new ApiError('user_not_found');
  const old = homeOf(store, user.id);
  checkHash(call, old);
  // The same view all along, drawn anew.
  const view = { ...fresh(call, user.id, 'home'), ...(old === undefined ? {} : { id: old.id }) };
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
