import { createAvailabilities } from '../../server/assignments/availabilities.ts';
import type { ConnectionInfo, Sender } from '../../server/assignments/ports.ts';
import { createCrmSender } from '../../server/crm/delivery/create-crm-sender.ts';
import { createDelivery, type DeliveryRunner } from '../../server/crm/delivery/create-delivery.ts';
import { gatherFinds } from '../../server/crm/gather-finds.ts';
import { createDeliveryStore } from '../../server/storage/delivery-store/create-delivery-store.ts';
import { createLeases } from '../../server/storage/delivery-store/leases.ts';
import { createLaneStore } from '../../server/storage/lane-store/create-lane-store.ts';
import { createQueries } from '../../server/storage/queries/create-queries.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { type EntryCrm, entryReader, entryWays, openEntryCrm } from './entry-crm.ts';
import { type LaneWorld, openLaneWorld, SALESFORCE, TENANT, type WorldOptions } from './lane-world.ts';

const CONNECTION: ConnectionInfo = {
  id: SALESFORCE,
  tenantId: TENANT,
  vendor: 'salesforce',
  externalId: '00DSb0000000001MAA',
  name: 'Salesforce',
  status: 'active',
  settings: {},
};

/** The use cases and delivery between a database and a CRM over HTTP that leads can enter. */
export type EntryWorld = LaneWorld & {
  readonly crmServer: EntryCrm;
  readonly queries: ReturnType<typeof createQueries>;
  readonly store: {
    readonly deliveries: ReturnType<typeof createDeliveryStore>;
    readonly lane: ReturnType<typeof createLaneStore>;
  };
  /** Another process that sends; each test's `startSending` is told how it dies. */
  readonly startSending: (options?: SendOptions) => DeliveryRunner;
  /** Sends until nothing is due. */
  readonly send: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export interface SendOptions {
  /** The process dies before it stores how a batch ended. */
  readonly losesVerdicts?: boolean;
  /** It dies after that, before the use cases hear of it. */
  readonly tellsNobody?: boolean;
}

export const openEntryWorld = async (storage: Storage, options: WorldOptions): Promise<EntryWorld> => {
  const crmServer = await openEntryCrm();
  const ways = entryWays(crmServer);
  const doors = gatherFinds({
    connectors: [{ vendor: 'salesforce', entry: ways }],
    connection: async (id) => (id === SALESFORCE ? CONNECTION : null),
  });
  const lane = await openLaneWorld(storage, { ...options, doors, reader: entryReader(crmServer) });
  const clock = { now: () => lane.clock.now };
  const queries = createQueries({
    storage,
    clock,
    availabilities: createAvailabilities(() => new Set<string>()),
  });
  const store = createDeliveryStore(storage);
  const done = async () => ({ outcome: 'done' }) as const;
  const sender: Sender = createCrmSender(
    {
      vendor: 'salesforce',
      batchLimit: 50,
      atOnce: 1,
      records: async (writes) =>
        writes.map(({ record, ownerId }) => {
          const found = crmServer.records.find(({ id }) => id === record.recordId);
          if (found !== undefined && ownerId !== null) found.ownerId = ownerId;
          return { outcome: 'done' };
        }),
      tasks: (tasks) => Promise.all(tasks.map(done)),
    },
    { decisionsById: queries.decisionsById, clock, entry: { ways, given: queries } },
  );
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  let holders = 0;
  const startSending = ({ losesVerdicts = false, tellsNobody = false }: SendOptions = {}): DeliveryRunner =>
    createDelivery(
      {
        store: losesVerdicts ? { ...store, complete: async () => null } : store,
        leases: createLeases(storage, `holder-${holders++}`),
        connection: async (id) => (id === SALESFORCE ? CONNECTION : null),
        senders: [sender],
        alerts: { close: async () => undefined },
        events: tellsNobody
          ? (new Proxy({}, { get: () => () => Promise.reject(new Error('dead')) }) as never)
          : lane.events,
        clock,
        random: () => 0,
        log: log as never,
      },
      { pollMs: 20 },
    );
  const pending = async (): Promise<number> =>
    (
      await lane.rows(
        `select 1 from delivery where connection_id = '${SALESFORCE}' and (
          (state = 'pending' and due_at <= to_timestamp(${lane.clock.now / 1_000})) or (state <> 'pending' and told_at is null))`,
      )
    ).length;
  return {
    ...lane,
    crmServer,
    queries,
    store: { deliveries: store, lane: createLaneStore(storage) },
    startSending,
    send: async () => {
      const runner = startSending();
      runner.start();
      for (const until = Date.now() + 30_000; Date.now() < until && (await pending()) > 0; )
        await new Promise((resolve) => setTimeout(resolve, 20));
      await runner.stop();
    },
    close: () => crmServer.close(),
  };
};
