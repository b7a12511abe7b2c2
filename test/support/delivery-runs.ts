import { afterEach, expect, vi } from 'vitest';
import type { DeliveryStore } from '../../server/assignments/delivery-ports.ts';
import type { ConnectionInfo, DeliveryEvents } from '../../server/assignments/ports.ts';
import { createDelivery, type DeliveryRunner } from '../../server/crm/delivery/create-delivery.ts';
import type { DeliveryOptions } from '../../server/crm/delivery/options.ts';
import { createDeliveryStore } from '../../server/storage/delivery-store/create-delivery-store.ts';
import { createLeases } from '../../server/storage/delivery-store/leases.ts';
import type { Storage } from '../../server/storage/storage.ts';
import type { CrmAccount } from './crm-accounts.ts';
import { ownerWrite, states } from './delivery-rows.ts';
import { sandboxForAllTests } from './sandbox-for-all-tests.ts';

/** How long a condition is waited for. */
export const PATIENCE = { timeout: 10_000, interval: 20 };

/** What the use cases were told, in order. */
export type Told = [event: string, deliveryId: string, ...rest: unknown[]];

/** Keeps what the use cases are told. */
export const recordEvents = (told: Told[]): DeliveryEvents => ({
  cardDelivered: async (delivery) => void told.push(['cardDelivered', delivery.id]),
  cardUndeliverable: async (delivery, code) => void told.push(['cardUndeliverable', delivery.id, code]),
  noticeUndeliverable: async (delivery, code) => void told.push(['noticeUndeliverable', delivery.id, code]),
  ownerWritten: async (delivery) => void told.push(['ownerWritten', delivery.id]),
  ownerRefused: async (delivery, code) => void told.push(['ownerRefused', delivery.id, code]),
  ownerOvertaken: async (delivery, ownerId) => void told.push(['ownerOvertaken', delivery.id, ownerId]),
  recordEntered: async (delivery) => void told.push(['recordEntered', delivery.id]),
  entryRefused: async (delivery, code) => void told.push(['entryRefused', delivery.id, code]),
  converted: async (delivery) => void told.push(['converted', delivery.id]),
  convertRefused: async (delivery, code) => void told.push(['convertRefused', delivery.id, code]),
  fillRefused: async (delivery, code) => void told.push(['fillRefused', delivery.id, code]),
  connectionBroken: async ({ id }, code) => void told.push(['connectionBroken', id, code]),
});

interface RunOptions extends Partial<DeliveryOptions> {
  readonly holder?: string;
  readonly store?: DeliveryStore;
  readonly told?: Told[];
  readonly now?: () => number;
  /** As it stands at each look; absent: as it was opened. */
  readonly connection?: () => Promise<ConnectionInfo>;
  /** The CRM refuses our tokens for good. */
  readonly broken?: boolean;
}

/** The stand-ins of a file's tests, and processes that deliver to them: each is stopped after its test. */
export const deliveryRuns = () => {
  const sandbox = sandboxForAllTests();
  const running: DeliveryRunner[] = [];
  afterEach(async () => {
    for (const runner of running.splice(0)) await runner.stop();
  });
  const start = (
    storage: Storage,
    account: Pick<CrmAccount, 'connection' | 'sender'>,
    options: RunOptions = {},
  ) => {
    const told = options.told ?? [];
    const clock = { now: options.now ?? Date.now };
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const runner = createDelivery(
      {
        store: options.store ?? createDeliveryStore(storage),
        leases: createLeases(storage, options.holder ?? 'one'),
        connection: options.connection ?? (async () => account.connection),
        senders: [account.sender(clock, options.broken)],
        events: recordEvents(told),
        alerts: { close: async (_tenantId, kind, subject) => void told.push(['alertClosed', kind, subject]) },
        clock,
        random: () => 0,
        log: log as never,
      },
      { pollMs: 50, ...options },
    );
    running.push(runner);
    return { runner, told };
  };
  return { sandbox, start };
};

/** Waits until none of these is pending. */
export const settled = (storage: Storage, ids: readonly string[]) =>
  vi.waitFor(async () => {
    const now = await states(storage);
    for (const id of ids) expect(now[id]?.state, id).not.toBe('pending');
    return now;
  }, PATIENCE);

/** A write of an owner onto a record that is nobody's yet. */
export const firstOwner = ({ objectType, nobody }: CrmAccount, id: string, owner: string) =>
  ownerWrite(id, owner, nobody, objectType);
