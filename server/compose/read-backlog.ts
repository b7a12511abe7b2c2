import { sql } from 'kysely';
import type { Backlog } from '../http/metrics.ts';
import type { Storage } from '../storage/storage.ts';

/** What waits over all tenants, for operators. */
export const readBacklog = (storage: Storage): Promise<Backlog> =>
  storage.directory(async (trx) => {
    const found = await sql<Backlog>`
      select
        coalesce((select extract(epoch from now() - min(due_at)) from inbox
          where done_at is null and due_at <= now()), 0)::float8 as "inboxLag",
        (select count(*) from delivery where state = 'pending'
          and kind not in ('slack_reminder', 'slack_home')) as "deliveriesPending",
        (select count(*) from alert where closed_at is null) as "alertsOpen"`.execute(trx);
    return found.rows[0] as Backlog;
  });
