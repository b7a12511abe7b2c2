import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import type { DeliveryEvents } from '../../server/assignments/ports.ts';
import { createDelivery, type DeliveryRunner } from '../../server/crm/delivery/create-delivery.ts';
import { createSalesforceSender } from '../../server/crm/salesforce/sender.ts';
import { createDeliveryStore } from '../../server/storage/delivery-store/create-delivery-store.ts';
import { createLeases } from '../../server/storage/delivery-store/leases.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';
import { CONNECTION, ownerWrite, states, TENANT } from '../support/delivery-rows.ts';
import { decisionView } from '../support/hubspot-portal.ts';
import { openSalesforceOrg, type TestOrg } from '../support/salesforce-org.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };
const LONG = 120_000;
const MANY = 2_300;

let sandbox: Sandbox;
const running: DeliveryRunner[] = [];
beforeAll(async () => {
  sandbox = await createSandbox({ port: 0 });
});
afterAll(() => sandbox.close());

const NOTHING = async () => undefined;
const EVENTS: DeliveryEvents = new Proxy({} as DeliveryEvents, { get: () => NOTHING });

const start = (storage: Storage, org: TestOrg, sendMs = 40_000): void => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const clock = { now: Date.now };
  const decisionsById = async (_: string, ids: readonly string[]) =>
    new Map(ids.map((id) => [id, decisionView(id)]));
  const runner = createDelivery(
    {
      store: createDeliveryStore(storage),
      leases: createLeases(storage, 'one'),
      connection: async () => org.connection,
      senders: [createSalesforceSender({ call: org.call, decisionsById, clock })],
      alerts: { close: async () => undefined },
      events: EVENTS,
      clock,
      random: () => 0,
      log: log as never,
    },
    { pollMs: 50, sendMs, leaseMs: 60_000, backoff: { baseMs: 50, capMs: 100 } },
  );
  running.push(runner);
  runner.start();
};

const queueAll = (storage: Storage, org: TestOrg, wanted: readonly { id: string; ownerId: string }[]) =>
  storage.withTenant(TENANT, async (trx) => {
    const rows = wanted.map(({ id, ownerId }) => ({
      tenant_id: TENANT,
      id: `dlv_${id}`,
      connection_id: CONNECTION.id,
      kind: 'owner_write',
      priority: 1,
      key: id,
      assignment_id: null,
      version: 1,
      body: JSON.stringify(ownerWrite(id, ownerId, org.nobody, 'lead').body),
      due_at: new Date(),
      created_at: new Date(),
    }));
    for (let from = 0; from < rows.length; from += 500)
      await trx
        .insertInto('delivery')
        .values(rows.slice(from, from + 500))
        .execute();
  });

const settled = (storage: Storage) =>
  vi.waitFor(async () => {
    const now = await states(storage);
    expect(Object.values(now).filter(({ state }) => state === 'pending')).toHaveLength(0);
    return now;
  }, PATIENCE);

/** How many ended in each way: a list of thousands says little when it fails. */
const endings = (now: Awaited<ReturnType<typeof states>>, ids: readonly string[]) =>
  Object.fromEntries(
    [...Map.groupBy(ids, (id) => [now[`dlv_${id}`]?.state, now[`dlv_${id}`]?.code].join(' '))].map(
      ([ending, all]) => [ending, all.length],
    ),
  );

eachDatabase('thousands of owners', (database) => {
  // Within the suite: it runs before the database is emptied.
  afterEach(async () => {
    for (const runner of running.splice(0)) await runner.stop();
  });
  test(
    'go by one job, each with its own outcome, and cost a fraction of the calls',
    async () => {
      const { storage } = await database();
      const org = openSalesforceOrg(sandbox);
      const [one, two, left] = ['1', '2', '9'].map((number) => org.idOf(`owner.${number}@example.com`));
      const leads = Array.from({ length: MANY }, () => org.lead());
      const [taken, gone, refused] = leads as [string, string, string];
      org.salesforce.changeOwner({ domain: org.domain, id: taken, ownerId: two! });
      org.salesforce.remove({ domain: org.domain, id: gone });
      await queueAll(
        storage,
        org,
        leads.map((id) => ({ id, ownerId: id === refused ? left! : one! })),
      );
      sandbox.salesforce.resetStats();
      start(storage, org);
      const now = await settled(storage);
      expect(now[`dlv_${taken}`]).toMatchObject({ state: 'overtaken' });
      expect(now[`dlv_${gone}`]).toMatchObject({ state: 'refused', code: 'record_gone' });
      expect(now[`dlv_${refused}`]).toMatchObject({ state: 'refused', code: 'rejected' });
      const rest = leads.slice(3);
      expect(endings(now, rest)).toEqual({ 'done ': rest.length });
      expect(rest.filter((id) => org.record(id).OwnerId !== one)).toEqual([]);
      expect(org.record(rest[0]!)).toMatchObject({ Fairlead_Reason__c: expect.any(String) });
      expect(org.rows('Assignment_Decision__c')).toHaveLength(rest.length);
      const { apiCalls, byKind } = sandbox.salesforce.stats();
      // One job for the owners, one for the decisions.
      expect(byKind).toMatchObject({ 'bulk.create': 2 });
      expect(byKind['collection.update'] ?? 0).toBe(0);
      expect(apiCalls).toBeLessThan(40);
    },
    LONG,
  );

  test(
    'that take longer than there is time are aborted where they stand, and the rest goes on',
    async () => {
      const { storage } = await database();
      const org = openSalesforceOrg(sandbox);
      sandbox.salesforce.bulk(org.domain).setPace({ chunkMs: 400 });
      const one = org.idOf('owner.1@example.com');
      const leads = Array.from({ length: MANY }, () => org.lead());
      await queueAll(
        storage,
        org,
        leads.map((id) => ({ id, ownerId: one })),
      );
      start(storage, org, 17_000);
      const now = await settled(storage);
      expect(endings(now, leads)).toEqual({ 'done ': leads.length });
      expect(leads.filter((id) => org.record(id).OwnerId !== one)).toEqual([]);
      // Some rows needed a second try: each was still written once.
      const tries = new Set(Object.values(now).map(({ attempts }) => attempts));
      expect(tries.size).toBeGreaterThan(1);
      const changes = org
        .rows('LeadHistory')
        .filter(({ Field, NewValue }) => Field === 'Owner' && NewValue === one);
      expect(changes).toHaveLength(leads.length);
    },
    LONG,
  );
});
