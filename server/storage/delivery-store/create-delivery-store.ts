import type { DeliveryStore, Lease, Taken } from '../../assignments/delivery-ports.ts';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { Storage, Trx } from '../storage.ts';
import { pendingAgain, queueAgain, refusePending } from './account-gone.ts';
import { complete, noteTold } from './complete.ts';
import { leaseStands } from './leases.ts';
import { STATE } from './states.ts';
import { type TakenBatch, take } from './take.ts';
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

const NOTHING: TakenBatch = { deliveries: [], ended: [], nextDueAt: null, last: [] };

class LeaseLost extends Error {}

/** Asked in one round trip with work that is undone where the lease is lost. */
const mustStand = async (trx: Trx, lease: Lease): Promise<void> => {
  if (!(await leaseStands(trx, lease))) throw new LeaseLost();
};

const unlessLost = async <T>(work: Promise<T>, lost: T): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof LeaseLost) return lost;
    throw error;
  }
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
            and([eb('state', '=', STATE.pending), eb('due_at', '<=', new Date(now))]),
            and([eb('state', '<>', STATE.pending), eb('told_at', 'is', null)]),
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

  take: (lease, connection, options) => {
    const { settled, now } = options;
    const taken = storage.withTenant<Taken>(connection.tenantId, async (trx, tx) => {
      const [settledEnded, goesOn] = await Promise.all([
        settled === undefined ? [] : complete(trx, connection, settled, now),
        stays(trx, connection),
        mustStand(trx, lease),
      ]);
      const { last, ended, ...batch } = goesOn ? await take(trx, connection, options) : NOTHING;
      await tx.commit(last);
      return { ...batch, kind: 'taken', ended: [...settledEnded, ...ended] };
    });
    return unlessLost(taken, { kind: 'lease_lost' });
  },

  complete: (lease, connection, settled, now) => {
    const completed = storage.withTenant(connection.tenantId, async (trx) => {
      const [ended] = await Promise.all([complete(trx, connection, settled, now), mustStand(trx, lease)]);
      return ended;
    });
    return unlessLost(completed, null);
  },

  untold: (connection, limit) =>
    storage.withTenant(connection.tenantId, async (trx) => {
      const rows = await trx
        .selectFrom('delivery')
        .selectAll()
        .where('tenant_id', '=', connection.tenantId)
        .where('connection_id', '=', connection.id)
        .where('state', '<>', STATE.pending)
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
        .where('state', '=', STATE.refused)
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
        .where('state', '=', STATE.refused)
        .returning('connection_id')
        .executeTakeFirst();
      return row?.connection_id ?? null;
    }),
});
