import type { App, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { ListenerParts } from './parts.ts';

/**
 * The app was removed, or its bot token taken back. Both events may come, in any order and after a new installation:
 * the instant of the event goes along, and a later installation stands. Neither event carries a token.
 */
export const uninstalled = (app: App, parts: ListenerParts): void => {
  const forget = async (teamId: string, eventSeconds: number): Promise<void> => {
    const connection = await parts.connections.find('slack', teamId);
    if (connection !== null) await parts.connections.uninstalled(connection, eventSeconds * 1000);
  };
  app.event('app_uninstalled', ({ body }: Body) => forget(body.team_id, body.event_time));
  app.event('tokens_revoked', async ({ event, body }) => {
    if ((event.tokens.bot ?? []).length > 0) await forget(body.team_id, body.event_time);
  });
};

type Body = Pick<SlackEventMiddlewareArgs<'app_uninstalled'>, 'body'>;
