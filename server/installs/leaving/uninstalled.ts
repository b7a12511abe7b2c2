import type { Alerts, ConnectionInfo } from '../../assignments/ports.ts';
import type { ConnectionStore } from '../connection-store.ts';
import { openGrant } from '../grants.ts';
import { tellEnded } from '../tell-ended.ts';
import type { Vault } from '../vault.ts';

export interface UninstalledParts {
  readonly connections: ConnectionStore;
  readonly vault: Vault;
  readonly alerts: Alerts;
  /** It is another now. */
  readonly onEnded: (connection: ConnectionInfo) => void;
}

/** A vendor says that the app was removed from an account, at an instant (epoch ms). Returns whether that ended it. */
export type Uninstalled = (connection: ConnectionInfo, at: number) => Promise<boolean>;

/**
 * Ends an account whose app was removed: its tokens are deleted and people are told. Vendors say so late, twice and in
 * any order: a word from before the tokens we have is of an earlier installation, and what was left from here stays so.
 */
export const createUninstalled =
  ({ connections, vault, alerts, onEnded }: UninstalledParts): Uninstalled =>
  async (connection, at) => {
    const row = await connections.byId(connection.id);
    const grant = row && (await openGrant(vault, row));
    if (row === null || (grant !== null && grant.obtainedAt > at)) return false;
    const { id, generation } = row;
    if (!(await connections.end({ id, generation }, 'uninstalled'))) return false;
    onEnded(row);
    const text = `${row.name}: Fairlead was removed there. Nothing is read from it or written to it until it is connected again.`;
    await tellEnded(row, { code: 'uninstalled', text }, { connections, alerts });
    return true;
  };
