import { sql } from 'kysely';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { Trx } from '../storage.ts';
import { endIntents } from './write-intents.ts';

/**
 * Drops what a later delivery makes pointless: of owner writes and Slack refreshes with one key only the newest is
 * sent, and a task or reason for an owner who was replaced before it went out is not sent at all. "Later" holds also
 * for deliveries that have already ended: an old one tried again must not undo a newer one.
 */
export const supersede = async (trx: Trx, connection: ConnectionInfo, now: number): Promise<void> => {
  const instant = new Date(now);
  const dropped = await trx
    .updateTable('delivery as old')
    .set({ state: 'superseded', done_at: instant, told_at: instant })
    .where('old.tenant_id', '=', connection.tenantId)
    .where('old.connection_id', '=', connection.id)
    .where('old.state', '=', 'pending')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('delivery as newer')
          .select(sql`1`.as('one'))
          .whereRef('newer.tenant_id', '=', 'old.tenant_id')
          .whereRef('newer.connection_id', '=', 'old.connection_id')
          .whereRef('newer.seq', '>', 'old.seq')
          .where(({ and, or, eb, ref }) =>
            or([
              and([
                eb('old.kind', 'in', ['owner_write', 'slack_refresh']),
                eb('newer.kind', '=', ref('old.kind')),
                eb('newer.key', '=', ref('old.key')),
              ]),
              and([
                eb('old.kind', 'in', ['task', 'reason_write']),
                eb('newer.kind', '=', 'owner_write'),
                eb('newer.assignment_id', '=', ref('old.assignment_id')),
                eb('newer.version', '>', ref('old.version')),
              ]),
            ]),
          ),
      ),
    )
    .returning('old.id')
    .execute();
  await endIntents(
    trx,
    connection.tenantId,
    dropped.map(({ id }) => id),
    now,
  );
};
