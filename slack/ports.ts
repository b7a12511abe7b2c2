/** What Slack's part needs besides use cases and queries. Implemented in `storage` and `installs`; joined in `compose.ts`. */
import type { ConnectionInfo } from '../server/assignments/ports.ts';
import type { NamedRef } from '../server/assignments/views.ts';

/** Slack workspaces by their team id, looked up on every request: kept in memory. */
export interface SlackConnections {
  readonly find: (vendor: 'slack', teamId: string) => Promise<ConnectionInfo | null>;
  /** The rep a Slack user is; null: none of ours. */
  readonly repOf: (connection: ConnectionInfo, slackUserId: string) => Promise<NamedRef | null>;
  /** The app was removed, or its token taken back, at an instant. A later installation stands. */
  readonly uninstalled: (connection: ConnectionInfo, at: number) => Promise<void>;
}

/** The settings that matter here, as `server/config.ts` reads them. */
export interface SlackSettings {
  readonly signingSecret: string;
  /** Ends in a slash. */
  readonly apiUrl: string;
}
