import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { ALL_SCOPES } from '../../sandbox/hubspot/create-hubspot.ts';
import { classifyOwnerEvent } from '../../server/assignments/classify-owner-event.ts';
import type { DeliveryStore } from '../../server/assignments/delivery-ports.ts';
import type { Delivery, DeliveryEvents } from '../../server/assignments/ports.ts';
import { AppError } from '../../server/base/app-error.ts';
import { createDelivery, type DeliveryRunner } from '../../server/crm/delivery/create-delivery.ts';
import type { DeliveryOptions } from '../../server/crm/delivery/options.ts';
import { createReasonFields } from '../../server/crm/hubspot/reason-fields.ts';
import { createHubspotSender } from '../../server/crm/hubspot/sender.ts';
import { createDeliveryStore } from '../../server/storage/delivery-store/create-delivery-store.ts';
import { createLeases } from '../../server/storage/delivery-store/leases.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';
import { CONNECTION, intents, ownerWrite, queue, states } from '../support/delivery-rows.ts';
import { decisionView, openBlocker, openPortal, type TestPortal } from '../support/hubspot-portal.ts';

/** How long a condition is waited for. */
const PATIENCE = { timeout: 10_000, interval: 20 };

let sandbox: Sandbox;
const running: DeliveryRunner[] = [];

beforeAll(async () => {
  sandbox = await createSandbox({ port: 0 });
});
afterEach(async () => {
  sandbox.hubspot.setFaults([]);
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
  connectionBroken: async ({ id }, code) => void told.push(['connectionBroken', id, code]),
});

interface Options extends Partial<DeliveryOptions> {
  readonly holder?: string;
  readonly store?: DeliveryStore;
  readonly told?: Told[];
  readonly now?: () => number;
}

