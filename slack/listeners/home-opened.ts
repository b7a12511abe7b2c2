import type { App } from '@slack/bolt';
import { drawHome } from '../sending/draw-home.ts';
import { connectionOf, type ListenerParts } from './parts.ts';

/** Somebody opened the app's Home: it is drawn as it stands, and from then on again when that changes. */
export const homeOpened = (app: App, parts: ListenerParts): void =>
  app.event('app_home_opened', async ({ event, context }) => {
    // The same event comes when the Messages tab is opened.
    if (event.tab !== 'home') return;
    const connection = connectionOf(context);
    const slackUserId = event.user;
    const rep = await parts.connections.repOf(connection, slackUserId);
    if (rep !== null) {
      const { id: connectionId, tenantId } = connection;
      const at = parts.clock.now();
      await parts.homes.opened({ tenantId, repId: rep.id, connectionId, slackUserId, at });
    }
    await drawHome(parts, connection, { repId: rep?.id ?? null, slackUserId });
  });
