import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { classifyOwnerEvent } from '../../server/assignments/classify-owner-event.ts';
import type { DeliveryStore } from '../../server/assignments/delivery-ports.ts';
import type { Delivery, DeliveryEvents } from '../../server/assignments/ports.ts';
import { createDelivery, type DeliveryRunner } from '../../server/crm/delivery/create-delivery.ts';
import type { DeliveryOptions } from '../../server/crm/delivery/options.ts';
import { createDeliveryStore } from '../../server/storage/delivery-store/create-delivery-store.ts';
import { createLeases } from '../../server/storage/delivery-store/leases.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { CONNECTORS, type CrmAccount } from '../support/crm-accounts.ts';
import { eachDatabase } from '../support/databases.ts';
import { CONNECTION, intents, ownerWrite, queue, states } from '../support/delivery-rows.ts';
import { decisionView } from '../support/hubspot-portal.ts';

/** How long a condition is waited for. */
const PATIENCE = { timeout: 10_000, interval: 20 };

let sandbox: Sandbox;
const running: DeliveryRunner[] = [];

beforeAll(async () => {
  sandbox = await createSandbox({ port: 0 });
});
afterEach(async () => {
  sandbox.hubspot.setFaults([]);
  sandbox.salesforce.setFaults([]);
  sandbox.zoho.setFaults([]);
  sandbox.dynamics.setFaults([]);
  sandbox.pipedrive.setFaults([]);
  for (const runner of running.splice(0)) await runner.stop();
});
afterAll(() => sandbox.close());

/** What the use cases were told, in order. */
type Told = [event: string, deliveryId: string, ...rest: unknown[]];

