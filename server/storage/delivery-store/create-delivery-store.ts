import type { DeliveryStore } from '../../assignments/delivery-ports.ts';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { Storage, Trx } from '../storage.ts';
import { pendingAgain, queueAgain, refusePending } from './account-gone.ts';
import { complete, noteTold } from './complete.ts';
import { leaseStands } from './leases.ts';
import { take } from './take.ts';
import { toDelivery, toEnded } from './to-delivery.ts';

/** Nothing more is sent for a workspace that is to be deleted. */
const stays = async (trx: Trx, { tenantId }: ConnectionInfo): Promise<boolean> => {
  const row = await trx
    .selectFrom('tenant')
    .select('deletes_at')
    .where('id', '=', tenantId)
    .executeTakeFirst();
  return (row?.deletes_at ?? null) === null;
};

/** Deliveries and write intents in the database. */
export const createDeliveryStore = (storage: Storage): DeliveryStore => ({
  connectionsDue: (now) =>
    storage.directory(async (trx) => {
      const rows = await trx
        .selectFrom('delivery')
        .select('connection_id')
        .distinct()
        .where(({ and, or, eb }) =>
          or([
            and([eb('state', '=', 'pending'), eb('due_at', '<=', new Date(now))]),
            and([eb('state', '<>', 'pending'), eb('told_at', 'is', null)]),
          ]),
        )
        .where(({ eb, selectFrom }) =>
          eb(
            'connection_id',
            'not in',
            selectFrom('connection')
              .innerJoin('tenant', 'tenant.id', 'connection.tenant_id')
              .select('connection.id')
              .where('tenant.deletes_at', 'is not', null),
          ),
        )
        .execute();
      return rows.map((row) => row.connection_id);
    }),

  take: (lease, connection, options) =>
    storage.withTenant(connection.tenantId, async (trx) => {
      const stand = await Promise.all([leaseStands(trx, lease), stays(trx, connection)]);
      return stand.every(Boolean) ? take(trx, connection, options) : { kind: 'lease_lost' };
    }),

  complete: (lease, connection, settled, now) =>
    storage.withTenant(connection.tenantId, async (trx) =>
      (await leaseStands(trx, lease)) ? complete(trx, connection, settled, now) : null,
    ),

  untold: (connection, limit) =>
    storage.withTenant(connection.tenantId, async (trx) => {
      const rows = await trx
        .selectFrom('delivery')
        .selectAll()
        .where('tenant_id', '=', connection.tenantId)
        .where('connection_id', '=', connection.id)
        .where('state', '<>', 'pending')
        .where('told_at', 'is', null)
        .orderBy('seq')
        .limit(limit)
        .execute();
      return rows.map(toEnded);
    }),

  told: (connection, ids, now) =>
    storage.withTenant(connection.tenantId, (trx) => noteTold(trx, connection, ids, now)),

  deadLetters: (tenantId, limit) =>
    storage.withTenant(tenantId, async (trx) => {
      const rows = await trx
        .selectFrom('delivery')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('state', '=', 'refused')
        .orderBy('seq', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        delivery: toDelivery(row),
        code: row.last_code ?? 'refused',
        remedy: row.remedy ?? '',
        refusedAt: (row.done_at ?? row.created_at).getTime(),
      }));
    }),

  refusePending: (connection, now) =>
    storage.withTenant(connection.tenantId, (trx) => refusePending(trx, connection, now)),

  queueAgain: (connection, now) =>
    storage.withTenant(connection.tenantId, (trx) => queueAgain(trx, connection, now)),

  retryDead: (tenantId, deliveryId, now) =>
    storage.withTenant(tenantId, async (trx) => {
      const row = await trx
        .updateTable('delivery')
        .set(pendingAgain(now))
        .where('tenant_id', '=', tenantId)
        .where('id', '=', deliveryId)
        .where('state', '=', 'refused')
        .returning('connection_id')
        .executeTakeFirst();
      return row?.connection_id ?? null;
    }),
});
