import { AuthorizationError, type Authorize } from '@slack/bolt';
import { isGone } from '../server/assignments/account-status.ts';
import type { SlackConnections } from './ports.ts';

/**
 * Finds the workspace a signed request came from. No token is given to Bolt: listeners ask for one where they need
 * it, so a claim works while a token is being refreshed.
 */
export const authorize =
  (connections: SlackConnections): Authorize<boolean> =>
  async ({ teamId, enterpriseId }) => {
    const team = teamId ?? enterpriseId;
    const connection = team === undefined ? null : await connections.find('slack', team);
    if (connection === null || isGone(connection))
      throw new AuthorizationError(`No connection for the Slack team ${team}.`, new Error('not_connected'));
    return { ...(teamId === undefined ? {} : { teamId }), connection };
  };
