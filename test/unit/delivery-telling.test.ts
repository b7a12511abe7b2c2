import { expect, test, vi } from 'vitest';
import type { DeliveryStore, Ended, Lease, Settled } from '../../server/assignments/delivery-ports.ts';
import type { Delivery, Sender } from '../../server/assignments/ports.ts';
import { createCircuit } from '../../server/crm/delivery/circuit.ts';
import { DELIVERY_DEFAULTS } from '../../server/crm/delivery/options.ts';
import { serveConnection } from '../../server/crm/delivery/serve-connection.ts';
import { CONNECTION, deliveryOf, ownerWrite } from '../support/delivery-rows.ts';
import { PATIENCE, recordEvents, type Told } from '../support/delivery-runs.ts';

/** Two of these are more than may wait to be told. */
const BATCH = 1_500;
const BATCHES = 4;
const LEASE: Lease = { name: `sender:${CONNECTION.id}`, holder: 'one', epoch: 1 };

/** A line of batches that notes which of them were stored. */
const lineOf = (batches: readonly (readonly Delivery[])[]) => {
  const left = [...batches];
  const stored: string[] = [];
  const complete = async ({ verdicts }: Settled, at: number): Promise<readonly Ended[]> => {
    stored.push(...verdicts.map(({ delivery }) => delivery.id));
    return verdicts.map(({ delivery }) => ({ delivery, result: { outcome: 'done' }, at }));
  };
  const store: Pick<DeliveryStore, 'take' | 'complete' | 'untold' | 'told'> = {
    take: async (_lease, _connection, { settled, now }) => ({
      kind: 'taken',
      ended: settled === undefined ? [] : await complete(settled, now),
      deliveries: left.shift() ?? [],
      nextDueAt: null,
    }),
    complete: async (_lease, _connection, settled, at) => complete(settled, at),
    untold: async () => [],
    told: async () => undefined,
  };
  return { stored, store: store as DeliveryStore };
};

test('however long those take who are told, what is under way is stored, and nothing more is sent before', async () => {
  const batches = Array.from({ length: BATCHES }, (_, n) =>
    Array.from({ length: BATCH }, (_, i) => ({
      ...deliveryOf(ownerWrite(`${n}/${i}`, '9')),
      id: `${n}/${i}`,
    })),
  );
  const { stored, store } = lineOf(batches);
  const listening = Promise.withResolvers<void>();
  const thirdIsSent = Promise.withResolvers<void>();
  const thirdLands = Promise.withResolvers<void>();
  const told: Told[] = [];
  let sent = 0;
  const sender: Sender = {
    vendor: 'hubspot',
    atOnce: 2,
    batchSize: () => BATCH,
    send: async (_connection, deliveries) => {
      sent++;
      if (deliveries[0]?.id === '1/0') await thirdIsSent.promise;
      if (deliveries[0]?.id === '2/0') {
        thirdIsSent.resolve();
        await thirdLands.promise;
      }
      return deliveries.map(() => ({ outcome: 'done' }));
    },
  };
  const served = serveConnection(
    CONNECTION,
    sender,
    {
      circuit: createCircuit(DELIVERY_DEFAULTS.circuit),
      pausedUntil: 0,
      batchLimit: Number.MAX_SAFE_INTEGER,
      doubted: false,
    },
    {
      store,
      leases: { acquire: async () => LEASE, renew: async () => true, release: async () => undefined },
      alerts: { close: async () => undefined },
      connection: async () => CONNECTION,
      senders: [sender],
      events: {
        ...recordEvents(told),
        ownerWritten: async ({ id }) => {
          await listening.promise;
          told.push(['ownerWritten', id]);
        },
      },
      clock: { now: Date.now },
      random: () => 0,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined } as never,
    },
    DELIVERY_DEFAULTS,
    () => false,
  );
  await vi.waitFor(() => expect(stored).toHaveLength(2 * BATCH), PATIENCE);
  thirdLands.resolve();
  await vi.waitFor(() => expect(stored).toHaveLength(3 * BATCH), PATIENCE);
  expect(sent).toBe(3);
  expect(told).toEqual([]);
  listening.resolve();
  expect(await served).toBeNull();
  expect(told.map(([, id]) => id)).toEqual(batches.flat().map(({ id }) => id));
});
