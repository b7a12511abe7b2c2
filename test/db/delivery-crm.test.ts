import { describe, expect, test } from 'vitest';
import { classifyOwnerEvent } from '../../server/assignments/classify-owner-event.ts';
import type { Delivery } from '../../server/assignments/ports.ts';
import { createDelivery } from '../../server/crm/delivery/create-delivery.ts';
import { CONNECTORS } from '../support/crm-accounts.ts';
import { eachDatabase } from '../support/databases.ts';
import { CONNECTION, intents, queue } from '../support/delivery-rows.ts';
import { deliveryRuns, firstOwner, recordEvents, settled } from '../support/delivery-runs.ts';
import { decisionView } from '../support/hubspot-portal.ts';

const { sandbox, start } = deliveryRuns();

for (const connector of CONNECTORS)
  eachDatabase(`delivery to ${connector.name}`, (open) => {
    test('the owner stands on the record with the reason, and the use cases hear of it once', async () => {
      const { storage } = await open();
      const account = connector.open(sandbox());
      const id = account.record();
      await queue(storage, firstOwner(account, id, account.owners[0]), { id: 'dlv_1', at: Date.now() });
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
      const account = connector.open(sandbox());
      const ids = Array.from({ length: connector.batch }, () => account.record());
      for (const id of ids)
        await queue(storage, firstOwner(account, id, account.owners[0]), { id: `dlv_${id}`, at: Date.now() });
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
      const account = connector.open(sandbox());
      const [chosen, ours] = [account.record(), account.record()];
      const { runner, told } = start(storage, account);
      runner.start();
      await queue(storage, firstOwner(account, ours, account.owners[0]), {
        id: 'first',
        at: Date.now(),
        key: 'ours',
      });
      await settled(storage, ['first']);
      account.changeOwner(chosen, account.owners[2]);
      await queue(storage, firstOwner(account, chosen, account.owners[1]), { id: 'late', at: Date.now() });
      // Decided before the first write was known: the expected owner is still nobody.
      await queue(storage, firstOwner(account, ours, account.owners[1]), {
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
      const account = connector.open(sandbox());
      const id = account.record();
      await queue(storage, firstOwner(account, id, account.owners[0]), { id: 'dlv_1', at: Date.now() });
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

    test('of a batch each gets its own result: done, no such record, no such owner', async () => {
      const { storage } = await open();
      const account = connector.open(sandbox());
      const [good, bad] = [account.record(), account.record()];
      await queue(storage, firstOwner(account, good, account.owners[0]), { id: 'good', at: Date.now() });
      await queue(storage, firstOwner(account, account.unknownRecord, account.owners[0]), {
        id: 'gone',
        at: Date.now(),
      });
      await queue(storage, firstOwner(account, bad, account.owners[3]), { id: 'bad', at: Date.now() });
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

    test('two processes share a connection: each write is made once', async () => {
      const { storage } = await open();
      const account = connector.open(sandbox());
      const ids = Array.from({ length: 12 }, () => account.record());
      const one = start(storage, account, { holder: 'one' });
      const two = start(storage, account, { holder: 'two' });
      one.runner.start();
      two.runner.start();
      for (const id of ids) {
        await queue(storage, firstOwner(account, id, account.owners[0]), { id: `dlv_${id}`, at: Date.now() });
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
      alerts: { close: async () => undefined },
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