const recordEvents = (told: Told[]): DeliveryEvents => ({
  cardDelivered: async (delivery) => void told.push(['cardDelivered', delivery.id]),
  cardUndeliverable: async (delivery, code) => void told.push(['cardUndeliverable', delivery.id, code]),
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

interface Options extends Partial<DeliveryOptions> {
  readonly holder?: string;
  readonly store?: DeliveryStore;
  readonly told?: Told[];
  readonly now?: () => number;
  /** The CRM refuses our tokens for good. */
  readonly broken?: boolean;
}

const start = (storage: Storage, account: CrmAccount, options: Options = {}) => {
  const told = options.told ?? [];
  const clock = { now: options.now ?? Date.now };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const runner = createDelivery(
    {
      store: options.store ?? createDeliveryStore(storage),
      leases: createLeases(storage, options.holder ?? 'one'),
      connection: async () => account.connection,
      senders: [account.sender(clock, options.broken)],
      events: recordEvents(told),
      clock,
      random: () => 0,
      log: log as never,
    },
    { pollMs: 50, ...options },
  );
  running.push(runner);
  return { runner, told };
};

const settled = (storage: Storage, ids: readonly string[]) =>
  vi.waitFor(async () => {
    const now = await states(storage);
    for (const id of ids) expect(now[id]?.state, id).not.toBe('pending');
    return now;
  }, PATIENCE);

const write = ({ objectType, nobody }: CrmAccount, id: string, owner: string) =>
  ownerWrite(id, owner, nobody, objectType);

for (const connector of CONNECTORS)
  eachDatabase(`delivery to ${connector.name}`, (open) => {
    test('the owner stands on the record with the reason, and the use cases hear of it once', async () => {
      const { storage } = await open();
      const account = connector.open(sandbox);
      const id = account.record();
      await queue(storage, write(account, id, account.owners[0]), { id: 'dlv_1', at: Date.now() });
      const { runner, told } = start(storage, account);
      runner.wake(CONNECTION.id);
      await settled(storage, ['dlv_1']);
      expect(account.owner(id)).toBe(account.owners[0]);
      expect(account.reason(id)).toEqual({ reason: decisionView('x').reason, decision: `dec_${id}` });
      await runner.stop();
      expect(told).toEqual([['ownerWritten', 'dlv_1']]);
    });

    const writes = connector.oneByOne ? connector.batch : 1;
    test(`${connector.batch} records go out together, in ${writes} write(s)`, async () => {
      const { storage } = await open();
      const account = connector.open(sandbox);
      const ids = Array.from({ length: connector.batch }, () => account.record());
      for (const id of ids)
        await queue(storage, write(account, id, account.owners[0]), { id: `dlv_${id}`, at: Date.now() });
      account.resetCounts();
      const { runner } = start(storage, account);
      runner.wake(CONNECTION.id);
      await settled(
        storage,
        ids.map((id) => `dlv_${id}`),
      );
      expect(account.writes()).toBe(writes);
      expect(ids.every((id) => account.owner(id) === account.owners[0])).toBe(true);
    });

    test("somebody's choice is kept, and reported; our own earlier owner is replaced", async () => {
      const { storage } = await open();
      const account = connector.open(sandbox);
      const [chosen, ours] = [account.record(), account.record()];
      const { runner, told } = start(storage, account);
      runner.start();
      await queue(storage, write(account, ours, account.owners[0]), {
        id: 'first',
        at: Date.now(),
        key: 'ours',
      });
      await settled(storage, ['first']);
      account.changeOwner(chosen, account.owners[2]);
      await queue(storage, write(account, chosen, account.owners[1]), { id: 'late', at: Date.now() });
      // Decided before the first write was known: the expected owner is still nobody.
      await queue(storage, write(account, ours, account.owners[1]), {
        id: 'second',
        at: Date.now(),
        key: 'ours',
      });
      await settled(storage, ['late', 'second']);
      await runner.stop();
      expect(account.owner(chosen)).toBe(account.owners[2]);
      expect(account.owner(ours)).toBe(account.owners[1]);
      expect(told).toContainEqual(['ownerOvertaken', 'late', account.owners[2]]);
      expect(told).toContainEqual(['ownerWritten', 'second']);
    });

    test("our own write comes back as an echo, a person's change does not", async () => {
      const { storage } = await open();
      const account = connector.open(sandbox);
      const id = account.record();
      await queue(storage, write(account, id, account.owners[0]), { id: 'dlv_1', at: Date.now() });
      const { runner } = start(storage, account);
      runner.wake(CONNECTION.id);
      await settled(storage, ['dlv_1']);
      account.changeOwner(id, account.owners[1]);
      const [byPerson, byUs] = account.ownersWritten(id);
      const known = await intents(storage);
      expect(classifyOwnerEvent(known, byUs?.value ?? '', byUs?.at ?? 0)).toBe('echo');
      expect(classifyOwnerEvent(known, byPerson?.value ?? '', byPerson?.at ?? 0)).toBe('outside');
      expect(classifyOwnerEvent(known, account.owners[0], (byUs?.at ?? 0) + 3_600_000)).toBe('outside');
    });

    test('a process that dies between the send and the mark costs no second write', async () => {
      const { storage } = await open();
      const account = connector.open(sandbox);
      const id = account.record();
      await queue(storage, write(account, id, account.owners[0]), { id: 'dlv_1', at: Date.now() });
      const store = createDeliveryStore(storage);
      const died = Promise.withResolvers<void>();
      const dying = start(storage, account, {
        pollMs: 60_000,
        store: {
          ...store,
          complete: async () => {
            died.resolve();
            throw new Error('the process dies here');
          },
        },
      });
      dying.runner.wake(CONNECTION.id);
      await died.promise;
      await dying.runner.stop();
      expect(account.owner(id)).toBe(account.owners[0]);
      expect((await states(storage)).dlv_1).toMatchObject({ state: 'pending', attempts: 1 });
      const { runner, told } = start(storage, account, { holder: 'two' });
      runner.start();
      await settled(storage, ['dlv_1']);
      await runner.stop();
      expect(account.ownersWritten(id).length).toBe(1);
      expect(told).toEqual([['ownerWritten', 'dlv_1']]);
    });

    test('a process that dies after the mark still has the use cases hear of it', async () => {
      const { storage } = await open();
      const account = connector.open(sandbox);
      await queue(storage, write(account, account.record(), account.owners[0]), {
        id: 'dlv_1',
        at: Date.now(),
      });
      const store = createDeliveryStore(storage);
      const told: Told[] = [];
      const deaf = start(storage, account, {
        pollMs: 60_000,
        store: { ...store, told: async () => Promise.reject(new Error('dies')) },
      });
      deaf.runner.wake(CONNECTION.id);
      await settled(storage, ['dlv_1']);
      await deaf.runner.stop();
      const { runner } = start(storage, account, { holder: 'two', told });
      runner.start();
      await vi.waitFor(() => expect(told).toEqual([['ownerWritten', 'dlv_1']]), PATIENCE);
      await vi.waitFor(async () => expect(await store.connectionsDue(Date.now())).toEqual([]), PATIENCE);
    });

    test('of a batch each gets its own result: done, no such record, no such owner', async () => {
      const { storage } = await open();
      const account = connector.open(sandbox);
      const [good, bad] = [account.record(), account.record()];
      await queue(storage, write(account, good, account.owners[0]), { id: 'good', at: Date.now() });
      await queue(storage, write(account, account.unknownRecord, account.owners[0]), {
        id: 'gone',
        at: Date.now(),
      });
      await queue(storage, write(account, bad, account.owners[3]), { id: 'bad', at: Date.now() });
      const { runner, told } = start(storage, account);
      runner.wake(CONNECTION.id);
      const now = await settled(storage, ['good', 'gone', 'bad']);
      expect(now).toMatchObject({
        good: { state: 'done' },
        gone: { state: 'refused', code: 'record_gone' },
        bad: { state: 'refused', code: BAD_OWNER },
      });
      await runner.stop();
      expect(told).toContainEqual(['ownerRefused', 'bad', BAD_OWNER]);
    });

    test('an answer that is lost after the write is settled by looking, not by writing again', async () => {
      const { storage } = await open();
      const account = connector.open(sandbox);
      const id = account.record();
      account.trouble('write_reset', 1);
      await queue(storage, write(account, id, account.owners[0]), { id: 'dlv_1', at: Date.now() });
      const { runner } = start(storage, account);
      runner.start();
      const now = await settled(storage, ['dlv_1']);
      // A CRM with conditional writes may be looked at again within the same try.
      expect(now.dlv_1).toMatchObject({ state: 'done', attempts: connector.looksAgain ? 1 : 2 });
      expect(account.ownersWritten(id).length).toBe(1);
    });

    test('a task whose answer was lost is looked up before another is made', async () => {
      const { storage } = await open();
      const account = connector.open(sandbox);
      const id = account.record();
      account.trouble('task_truncated', 1);
      const record = { connectionId: CONNECTION.id, objectType: account.objectType, recordId: id };
      await queue(
        storage,
        { kind: 'task', body: { record, ownerId: account.owners[0], decisionId: 'dec_1' } },
        { id: 'dlv_1', at: Date.now() },
      );
      const { runner } = start(storage, account);
      runner.start();
      const now = await settled(storage, ['dlv_1']);
      expect(now.dlv_1).toMatchObject({ state: 'done', attempts: 2 });
      const tasks = account.tasks();
      expect(tasks).toHaveLength(1);
      expect(tasks[0]).toMatchObject({ owner: account.owners[0] });
      expect(tasks[0]?.text).toContain('Fairlead decision dec_1');
    });

    test('being called too often stops the whole connection until the CRM may be called again; nothing is lost', async () => {
      const { storage } = await open();
      let now = Date.now();
      const account = connector.open(sandbox, { now: () => now });
      const id = account.record();
      account.trouble('rate_limited', 1);
      await queue(storage, write(account, id, account.owners[0]), { id: 'dlv_1', at: now });
      const { runner } = start(storage, account, { now: () => now, pollMs: 60_000 });
      runner.wake(CONNECTION.id);
      await vi.waitFor(async () =>
        expect((await states(storage)).dlv_1).toMatchObject({ attempts: 1, code: 'rate_limited' }),
      );
      account.resetCounts();
      now += account.pauseMs - 1_000;
      runner.wake(CONNECTION.id);
      await queue(storage, write(account, account.record(), account.owners[0]), { id: 'dlv_2', at: now });
      await runner.stop();
      expect(account.requests()).toBe(0);
      now += 2_000;
      const next = start(storage, account, { now: () => now });
      next.runner.wake(CONNECTION.id);
      const then = await settled(storage, ['dlv_1', 'dlv_2']);
      expect(then.dlv_1).toMatchObject({ state: 'done', attempts: 2 });
    });

    test('a vendor that is down opens the circuit and costs deliveries nothing; a day later they are refused', async () => {
      const { storage } = await open();
      let now = Date.now();
      const account = connector.open(sandbox, { now: () => now });
      account.trouble('down');
      await queue(storage, write(account, account.record(), account.owners[0]), { id: 'dlv_1', at: now });
      const { runner, told } = start(storage, account, {
        now: () => now,
        circuit: { failures: 2, restMs: 600_000 },
        pollMs: 20,
      });
      runner.start();
      // Jitter is nothing in this test, so that only an open circuit makes a delivery wait.
      const resting = () =>
        vi.waitFor(async () => expect((await states(storage)).dlv_1?.dueAt).toBeGreaterThan(now), PATIENCE);
      await resting();
      const asked = account.requests();
      now += 600_001;
      await resting();
      expect(account.requests()).toBe(asked);
      expect((await states(storage)).dlv_1).toMatchObject({ state: 'pending', code: 'vendor_unavailable' });
      now += 24 * 3_600_000;
      expect((await settled(storage, ['dlv_1'])).dlv_1).toMatchObject({
        state: 'refused',
        code: 'vendor_unavailable',
      });
      await runner.stop();
      expect(told).toEqual([['ownerRefused', 'dlv_1', 'vendor_unavailable']]);
    });

    test('tokens that are refused for good break the connection, loudly, and lose nothing', async () => {
      const { storage } = await open();
      const account = connector.open(sandbox);
      await queue(storage, write(account, account.record(), account.owners[0]), {
        id: 'dlv_1',
        at: Date.now(),
      });
      const { runner, told } = start(storage, account, { broken: true });
      runner.wake(CONNECTION.id);
      await vi.waitFor(
        () => expect(told).toEqual([['connectionBroken', CONNECTION.id, 'needs_reconnecting']]),
        PATIENCE,
      );
      await runner.stop();
      expect((await states(storage)).dlv_1).toMatchObject({ state: 'pending', code: 'needs_reconnecting' });
    });

    test('two processes share a connection: each write is made once', async () => {
      const { storage } = await open();
      const account = connector.open(sandbox);
      const ids = Array.from({ length: 12 }, () => account.record());
      const one = start(storage, account, { holder: 'one' });
      const two = start(storage, account, { holder: 'two' });
      one.runner.start();
      two.runner.start();
      for (const id of ids) {
        await queue(storage, write(account, id, account.owners[0]), { id: `dlv_${id}`, at: Date.now() });
        one.runner.wake(CONNECTION.id);
        two.runner.wake(CONNECTION.id);
      }
      await settled(
        storage,
        ids.map((id) => `dlv_${id}`),
      );
      await one.runner.stop();
      await two.runner.stop();
      expect(ids.map((id) => account.ownersWritten(id).length)).toEqual(ids.map(() => 1));
      const told = [...one.told, ...two.told].map(([, id]) => id);
      expect(told.toSorted()).toEqual(ids.map((id) => `dlv_${id}`).toSorted());
    });
  });

/** What a CRM's refusal of an owner it does not have is called. */
const BAD_OWNER = expect.stringMatching(/^(rejected|owner_inactive)$/);

describe('stopping', () => {
  test('nothing is taken after stop', async () => {
    const taken: Delivery[] = [];
    const never = { take: async () => taken.push() } as never;
    const runner = createDelivery({
      store: never,
      leases: never,
      connection: async () => null,
      senders: [],
      events: recordEvents([]),
      clock: { now: Date.now },
      random: Math.random,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined } as never,
    });
    await runner.stop();
    runner.wake(CONNECTION.id);
    await runner.stop();
    expect(taken).toEqual([]);
  });
});
