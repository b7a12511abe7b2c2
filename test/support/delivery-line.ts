import type { Lease } from '../../server/assignments/delivery-ports.ts';
import type { Delivery } from '../../server/assignments/ports.ts';
import { createDeliveryStore } from '../../server/storage/delivery-store/create-delivery-store.ts';
import { createLeases } from '../../server/storage/delivery-store/leases.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { CONNECTION } from './delivery-rows.ts';

/** When these tests happen. Epoch milliseconds. */
export const T0 = Date.UTC(2026, 10, 23, 15);
export const MINUTE = 60_000;

/** A connection's deliveries under a lease, taken and ended by hand. */
export const openLine = async (storage: Storage) => {
  const store = createDeliveryStore(storage);
  const leases = createLeases(storage, 'one');
  const lease = (await leases.acquire('sender:con_1', 60_000)) as Lease;
  const take = async (now = T0, batchSize = 100): Promise<readonly Delivery[]> => {
    const taken = await store.take(lease, CONNECTION, {
      now,
      batchSize: () => batchSize,
      ownerWritesPerHour: 3,
    });
    if (taken.kind !== 'taken') throw new Error(taken.kind);
    return taken.deliveries;
  };
  const end = (delivery: Delivery, state: 'done' | 'refused' | 'overtaken' | 'pending', now = T0) =>
    store.complete(
      lease,
      CONNECTION,
      {
        verdicts: [
          {
            delivery,
            state,
            dueAt: now,
            code: null,
            remedy: null,
            detail: {},
            failures: delivery.failures,
            heard: true,
          },
        ],
        told: [],
      },
      now,
    );
  return { store, leases, lease, take, end };
};

export const ids = (deliveries: readonly Delivery[]): readonly string[] => deliveries.map(({ id }) => id);
