import { expect, test, vi } from 'vitest';
import { createDeliveryStore } from '../../server/storage/delivery-store/create-delivery-store.ts';
import { CONNECTORS } from '../support/crm-accounts.ts';
import { eachDatabase } from '../support/databases.ts';
import { CONNECTION, queue, states } from '../support/delivery-rows.ts';
import { deliveryRuns, firstOwner, PATIENCE, settled, type Told } from '../support/delivery-runs.ts';

const { sandbox, start } = deliveryRuns();

for (const connector of CONNECTORS)
  eachDatabase(`delivery to ${connector.name}`, (open) => {
    test('a process that dies between the send and the mark costs no second write', async () => {
      const { storage } = await open();
      const account = connector.open(sandbox());
      const id = account.record();
      await queue(storage, firstOwner(account, id, account.owners[0]), { id: 'dlv_1', at: Date.now() });
      const store = createDeliveryStore(storage);
      const died = Promise.withResolvers<void>();
      const die = async (): Promise<never> => {
        died.resolve();
        throw new Error('the process dies here');
      };
      const dying = start(storage, account, {
        pollMs: 60_000,
        store: {
          ...store,
          take: (lease, connection, options) =>
            options.settled === undefined ? store.take(lease, connection, options) : die(),
          complete: die,
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
      const account = connector.open(sandbox());
      await queue(storage, firstOwner(account, account.record(), account.owners[0]), {
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

    test('an answer that is lost after the write is settled by looking, not by writing again', async () => {
      const { storage } = await open();
      const account = connector.open(sandbox());
      const id = account.record();
      account.trouble('write_reset', 1);
      await queue(storage, firstOwner(account, id, account.owners[0]), { id: 'dlv_1', at: Date.now() });
      const { runner } = start(storage, account);
      runner.start();
      const now = await settled(storage, ['dlv_1']);
      // A CRM with conditional writes may be looked at again within the same try.
      expect(now.dlv_1).toMatchObject({ state: 'done', attempts: connector.looksAgain ? 1 : 2 });
      expect(account.ownersWritten(id).length).toBe(1);
    });

    test('a task whose answer was lost is looked up before another is made', async () => {
      const { storage } = await open();
      const account = connector.open(sandbox());
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

    test('a task about an SLA stands beside the one of the lead, and is known again by itself', async () => {
      const { storage } = await open();
      const account = connector.open(sandbox());
      const id = account.record();
      const record = { connectionId: CONNECTION.id, objectType: account.objectType, recordId: id };
      const body = { record, ownerId: account.owners[0], decisionId: 'dec_1' };
      const sla = {
        id: 'slc_1/0',
        name: 'First touch',
        until: 'first_activity',
        dueAt: 0,
        to: 'rep',
      } as const;
      await queue(storage, { kind: 'task', body }, { id: 'dlv_1', at: Date.now() });
      const { runner } = start(storage, account);
      runner.start();
      await settled(storage, ['dlv_1']);
      account.trouble('task_truncated', 1);
      await queue(storage, { kind: 'task', body: { ...body, sla } }, { id: 'dlv_2', at: Date.now() });
      runner.wake(CONNECTION.id);
      expect((await settled(storage, ['dlv_2'])).dlv_2).toMatchObject({ state: 'done', attempts: 2 });
      const [lead, about, ...more] = account.tasks();
      expect(more).toEqual([]);
      expect(lead?.text).toContain('Fairlead decision dec_1');
      expect(about?.text).toContain('Fairlead decision for SLA slc_1/0');
      expect(about?.text).toContain('First touch: call or write to this lead, by 1 Jan 1970 00:00 UTC.');
    });

    test('being called too often stops the whole connection until the CRM may be called again; nothing is lost', async () => {
      const { storage } = await open();
      let now = Date.now();
      const account = connector.open(sandbox(), { now: () => now });
      const id = account.record();
      account.trouble('rate_limited', 1);
      await queue(storage, firstOwner(account, id, account.owners[0]), { id: 'dlv_1', at: now });
      const { runner } = start(storage, account, { now: () => now, pollMs: 60_000 });
      runner.wake(CONNECTION.id);
      await vi.waitFor(async () =>
        expect((await states(storage)).dlv_1).toMatchObject({ attempts: 1, code: 'rate_limited' }),
      );
      account.resetCounts();
      now += account.pauseMs - 1_000;
      runner.wake(CONNECTION.id);
      await queue(storage, firstOwner(account, account.record(), account.owners[0]), {
        id: 'dlv_2',
        at: now,
      });
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
      const account = connector.open(sandbox(), { now: () => now });
      account.trouble('down');
      await queue(storage, firstOwner(account, account.record(), account.owners[0]), {
        id: 'dlv_1',
        at: now,
      });
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
      const account = connector.open(sandbox());
      await queue(storage, firstOwner(account, account.record(), account.owners[0]), {
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

    test('an account that is connected again while that is told leaves no alert behind', async () => {
      const { storage } = await open();
      const account = connector.open(sandbox());
      await queue(storage, firstOwner(account, account.record(), account.owners[0]), {
        id: 'dlv_1',
        at: Date.now(),
      });
      const told: Told[] = [];
      let looks = 0;
      // In use when its turn comes, and broken from then on until somebody is told of it.
      const connection = async () => {
        const broken = ++looks > 1 && told.length === 0;
        return {
          ...account.connection,
          status: broken ? ('needs_reconnecting' as const) : ('active' as const),
        };
      };
      const { runner } = start(storage, account, { broken: true, told, connection });
      runner.wake(CONNECTION.id);
      await vi.waitFor(
        () =>
          expect(told.slice(0, 2)).toEqual([
            ['connectionBroken', CONNECTION.id, 'needs_reconnecting'],
            ['alertClosed', 'connection_broken', CONNECTION.id],
          ]),
        PATIENCE,
      );
      await runner.stop();
    });
  });
