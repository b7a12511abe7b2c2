import { sql } from 'kysely';
import type { Backlog } from '../http/metrics.ts';
import type { Tenants } from '../storage/directory/tenants.ts';
import type { Storage } from '../storage/storage.ts';
import type { Vendors } from './connect-vendors.ts';

interface BacklogParts {
  readonly storage: Storage;
  readonly tenants: Pick<Tenants, 'list'>;
  readonly vendors: Pick<Vendors, 'connectorOf' | 'connections'>;
}

/** What waits over all tenants and how near vendors' limits are, for operators. */
export const readBacklog = async (parts: BacklogParts): Promise<Backlog> => ({
  ...(await readCounts(parts.storage)),
  limitUsed: await readLimits(parts),
});

const readCounts = (storage: Storage): Promise<Omit<Backlog, 'limitUsed'>> =>
  storage.directory(async (trx) => {
    const found = await sql<Omit<Backlog, 'limitUsed'>>`
      select
        coalesce((select extract(epoch from now() - min(due_at)) from inbox
          where done_at is null and due_at <= now()), 0)::float8 as "inboxLag",
        (select count(*) from delivery where state = 'pending'
          and kind not in ('slack_reminder', 'slack_home')) as "deliveriesPending",
        (select count(*) from alert where closed_at is null) as "alertsOpen"`.execute(trx);
    return found.rows[0] as Omit<Backlog, 'limitUsed'>;
  });

const readLimits = async ({ tenants, vendors }: BacklogParts): Promise<Backlog['limitUsed']> => {
  const used: Record<string, number> = {};
  for (const { id } of await tenants.list())
    for (const connection of await vendors.connections.list(id)) {
      const usage = vendors.connectorOf(connection)?.usage?.(connection);
      if (!usage || usage.of <= 0) continue;
      used[connection.vendor] = Math.max(used[connection.vendor] ?? 0, usage.used / usage.of);
    }
  return used;
};
