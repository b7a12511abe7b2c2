import { sql } from 'kysely';
import type { Trx } from '../storage.ts';

/** Events that could not be worked on are of no use any more: their records have long been looked at. */
const PARKED_DAYS = 30;

/** Removes what is over: sessions, installs, events that were parked, and the events and marks of accounts that are no more. */
export const pruneDirectory = async (trx: Trx): Promise<void> => {
  for (const table of ['session', 'install', 'parked_install', 'sign_in', 'used_link'])
    await sql`delete from ${sql.table(table)} where expires_at <= now()`.execute(trx);
  await sql`delete from inbox where due_at = 'infinity' and received_at < now() - ${PARKED_DAYS} * interval '1 day'`.execute(
    trx,
  );
  await sql`
    delete from inbox where done_at is null and due_at <= now()
      and not exists (select from connection where connection.id = inbox.connection_id)`.execute(trx);
  // Marks are named after their connection: `con_1`, `stream:con_1`, `done:look:con_1`.
  await sql`
    delete from poll_mark where not exists (
      select from connection where connection.id = substring(poll_mark.connection_id from '[^:]*$'))`.execute(
    trx,
  );
};
