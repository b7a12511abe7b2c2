import type { Events } from './events.ts';
import { homeOf, shownView } from './methods/views.ts';
import type { SlackUser } from './model.ts';
import type { SlackStore } from './store.ts';

/** Tells the app that somebody opened one of its tabs, with what was published there. Resolves with whether it got through. */
export const openTab = (
  { store, events }: { readonly store: SlackStore; readonly events: Events },
  user: SlackUser,
  tab: 'home' | 'messages',
): Promise<boolean> => {
  const home = tab === 'home' ? homeOf(store, user.id) : undefined;
  return events.send({
    type: 'app_home_opened',
    user: user.id,
    channel: store.openDm(user).id,
    tab,
    ...(home === undefined ? {} : { view: shownView(store, home) }),
  });
};
