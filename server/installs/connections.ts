import { isGone } from '../assignments/account-status.ts';
import type { GrantedAccount } from '../assignments/install-ports.ts';
import type { Alerts, ConnectionInfo } from '../assignments/ports.ts';
import type { Vendor } from '../assignments/types.ts';
import { AppError } from '../base/app-error.ts';
import type { NewId } from '../base/ids.ts';
import type { ConnectionRow, ConnectionStore } from './connection-store.ts';
import { type Grant, sealGrant } from './grants.ts';
import { type SyncedPeople, type SyncParts, syncPeople } from './sync-people.ts';
import type { Vault } from './vault.ts';

/** A CRM account or Slack workspace to be connected, with the tokens it was granted. */
export interface NewConnection extends GrantedAccount {
  readonly vendor: Vendor;
  /** Where the account is connected again: what people chose of it stays, beside settings that say how it is reached. */
  readonly keepsChoices?: true;
}

export interface ConnectionParts extends SyncParts {
  readonly store: ConnectionStore;
  readonly vault: Vault;
  readonly alerts: Alerts;
  readonly newId: NewId;
}

/** The connections of tenants. */
export interface Connections {
  /** Kept in memory for some seconds: every request of a vendor asks. */
  readonly find: (vendor: Vendor, externalId: string) => Promise<ConnectionInfo | null>;
  readonly byId: (id: string) => Promise<ConnectionInfo | null>;
  readonly list: (tenantId: string) => Promise<readonly ConnectionInfo[]>;
  /** Those in use, of every tenant. */
  readonly active: () => Promise<readonly ConnectionInfo[]>;
  /** Adds or, for the same account, replaces. Throws AppError `conflict` when the account belongs to another tenant. */
  readonly put: (tenantId: string, connection: NewConnection) => Promise<{ readonly id: string }>;
  /** It is another now: what is kept of it in memory is not. */
  readonly forget: (connection: Pick<ConnectionInfo, 'vendor' | 'externalId'>) => void;
  /** Imports people and matches them to reps. Throws AppError `not_found`, or `conflict` where it is not connected. */
  readonly sync: (tenantId: string, connectionId: string) => Promise<SyncedPeople>;
}

/** How long another process's change may go unseen. Milliseconds. */
const REMEMBERED = 5_000;

const toInfo = ({
  id,
  tenantId,
  vendor,
  externalId,
  name,
  status,
  settings,
  scopes,
}: ConnectionRow): ConnectionInfo => ({
  id,
  tenantId,
  vendor,
  externalId,
  name,
  status,
  settings,
  ...(scopes && { scopes }),
});

const toGrant = ({ tokens }: NewConnection, now: number): Grant => ({
  accessToken: tokens.accessToken,
  refreshToken: tokens.refreshToken,
  obtainedAt: now,
  expiresAt: tokens.expiresIn === null ? null : now + tokens.expiresIn * 1000,
});

const takenElsewhere = ({ vendor, externalId }: NewConnection): AppError =>
  new AppError(
    'conflict',
    `The ${vendor} account ${externalId} is connected to another workspace. Disconnect it there first.`,
    { status: 409 },
  );

/** Settings that say how an account is reached, which each install says anew. All others are what people chose. */
const OF_REACH: ReadonlySet<string> = new Set([
  'accountsServer',
  'apiDomain',
  'botUserId',
  'flow',
  'instanceUrl',
  'loginUrl',
  'tenantId',
  'url',
  'userId',
]);

const choicesOf = ({ settings }: ConnectionRow) =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => !OF_REACH.has(name)));

const put = async (
  tenantId: string,
  given: NewConnection,
  parts: ConnectionParts,
): Promise<ConnectionRow> => {
  const { store, vault, alerts, clock, newId } = parts;
  const existing = await store.byAccount(given.vendor, given.externalId);
  // The seal names the connection, so its id is settled first.
  const own = existing?.tenantId === tenantId ? existing : null;
  const id = own?.id ?? newId('con');
  const grant = toGrant(given, clock.now());
  const row = await store.put({
    id,
    tenantId,
    vendor: given.vendor,
    externalId: given.externalId,
    name: given.name,
    scopes: given.scopes.join(' '),
    settings: { ...(own !== null && given.keepsChoices && choicesOf(own)), ...given.settings },
    tokens: await sealGrant(vault, { id, tenantId }, grant),
    tokensExpireAt: grant.expiresAt,
  });
  if (row === null) throw takenElsewhere(given);
  // The account was connected by somebody else in the same moment: these tokens are sealed for an id that is not.
  if (row.id !== id) return put(tenantId, given, parts);
  await alerts.close(tenantId, 'connection_broken', row.id);
  return row;
};

/** Connections with what is known of them kept in memory for a moment. */
export const createConnections = (parts: ConnectionParts): Connections => {
  const { store, clock } = parts;
  const remembered = new Map<string, { readonly found: ConnectionInfo | null; readonly until: number }>();
  const byId: Connections['byId'] = async (id) => {
    const row = await store.byId(id);
    return row === null ? null : toInfo(row);
  };
  return {
    byId,
    find: async (vendor, externalId) => {
      const key = `${vendor}/${externalId}`;
      const known = remembered.get(key);
      if (known !== undefined && clock.now() < known.until) return known.found;
      const row = await store.byAccount(vendor, externalId);
      const found = row === null ? null : toInfo(row);
      // Only accounts we know: strangers could fill the memory.
      if (found !== null) remembered.set(key, { found, until: clock.now() + REMEMBERED });
      return found;
    },
    list: async (tenantId) => (await store.list(tenantId)).map(toInfo),
    active: async () => (await store.listActive()).map(toInfo),
    forget: ({ vendor, externalId }) => void remembered.delete(`${vendor}/${externalId}`),
    put: async (tenantId, connection) => {
      const { id } = await put(tenantId, connection, parts);
      remembered.delete(`${connection.vendor}/${connection.externalId}`);
      return { id };
    },
    sync: async (tenantId, connectionId) => {
      const connection = await byId(connectionId);
      if (connection?.tenantId !== tenantId) {
        throw new AppError('not_found', `There is no connection ${connectionId}.`, { status: 404 });
      }
      if (isGone(connection))
        throw new AppError(
          'conflict',
          `The connection ${connection.name} is not connected: connect it again first.`,
          { status: 409 },
        );
      return syncPeople(connection, parts);
    },
  };
};
