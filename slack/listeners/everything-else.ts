import type { App } from '@slack/bolt';
import { ACTIONS, AWAY_MODAL, COMMAND, DECLINE_MODAL } from '../views/ids.ts';

const HEARD = [ACTIONS.claim, ACTIONS.decline, ACTIONS.away, ACTIONS.awayUntil, ACTIONS.back];

/** Matches every name but these: Bolt calls all listeners that match, and a second ack is an error. */
const except = (...names: readonly string[]): RegExp => new RegExp(`^(?!(?:${names.join('|')})$)`);

/**
 * Acknowledges what nobody listens for, so that no press hangs for three seconds: link buttons (Slack sends those
 * too), buttons and commands of versions to come, modals that were closed.
 */
export const everythingElse = (app: App): void => {
  app.action({ action_id: except(...HEARD) }, ({ ack }) => ack());
  app.command(except(COMMAND), ({ ack }) => ack());
  app.view({ callback_id: except(DECLINE_MODAL, AWAY_MODAL) }, ({ ack }) => ack());
  for (const callback_id of [DECLINE_MODAL, AWAY_MODAL])
    app.view({ callback_id, type: 'view_closed' }, ({ ack }) => ack());
  app.shortcut(/.*/, ({ ack }) => ack());
  app.options(/.*/, ({ ack }) => ack({ options: [] }));
};
