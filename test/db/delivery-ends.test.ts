import { expect, test } from 'vitest';
import type { Lease } from '../../server/assignments/delivery-ports.ts';
import { eachDatabase } from '../support/databases.ts';
import { openLine, T0 } from '../support/delivery-line.ts';
import { CONNECTION, ownerWrite, queue, states } from '../support/delivery-rows.ts';

const record = { connectionId: CONNECTION.id, objectType: 'contact', recordId: '1' };
const task = { kind: 'task', body: { record, ownerId: '9', decisionId: 'dec_1' } } as const;
const _alert = { kind: 'slack_alert', body: { alertId: 'alr_1' } } as const;
const _refresh = { kind: 'slack_refresh', body: { assignmentId: 'asg_1' } } as const;

eachDatabase('how deliveries end', (open) => {
  test('what came of one batch is stored as the next is taken; under a lost lease neither is', async () => {
    const { storage } = await open();
    const { store, leases, lease, take } = await openLine(storage);
    for (const id of ['first', 'second']) await queue(storage, ownerWrite(id, '9'), { id, at: T0 });
    const [first] = await take(T0, 1);
    const verdict = {
      delivery: first!,
      state: 'done',
      dueAt: T0,
      code: null,
      remedy: null,
      detail: {},
      failures: 0,
      heard: true,
    } as const;
    const goOn = (under: Lease) =>
      store.take(under, CONNECTION, {
        now: T0,
        batchSize: () => 1,
        ownerWritesPerHour: 3,
        settled: { verdicts: [verdict], told: [] },
      });
    expect(await goOn({ ...lease, epoch: lease.epoch - 1 })).toEqual({ kind: 'lease_lost' });
    expect(await states(storage)).toMatchObject({
      first: { state: 'pending' },
      second: { state: 'pending', attempts: 0 },
    });
    expect(await goOn(lease)).toMatchObject({
      ended: [{ delivery: { id: 'first' }, result: { outcome: 'done' } }],
      deliveries: [{ id: 'second' }],
    });
    expect(await states(storage)).toMatchObject({
      first: { state: 'done' },
      second: { state: 'pending', attempts: 1 },
    });
    await leases.release(lease);
  });

  test('what ended is untold until it is told', async () => {
    const { storage } = await open();
    const { store, take, end } = await openLine(storage);
    await queue(storage, ownerWrite('1', '9'), { id: 'dlv_1', at: T0 });
    expect(await store.connectionsDue(T0)).toEqual([CONNECTION.id]);
    const [delivery] = await take();
    await end(delivery!, 'done');
    expect(await store.untold(CONNECTION, 10)).toMatchObject([
      { delivery: { id: 'dlv_1' }, result: { outcome: 'done' } },
    ]);
    expect(await store.connectionsDue(T0)).toEqual([CONNECTION.id]);
    await store.told(CONNECTION, ['dlv_1'], T0);
    expect(await store.untold(CONNECTION, 10)).toEqual([]);
    expect(await store.connectionsDue(T0)).toEqual([]);
  });

  test('what nobody wants to hear of is told when it ends; what was told is noted with the next ones', async () => {
    const { storage } = await open();
    const { store, lease, take, end } = await openLine(storage);
    await queue(storage, ownerWrite('1', '9'), { id: 'owner', at: T0 });
    const [owner] = await take();
    await end(owner!, 'done');
    await queue(storage, task, { id: 'task', at: T0 });
    const [made] = await take();
    const verdict = { state: 'done', dueAt: T0, code: null, remedy: null, detail: {}, failures: 0 } as const;
    const settled = { verdicts: [{ ...verdict, delivery: made!, heard: false }], told: ['owner'] };
    expect(await store.complete(lease, CONNECTION, settled, T0)).toEqual([]);
    expect((await states(storage)).task?.state).toBe('done');
    expect(await store.untold(CONNECTION, 10)).toEqual([]);
  });

  test('another tenant sees nothing of it', async () => {
    const { storage } = await open();
    const { store, take, end } = await openLine(storage);
    await queue(storage, ownerWrite('1', '9'), { id: 'dlv_1', at: T0 });
    const [delivery] = await take();
    await end(delivery!, 'refused');
    expect(await store.deadLetters('ten_2', 10)).toEqual([]);
    expect(await store.retryDead('ten_2', 'dlv_1', T0)).toBeNull();
  });
});