const start = (storage: Storage, portal: TestPortal, options: Options = {}) => {
  const told = options.told ?? [];
  const clock = { now: options.now ?? Date.now };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const reasonFields = createReasonFields(portal.call);
  const sender = createHubspotSender({
    call: portal.call,
    reasonFields,
    decisionsById: async (_, ids) => new Map(ids.map((id) => [id, decisionView(id)])),
    clock,
  });
  const runner = createDelivery(
    {
      store: options.store ?? createDeliveryStore(storage),
      leases: createLeases(storage, options.holder ?? 'one'),
      connection: async () => portal.connection,
      senders: [sender],
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

const owner = (portal: TestPortal, id: string) => portal.record(id).properties.hubspot_owner_id ?? null;
const ownerWrites = (portal: TestPortal, id: string) =>
  portal.record(id).history.hubspot_owner_id?.length ?? 0;
const engagements = (portal: TestPortal, type: 'tasks' | 'notes') => [
  ...portal.hubspot.portal(portal.portalId).records[type].values(),
];

eachDatabase('delivery to HubSpot', (open) => {
  test('the owner stands on the record with the reason, and the use cases hear of it once', async () => {
    const { storage } = await open();
    const portal = openPortal(sandbox);
    const id = portal.contact();
    await queue(storage, ownerWrite(id, '1001'), { id: 'dlv_1', at: Date.now() });
    const { runner, told } = start(storage, portal);
    runner.wake(CONNECTION.id);
    await settled(storage, ['dlv_1']);
    expect(portal.record(id).properties).toMatchObject({
      hubspot_owner_id: '1001',
      fairlead_reason: decisionView('x').reason,
      fairlead_decision: `dec_${id}`,
      fairlead_rule: 'Large companies',
    });
    await runner.stop();
    expect(told).toEqual([['ownerWritten', 'dlv_1']]);
  });

  test('a hundred records go out in one write', async () => {
    const { storage } = await open();
    const portal = openPortal(sandbox);
    const ids = Array.from({ length: 100 }, () => portal.contact());
    for (const id of ids) await queue(storage, ownerWrite(id, '1001'), { id: `dlv_${id}`, at: Date.now() });
    portal.hubspot.resetStats();
    const { runner } = start(storage, portal);
    runner.wake(CONNECTION.id);
    await settled(
      storage,
      ids.map((id) => `dlv_${id}`),
    );
    const writes = Object.entries(portal.hubspot.stats().byRoute).filter(([route]) =>
      route.includes('batch/update'),
    );
    expect(writes.map(([, count]) => count)).toEqual([1]);
    expect(ids.every((id) => owner(portal, id) === '1001')).toBe(true);
  });

  test("somebody's choice is kept, and reported; our own earlier owner is replaced", async () => {
    const { storage } = await open();
    const portal = openPortal(sandbox);
    const [chosen, ours] = [portal.contact(), portal.contact()];
    const { runner, told } = start(storage, portal);
    runner.start();
    await queue(storage, ownerWrite(ours, '1001'), { id: 'first', at: Date.now(), key: 'ours' });
    await settled(storage, ['first']);
    portal.hubspot.changeOwner({
      portalId: portal.portalId,
      objectType: 'contacts',
      id: chosen,
      ownerId: '1003',
    });
    await queue(storage, ownerWrite(chosen, '1002'), { id: 'late', at: Date.now() });
    // Decided before the first write was known: the expected owner is still nobody.
    await queue(storage, ownerWrite(ours, '1002'), { id: 'second', at: Date.now(), key: 'ours' });
    await settled(storage, ['late', 'second']);
    await runner.stop();
    expect(owner(portal, chosen)).toBe('1003');
    expect(owner(portal, ours)).toBe('1002');
    expect(told).toContainEqual(['ownerOvertaken', 'late', '1003']);
    expect(told).toContainEqual(['ownerWritten', 'second']);
  });

  test("our own write comes back as an echo, a person's change does not", async () => {
    const { storage } = await open();
    const portal = openPortal(sandbox);
    const id = portal.contact();
    await queue(storage, ownerWrite(id, '1001'), { id: 'dlv_1', at: Date.now() });
    const { runner } = start(storage, portal);
    runner.wake(CONNECTION.id);
    await settled(storage, ['dlv_1']);
    portal.hubspot.changeOwner({ portalId: portal.portalId, objectType: 'contacts', id, ownerId: '1002' });
    const [byPerson, byUs] = portal.record(id).history.hubspot_owner_id ?? [];
    const known = await intents(storage);
    expect(classifyOwnerEvent(known, byUs?.value ?? '', byUs?.at ?? 0)).toBe('echo');
    expect(classifyOwnerEvent(known, byPerson?.value ?? '', byPerson?.at ?? 0)).toBe('outside');
    expect(classifyOwnerEvent(known, '1001', (byUs?.at ?? 0) + 3_600_000)).toBe('outside');
  });

  test('a process that dies between the send and the mark costs no second write', async () => {
    const { storage } = await open();
    const portal = openPortal(sandbox);
    const id = portal.contact();
    await queue(storage, ownerWrite(id, '1001'), { id: 'dlv_1', at: Date.now() });
    const store = createDeliveryStore(storage);
    const died = Promise.withResolvers<void>();
    const dying = start(storage, portal, {
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
    expect(owner(portal, id)).toBe('1001');
    expect((await states(storage)).dlv_1).toMatchObject({ state: 'pending', attempts: 1 });
    const { runner, told } = start(storage, portal, { holder: 'two' });
    runner.start();
    await settled(storage, ['dlv_1']);
    await runner.stop();
    expect(ownerWrites(portal, id)).toBe(1);
    expect(told).toEqual([['ownerWritten', 'dlv_1']]);
  });

  test('a process that dies after the mark still has the use cases hear of it', async () => {
    const { storage } = await open();
    const portal = openPortal(sandbox);
    await queue(storage, ownerWrite(portal.contact(), '1001'), { id: 'dlv_1', at: Date.now() });
    const store = createDeliveryStore(storage);
    const told: Told[] = [];
    const deaf = start(storage, portal, {
      pollMs: 60_000,
      store: { ...store, told: async () => Promise.reject(new Error('dies')) },
    });
    deaf.runner.wake(CONNECTION.id);
    await settled(storage, ['dlv_1']);
    await deaf.runner.stop();
    const { runner } = start(storage, portal, { holder: 'two', told });
    runner.start();
    await vi.waitFor(() => expect(told).toEqual([['ownerWritten', 'dlv_1']]), PATIENCE);
    await vi.waitFor(async () => expect(await store.connectionsDue(Date.now())).toEqual([]), PATIENCE);
  });

  test('of a batch each gets its own result: done, no such record, no such owner', async () => {
    const { storage } = await open();
    const portal = openPortal(sandbox);
    const [good, bad] = [portal.contact(), portal.contact()];
    await queue(storage, ownerWrite(good, '1001'), { id: 'good', at: Date.now() });
    await queue(storage, ownerWrite('99999999', '1001'), { id: 'gone', at: Date.now() });
    await queue(storage, ownerWrite(bad, '1009'), { id: 'bad', at: Date.now() });
    const { runner, told } = start(storage, portal);
    runner.wake(CONNECTION.id);
    const now = await settled(storage, ['good', 'gone', 'bad']);
    expect(now).toMatchObject({
      good: { state: 'done' },
      gone: { state: 'refused', code: 'record_gone' },
      bad: { state: 'refused', code: 'rejected' },
    });
    await runner.stop();
    expect(told).toContainEqual(['ownerRefused', 'bad', 'rejected']);
  });

  test('an answer that is lost after the write is settled by looking, not by writing again', async () => {
    const { storage } = await open();
    const portal = openPortal(sandbox);
    const id = portal.contact();
    sandbox.hubspot.setFaults([{ kind: 'reset', path: 'contacts/batch/update', times: 1 }]);
    await queue(storage, ownerWrite(id, '1001'), { id: 'dlv_1', at: Date.now() });
    const { runner } = start(storage, portal);
    runner.start();
    const now = await settled(storage, ['dlv_1']);
    expect(now.dlv_1).toMatchObject({ state: 'done', attempts: 2 });
    expect(ownerWrites(portal, id)).toBe(1);
  });

  test('a task whose answer was lost is looked up before another is made', async () => {
    const { storage } = await open();
    const portal = openPortal(sandbox);
    const id = portal.contact();
    sandbox.hubspot.setFaults([{ kind: 'truncated', path: 'tasks/batch/create', times: 1 }]);
    const record = { connectionId: CONNECTION.id, objectType: 'contact', recordId: id };
    await queue(
      storage,
      { kind: 'task', body: { record, ownerId: '1001', decisionId: 'dec_1' } },
      { id: 'dlv_1', at: Date.now() },
    );
    const { runner } = start(storage, portal);
    runner.start();
    const now = await settled(storage, ['dlv_1']);
    expect(now.dlv_1).toMatchObject({ state: 'done', attempts: 2 });
    const tasks = engagements(portal, 'tasks');
    expect(tasks).toHaveLength(1);
    expect(tasks[0]?.properties).toMatchObject({ hubspot_owner_id: '1001', hs_task_status: 'NOT_STARTED' });
    expect(tasks[0]?.properties.hs_task_body).toContain('&lt;owed&gt;');
  });

  test('where the account allows no properties the reason becomes one note', async () => {
    const { storage } = await open();
    const portal = openPortal(sandbox, {
      scopes: ALL_SCOPES.filter((scope) => !scope.startsWith('crm.schemas')),
    });
    const id = portal.contact();
    sandbox.hubspot.setFaults([{ kind: 'reset', path: 'notes/batch/create', times: 1 }]);
    await queue(storage, ownerWrite(id, '1001'), { id: 'dlv_1', at: Date.now() });
    const { runner } = start(storage, portal);
    runner.start();
    await settled(storage, ['dlv_1']);
    expect(owner(portal, id)).toBe('1001');
    const notes = engagements(portal, 'notes');
    expect(notes.map(({ properties }) => properties.hs_note_body)).toEqual([
      expect.stringContaining(`Fairlead decision dec_${id}`),
    ]);
  });

  test('a 429 stops the whole connection until HubSpot may be called again; nothing is lost', async () => {
    const { storage } = await open();
    let now = Date.now();
    const portal = openPortal(sandbox, { now: () => now });
    const id = portal.contact();
    sandbox.hubspot.setFaults([{ kind: '429', path: 'batch/update', times: 1 }]);
    await queue(storage, ownerWrite(id, '1001'), { id: 'dlv_1', at: now });
    const { runner } = start(storage, portal, { now: () => now, pollMs: 60_000 });
    runner.wake(CONNECTION.id);
    await vi.waitFor(async () =>
      expect((await states(storage)).dlv_1).toMatchObject({ attempts: 1, code: 'rate_limited' }),
    );
    sandbox.hubspot.resetStats();
    now += 9_000;
    runner.wake(CONNECTION.id);
    await queue(storage, ownerWrite(portal.contact(), '1001'), { id: 'dlv_2', at: now });
    await runner.stop();
    expect(sandbox.hubspot.stats().requests).toBe(0);
    now += 2_000;
    const next = start(storage, portal, { now: () => now });
    next.runner.wake(CONNECTION.id);
    const then = await settled(storage, ['dlv_1', 'dlv_2']);
    expect(then.dlv_1).toMatchObject({ state: 'done', attempts: 2 });
  });

  test('a vendor that is down opens the circuit and costs deliveries nothing; a day later they are refused', async () => {
    const { storage } = await open();
    let now = Date.now();
    const portal = openPortal(sandbox, { now: () => now });
    sandbox.hubspot.setFaults([{ kind: '5xx' }]);
    await queue(storage, ownerWrite(portal.contact(), '1001'), { id: 'dlv_1', at: now });
    const { runner, told } = start(storage, portal, {
      now: () => now,
      circuit: { failures: 2, restMs: 600_000 },
      pollMs: 20,
    });
    runner.start();
    // Jitter is nothing in this test, so that only an open circuit makes a delivery wait.
    const resting = () =>
      vi.waitFor(async () => expect((await states(storage)).dlv_1?.dueAt).toBeGreaterThan(now), PATIENCE);
    await resting();
    const asked = sandbox.hubspot.stats().requests;
    now += 600_001;
    await resting();
    expect(sandbox.hubspot.stats().requests).toBe(asked);
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
    const portal = openPortal(sandbox);
    const broken: TestPortal = {
      ...portal,
      call: async () => {
        throw new AppError('needs_reconnecting', 'Install the app again.');
      },
    };
    await queue(storage, ownerWrite(portal.contact(), '1001'), { id: 'dlv_1', at: Date.now() });
    const { runner, told } = start(storage, broken);
    runner.wake(CONNECTION.id);
    await vi.waitFor(
      () => expect(told).toEqual([['connectionBroken', CONNECTION.id, 'needs_reconnecting']]),
      PATIENCE,
    );
    await runner.stop();
    expect((await states(storage)).dlv_1).toMatchObject({ state: 'pending', code: 'needs_reconnecting' });
  });

  test('a blocked workflow goes on; a callback HubSpot does not know yet is tried again for a minute', async () => {
    const { storage } = await open();
    const blocker = await openBlocker();
    sandbox.pointAt(blocker.url);
    const portal = openPortal(sandbox);
    const action = {
      kind: 'custom_action',
      name: 'Assign',
      definitionId: 1,
      version: 1,
      path: '/x',
      properties: [],
      inputFields: {},
    } as const;
    portal.hubspot.workflows.define(portal.portalId, [
      {
        id: 7,
        name: 'Route',
        active: true,
        objectType: 'contacts',
        enrolOn: { property: 'lifecyclestage' },
        where: [],
        actions: [action],
      },
    ]);
    const run = portal.hubspot.workflows.enrol(portal.portalId, 7, portal.contact());
    await vi.waitFor(() => expect(run?.steps[0]?.state).toBe('blocked'), PATIENCE);
    const callbackId = run?.steps[0]?.callbackId ?? '';
    let now = Date.now();
    const callback = (id: string) =>
      ({ kind: 'callback', body: { callbackId: id, decisionId: 'dec_1' } }) as const;
    await queue(storage, callback(callbackId), { id: 'known', at: now });
    await queue(storage, callback('ap-unknown'), { id: 'unknown', at: now });
    const { runner } = start(storage, portal, { now: () => now });
    runner.start();
    await settled(storage, ['known']);
    expect(run?.steps[0]).toMatchObject({
      state: 'succeeded',
      outputs: { outcome: 'assigned', rep: 'dana', decision: 'dec_1' },
    });
    await vi.waitFor(async () =>
      expect((await states(storage)).unknown).toMatchObject({ state: 'pending', code: 'callback_unknown' }),
    );
    now += 61_000;
    expect((await settled(storage, ['unknown'])).unknown).toMatchObject({
      state: 'refused',
      code: 'callback_unknown',
    });
    await runner.stop();
    await blocker.close();
  });

  test('two processes share a connection: each write is made once', async () => {
    const { storage } = await open();
    const portal = openPortal(sandbox);
    const ids = Array.from({ length: 12 }, () => portal.contact());
    const one = start(storage, portal, { holder: 'one' });
    const two = start(storage, portal, { holder: 'two' });
    one.runner.start();
    two.runner.start();
    for (const id of ids) {
      await queue(storage, ownerWrite(id, '1001'), { id: `dlv_${id}`, at: Date.now() });
      one.runner.wake(CONNECTION.id);
      two.runner.wake(CONNECTION.id);
    }
    await settled(
      storage,
      ids.map((id) => `dlv_${id}`),
    );
    await one.runner.stop();
    await two.runner.stop();
    expect(ids.map((id) => ownerWrites(portal, id))).toEqual(ids.map(() => 1));
    const told = [...one.told, ...two.told].map(([, id]) => id);
    expect(told.toSorted()).toEqual(ids.map((id) => `dlv_${id}`).toSorted());
  });
});

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
