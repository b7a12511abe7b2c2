import { sql } from 'kysely';
import type { SlackConnections } from '../../slack/ports.ts';
import type { Connections } from '../installs/connections.ts';
import type { Uninstalled } from '../installs/leaving/uninstalled.ts';
import type { Storage } from '../storage/storage.ts';

export interface SlackConnectionParts {
  readonly storage: Storage;
  readonly connections: Pick<Connections, 'find'>;
  readonly uninstalled: Uninstalled;
}

/** What Slack's part asks of connections: which tenant a workspace is, who presses, and that the app was removed. */
export const createSlackConnections = ({
  storage,
  connections,
  uninstalled,
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
  uninstalled: async (connection, at) => void (await uninstalled(connection, at)),
});
