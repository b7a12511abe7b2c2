import { sql } from 'kysely';
import type { SlackConnections } from '../../slack/ports.ts';
import type { ConnectionStore } from '../installs/connection-store.ts';
import type { Connections } from '../installs/connections.ts';
import { openGrant } from '../installs/grants.ts';
import type { Vault } from '../installs/vault.ts';
import type { Storage } from '../storage/storage.ts';

export interface SlackConnectionParts {
  readonly storage: Storage;
  readonly connections: Pick<Connections, 'find'>;
  readonly store: ConnectionStore;
  readonly vault: Vault;
}

/** What Slack's part asks of connections: which tenant a workspace is, who presses, and that the app was removed. */
export const createSlackConnections = ({
  storage,
  connections,
  store,
  vault,
}: SlackConnectionParts): SlackConnections => ({
  find: (vendor, teamId) => connections.find(vendor, teamId),
  repOf: (connection, slackUserId) =>
    storage.withTenant(connection.tenantId, async (trx) => {
      const found = await trx
        .selectFrom('rep_identity')
        .innerJoin('rep', (join) =>
          join
            .onRef('rep.tenant_id', '=', 'rep_identity.tenant_id')
            .onRef('rep.id', '=', 'rep_identity.rep_id'),
        )
        .select(['rep.id', sql<string>`coalesce(rep.document->>'name', rep.id)`.as('name')])
        .where('rep_identity.tenant_id', '=', connection.tenantId)
        .where('rep_identity.connection_id', '=', connection.id)
        .where('rep_identity.kind', '=', 'user')
        .where('rep_identity.external_id', '=', slackUserId)
        .executeTakeFirst();
      return found ?? null;
    }),
  uninstalled: async (connection, at) => {
    const row = await store.byId(connection.id);
    const grant = row && (await openGrant(vault, row));
    // A late word of an earlier removal must not end a later installation.
    if (grant && grant.obtainedAt > at) return;
    await store.setStatus(connection.id, 'disconnected');
  },
});
