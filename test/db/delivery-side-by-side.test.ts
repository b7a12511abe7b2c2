import { afterEach, expect, test, vi } from 'vitest';
import type { Delivery, Sender } from '../../server/assignments/ports.ts';
import { eachDatabase } from '../support/databases.ts';
import { CONNECTION, ownerWrite, queue, states } from '../support/delivery-rows.ts';
import { deliveryRuns, PATIENCE } from '../support/delivery-runs.ts';

const { start } = deliveryRuns();

// A test that fails must not leave its sender waiting for batches that nobody lets go.
const ended: (() => void)[] = [];
afterEach(() => {
  for (const letGo of ended.splice(0)) letGo();
});

const RECORDS = 24;
const task = (recordId: string) =>
  ({
    kind: 'task',
    body: {
      record: { connectionId: CONNECTION.id, objectType: 'contact', recordId },
      ownerId: '9',
      decisionId: `dec_${recordId}`,
    },
  }) as const;

/** A vendor that holds every batch until it is let go, one after another or all at once. */
const slowVendor = (atOnce: number) => {
  const held: { readonly deliveries: readonly Delivery[]; readonly letGo: () => void }[] = [];
  const sent: (readonly Delivery[])[] = [];
  const over = Promise.withResolvers<void>();
  ended.push(over.resolve);
  const sender: Sender = {
    vendor: 'hubspot',
    atOnce,
    batchSize: () => 8,
    send: async (_connection, deliveries) => {
      sent.push(deliveries);
      const gate = Promise.withResolvers<void>();
      held.push({ deliveries, letGo: gate.resolve });
      await Promise.race([gate.promise, over.promise]);
      return deliveries.map(() => ({ outcome: 'done' }));
    },
  };
  return { sender, held, sent };
};

const idsOf = (batch: readonly Delivery[] | undefined) => (batch ?? []).map(({ id }) => id);

eachDatabase('batches side by side', (open) => {
  test('as many as the vendor allows are under way, never two of one lead; each is told once, all end', async () => {
    const { storage } = await open();
    const at = Date.now();
    for (let n = 0; n < RECORDS; n++) {
      const about = { at, assignmentId: `asg_${n}` };
      await queue(storage, ownerWrite(`${n}`, '9'), { ...about, id: `owner_${n}`, key: `owner/${n}` });
      await queue(storage, task(`${n}`), { ...about, id: `task_${n}`, key: `task/${n}` });
    }
    const { sender, held, sent } = slowVendor(2);
    const { runner, told } = start(storage, { connection: CONNECTION, sender: () => sender });
    runner.wake(CONNECTION.id);
    await vi.waitFor(() => expect(held).toHaveLength(2), PATIENCE);
    // Of the leads under way the tasks wait, though they are next in line.
    expect(held.map(({ deliveries }) => deliveries.length)).toEqual([8, 8]);
    expect(new Set(held.flatMap(({ deliveries }) => idsOf(deliveries)))).toEqual(
      new Set(Array.from({ length: 16 }, (_, n) => `owner_${n}`)),
    );
    const [first] = held.splice(0, 1);
    first?.letGo();
    await vi.waitFor(() => expect(sent).toHaveLength(3), PATIENCE);
    expect(idsOf(sent[2])).toEqual(idsOf(sent[0]).map((id) => id.replace('owner', 'task')));
    await vi.waitFor(async () => {
      for (const one of held.splice(0)) {
        const others = held.flatMap(({ deliveries }) => deliveries);
        const leads = new Set(others.map(({ assignmentId }) => assignmentId));
        expect(one.deliveries.filter(({ assignmentId }) => leads.has(assignmentId))).toEqual([]);
        one.letGo();
      }
      const all = Object.values(await states(storage));
      expect(all.filter(({ state }) => state !== 'done')).toEqual([]);
    }, PATIENCE);
    await runner.stop();
    const heard = told.map(([event, id]) => `${event} ${id}`);
    expect(new Set(heard)).toEqual(
      new Set(Array.from({ length: RECORDS }, (_, n) => `ownerWritten owner_${n}`)),
    );
    expect(heard).toHaveLength(RECORDS);
  });

  test('a vendor that asks for a pause is sent nothing more; what is under way is settled all the same', async () => {
    const { storage } = await open();
    const at = Date.now();
    for (let n = 0; n < 32; n++) await queue(storage, ownerWrite(`${n}`, '9'), { at, id: `owner_${n}` });
    const { sender, held, sent } = slowVendor(2);
    let refused = true;
    const send: Sender['send'] = async (connection, deliveries, until) => {
      const results = await sender.send(connection, deliveries, until);
      if (!refused) return results;
      refused = false;
      return deliveries.map(() => ({ outcome: 'retry', code: 'rate_limited', afterMs: 60_000 }));
    };
    const { runner } = start(storage, { connection: CONNECTION, sender: () => ({ ...sender, send }) });
    runner.wake(CONNECTION.id);
    await vi.waitFor(() => expect(held).toHaveLength(2), PATIENCE);
    held[0]?.letGo();
    await vi.waitFor(async () => {
      const all = Object.values(await states(storage));
      expect(all.filter(({ code }) => code === 'rate_limited')).toHaveLength(8);
    }, PATIENCE);
    held[1]?.letGo();
    await vi.waitFor(async () => {
      const all = Object.values(await states(storage));
      expect(all.filter(({ state }) => state === 'done')).toHaveLength(8);
    }, PATIENCE);
    expect(sent).toHaveLength(2);
    await runner.stop();
  });
});
