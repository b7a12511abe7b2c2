import type { ConnectionInfo, Delivery, DeliveryBody } from '../../server/assignments/ports.ts';
import { priorityOf } from '../../server/storage/delivery-store/priority.ts';
import type { Storage } from '../../server/storage/storage.ts';

export const TENANT = 'ten_1';

export const CONNECTION: ConnectionInfo = {
  id: 'con_1',
  tenantId: TENANT,
  vendor: 'hubspot',
  externalId: '4711001',
  name: 'Test portal',
  status: 'active',
  settings: {},
};

/** A delivery as the lane would queue it; `at` is when, in epoch milliseconds. */
export interface Queued {
  readonly id: string;
  readonly at: number;
  readonly key?: string;
  readonly version?: number;
  readonly priority?: 'live' | 'backfill';
  readonly urgent?: boolean;
  readonly assignmentId?: string;
  readonly connectionId?: string;
  readonly dueAt?: number;
}

/** Puts a delivery where the lane puts it. */
export const queue = async (storage: Storage, body: DeliveryBody, queued: Queued): Promise<void> => {
  await storage.withTenant(TENANT, async (trx) => {
    await trx
      .insertInto('delivery')
      .values({
        tenant_id: TENANT,
        id: queued.id,
        connection_id: queued.connectionId ?? CONNECTION.id,
        kind: body.kind,
        priority: priorityOf({
          kind: body.kind,
          priority: queued.priority ?? 'live',
          urgent: queued.urgent ?? false,
        }),
        key: queued.key ?? queued.id,
        assignment_id: queued.assignmentId ?? null,
        version: queued.version ?? 1,
        body: JSON.stringify(body.body),
        due_at: new Date(queued.dueAt ?? queued.at),
        created_at: new Date(queued.at),
      })
      .execute();
  });
};

/** An owner write, for a contact unless something else is said. */
export const ownerWrite = (
  recordId: string,
  ownerId: string,
  expectedOwnerId: string | null = null,
  objectType = 'contact',
): DeliveryBody => ({
  kind: 'owner_write',
  body: {
    record: { connectionId: CONNECTION.id, objectType, recordId },
    ownerId,
    decisionId: `dec_${recordId}`,
    expectedOwnerId,
  },
});

/** A delivery as a sender is given it, at its first attempt unless another is said. */
export const deliveryOf = (body: DeliveryBody, attempts = 1): Delivery => ({
  ...body,
  id: `dlv_${Math.random()}`,
  tenantId: TENANT,
  connectionId: CONNECTION.id,
  assignmentId: null,
  version: 1,
  key: 'k',
  attempts,
  failures: 0,
  createdAt: Date.now(),
});

/** How each delivery stands. */
export const states = (
  storage: Storage,
): Promise<Record<string, { state: string; attempts: number; code: string | null; dueAt: number }>> =>
  storage.withTenant(TENANT, async (trx) => {
    const rows = await trx.selectFrom('delivery').selectAll().where('tenant_id', '=', TENANT).execute();
    return Object.fromEntries(
      rows.map(({ id, state, attempts, last_code, due_at }) => [
        id,
        { state, attempts, code: last_code, dueAt: due_at.getTime() },
      ]),
    );
  });

export const intents = (storage: Storage) =>
  storage.withTenant(TENANT, async (trx) => {
    const rows = await trx
      .selectFrom('write_intent')
      .selectAll()
      .where('tenant_id', '=', TENANT)
      .orderBy('seq', 'desc')
      .execute();
    return rows.map((row) => ({
      deliveryId: row.delivery_id,
      ownerId: row.owner_id,
      writtenAt: row.written_at.getTime(),
      endedAt: row.ended_at?.getTime() ?? null,
    }));
  });
