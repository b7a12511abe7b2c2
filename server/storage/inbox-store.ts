import { sql } from 'kysely';
import type { InboxRow, InboxStore } from '../inbox/inbox-store.ts';
import type { Storage } from './storage.ts';

/** The inbox in the directory's tables: its rows are known by connection before any tenant is. */
export const createInboxStore = (storage: Storage): InboxStore => ({
  put: (rows) =>
    storage.directory(async (trx) => {
      // One statement with one parameter, however many rows: it stays prepared.
      const given = rows.map(({ connectionId, kind, dedupe, payload }) => ({
        connectionId,
        kind,
        dedupe,
        payload,
      }));
      // What names an event is the pusher's word, and counts for its own account alone.
      await sql`insert into inbox (connection_id, kind, dedupe, payload)
        select row->>'connectionId', row->>'kind', concat_ws('/', row->>'connectionId', row->>'dedupe'), row->'payload'
        from jsonb_array_elements(${JSON.stringify(given)}::jsonb) as row
        on conflict (dedupe) do nothing`.execute(trx);
    }),
  take: (most, leaseMs) =>
    storage.directory(async (trx) => {
      const taken = await sql<InboxRow>`
        with due as (
          select id from inbox where done_at is null and due_at <= now() and not exists (
            select from connection join tenant on tenant.id = connection.tenant_id
            where connection.id = inbox.connection_id and tenant.deletes_at is not null)
          order by id limit ${most} for update skip locked)
        update inbox set attempts = attempts + 1, due_at = now() + ${leaseMs} * interval '1 millisecond'
        from due, connection
        where inbox.id = due.id and connection.id = inbox.connection_id
        returning inbox.id, connection.tenant_id as "tenantId", connection_id as "connectionId", payload, attempts,
          connection.status in ('disconnected', 'uninstalled') as gone`.execute(trx);
      return taken.rows.toSorted((a, b) => a.id - b.id);
    }),
  done: (ids) =>
    storage.directory(async (trx) => {
      await sql`update inbox set done_at = now(), error = null where id = any(${ids})`.execute(trx);
    }),
  retry: (ids, afterMs, error) =>
    storage.directory(async (trx) => {
      await sql`update inbox set due_at = now() + ${afterMs} * interval '1 millisecond', error = ${error}
        where id = any(${ids})`.execute(trx);
    }),
  park: (ids, error) =>
    storage.directory(async (trx) => {
      await sql`update inbox set due_at = 'infinity', error = ${error} where id = any(${ids})`.execute(trx);
    }),
  prune: (olderThanMs) =>
    storage.directory(async (trx) => {
      await sql`delete from inbox where done_at < now() - ${olderThanMs} * interval '1 millisecond'`.execute(
        trx,
      );
    }),
});
