import type { Storage } from '../../server/storage/storage.ts';

export const REMEDY = 'Activate the user in HubSpot, then retry.';

/** A write as delivery leaves it once it was refused. */
export const addRefusedDelivery = async (
  storage: Storage,
  {
    id,
    tenantId,
    connectionId,
    at,
  }: { readonly id: string; readonly tenantId: string; readonly connectionId: string; readonly at: Date },
): Promise<void> => {
  await storage.withTenant(tenantId, (trx) =>
    trx
      .insertInto('delivery')
      .values({
        tenant_id: tenantId,
        id,
        connection_id: connectionId,
        kind: 'owner_write',
        priority: 0,
        key: id,
        assignment_id: null,
        version: 1,
        body: JSON.stringify({
          record: { connectionId, objectType: 'contact', recordId: '904' },
          ownerId: '1001',
          decisionId: 'dec_1',
          expectedOwnerId: null,
        }),
        state: 'refused',
        last_code: 'owner_inactive',
        remedy: REMEDY,
        due_at: at,
        created_at: at,
        done_at: at,
        told_at: at,
      })
      .execute(),
  );
};
