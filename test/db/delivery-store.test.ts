import { expect, test } from 'vitest';
import type { Lease } from '../../server/assignments/delivery-ports.ts';
import type { Delivery } from '../../server/assignments/ports.ts';
import { createDeliveryStore } from '../../server/storage/delivery-store/create-delivery-store.ts';
import { createLeases } from '../../server/storage/delivery-store/leases.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';
import { CONNECTION, intents, ownerWrite, queue, states, TENANT } from '../support/delivery-rows.ts';

const T0 = Date.UTC(2026, 10, 23, 15);
const MINUTE = 60_000;

const record = { connectionId: CONNECTION.id, objectType: 'contact', recordId: '1' };
const task = { kind: 'task', body: { record, ownerId: '9', decisionId: 'dec_1' } } as const;
const alert = { kind: 'slack_alert', body: { alertId: 'alr_1' } } as const;
const refresh = { kind: 'slack_refresh', body: { assignmentId: 'asg_1' } } as const;

const setUp = async (storage: Storage) => {
  const store = createDeliveryStore(storage);
  const leases = createLeases(storage, 'one');
  const lease = (await leases.acquire('sender:con_1', 60_000)) as Lease;
  const take = async (now = T0, batchSize = 100): Promise<readonly Delivery[]> => {
    const taken = await store.take(lease, CONNECTION, {
      now,
      batchSize: () => batchSize,
      ownerWritesPerHour: 3,
    });
    if (taken.kind !== 'taken') throw new Error(taken.kind);
    return taken.deliveries;
  };
  const end = (delivery: Delivery, state: 'done' | 'refused' | 'overtaken' | 'pending', now = T0) =>
    store.complete(
      lease,
      CONNECTION,
      {
        verdicts: [
          {
            delivery,
            state,
            dueAt: now,
            code: null,
            remedy: null,
            detail: {},
            failures: delivery.failures,
            heard: true,
          },
        ],
        told: [],
      },
      now,
    );
  return { store, leases, lease, take, end };
};

const ids = (deliveries: readonly Delivery[]) => deliveries.map(({ id }) => id);

eachDatabase('leases', (open) => {
  test('one holder at a time; the epoch rises with each, also after a release', async () => {
    const { storage } = await open();
    const [one, two] = [createLeases(storage, 'one'), createLeases(storage, 'two')];
    const first = (await one.acquire('x', 60_000)) as Lease;
    expect(await two.acquire('x', 60_000)).toBeNull();
    expect(await one.acquire('x', 60_000)).toBeNull();
    expect(await one.renew(first, 60_000)).toBe(true);
    await one.release(first);
    expect(await one.renew(first, 60_000)).toBe(false);
    const second = (await two.acquire('x', 60_000)) as Lease;
    expect(second.epoch).toBe(first.epoch + 1);
  });

  test('a lease that ran out is taken over, and its old holder can store nothing', async () => {
    const { storage } = await open();
    const { store, lease, take, end } = await setUp(storage);
    await queue(storage, ownerWrite('1', '9'), { id: 'dlv_1', at: T0 });
    const [delivery] = await take();
    await storage.directory(async (trx) => {
      await trx
        .updateTable('lease')
        .set({ expires_at: new Date(0) })
        .execute();
    });
    const other = (await createLeases(storage, 'two').acquire('sender:con_1', 60_000)) as Lease;
    expect(other.epoch).toBe(lease.epoch + 1);
    expect(await end(delivery!, 'done')).toBeNull();
    expect(
      await store.take(lease, CONNECTION, { now: T0, batchSize: () => 1, ownerWritesPerHour: 3 }),
    ).toEqual({ kind: 'lease_lost' });
    expect((await states(storage)).dlv_1?.state).toBe('pending');
  });
});

eachDatabase('the delivery store', (open) => {
  test('live goes before back-fill, in order, one kind at a time, up to the batch size', async () => {
    const { storage } = await open();
    const { take, end } = await setUp(storage);
    await queue(storage, ownerWrite('1', '9'), { id: 'old', at: T0, priority: 'backfill' });
    for (const n of [2, 3, 4]) await queue(storage, ownerWrite(String(n), '9'), { id: `live_${n}`, at: T0 });
    await queue(storage, task, { id: 'task', at: T0 });
    const first = await take(T0, 2);
    expect(ids(first)).toEqual(['live_2', 'live_3']);
    for (const delivery of first) await end(delivery, 'done');
    expect(ids(await take())).toEqual(['live_4', 'old']);
  });

  test('urgent leads go before the others of their class', async () => {
    const { storage } = await open();
    const { take } = await setUp(storage);
    const all = [
      { id: 'late', priority: 'backfill' },
      { id: 'urgent_late', priority: 'backfill', urgent: true },
      { id: 'live', priority: 'live' },
      { id: 'urgent_live', priority: 'live', urgent: true },
    ] as const;
    for (const [n, one] of all.entries())
      await queue(storage, ownerWrite(String(n), '9'), { ...one, at: T0 });
    expect(ids(await take(T0, 4))).toEqual(['urgent_live', 'live', 'urgent_late', 'late']);
  });

  test('answers, reminders and Homes are drawn before fresh cards, however many wait; each key keeps its order', async () => {
    const { storage } = await open();
    const { take, end } = await setUp(storage);
    const card = (n: number) =>
      ({ kind: 'slack_card', body: { repId: 'r', slackUserId: 'U', assignmentId: `asg_${n}` } }) as const;
    const body = { repId: 'r', slackUserId: 'U' };
    for (let n = 0; n < 120; n++)
      await queue(storage, card(n), { id: `card_${n}`, at: T0, key: `card/asg_${n}/r` });
    await queue(storage, refresh, { id: 'claimed', at: T0, key: 'card/asg_1', priority: 'backfill' });
    await queue(storage, { kind: 'slack_home', body }, { id: 'home_1', at: T0, key: 'home/r' });
    await queue(storage, { kind: 'slack_home', body }, { id: 'home_2', at: T0, key: 'home/r' });
    await queue(storage, card(1), { id: 'again', at: T0, key: 'card/asg_0/r' });
    const next = async () => {
      const taken = await take(T0, 5);
      for (const delivery of taken) await end(delivery, 'done');
      return ids(taken);
    };
    expect(await next()).toEqual(['claimed']);
    expect(await next()).toEqual(['home_1']);
    expect(await next()).toEqual(['home_2']);
    expect(await next()).toEqual(['card_0', 'card_1', 'card_2', 'card_3', 'card_4']);
    // A second card of the first one's key may go now that that one has.
    const rest: string[] = [];
    for (let taken = await next(); taken.length > 0; taken = await next()) rest.push(...taken);
    expect(rest).toHaveLength(116);
    expect(rest.at(-1)).toBe('again');
  });

  test('a batch is filled from far down the line, past what waits; and what all waits is looked at when it may go', async () => {
    const { storage } = await open();
    const { store, lease, take, end } = await setUp(storage);
    const tried = { id: 'tried', at: T0, key: 'k', dueAt: T0 + MINUTE };
    await queue(storage, alert, tried);
    for (let n = 0; n < 100; n++) await queue(storage, alert, { id: `waits_${n}`, at: T0, key: 'k' });
    const look = () =>
      store.take(lease, CONNECTION, { now: T0, batchSize: () => 100, ownerWritesPerHour: 3 });
    expect(await look()).toMatchObject({ deliveries: [], nextDueAt: T0 + MINUTE });
    for (let n = 0; n < 90; n++) {
      await queue(storage, alert, { id: `free_${n}`, at: T0 });
      await queue(storage, task, { id: `task_${n}`, at: T0 });
    }
    const free = await take();
    expect(ids(free)).toEqual(Array.from({ length: 90 }, (_, n) => `free_${n}`));
    for (const delivery of free) await end(delivery, 'done');
    expect(await take()).toHaveLength(90);
  });

  test('of one key the next waits for the one before it', async () => {
    const { storage } = await open();
    const { take, end } = await setUp(storage);
    await queue(storage, alert, { id: 'first', at: T0, key: 'k', dueAt: T0 + MINUTE });
    await queue(storage, alert, { id: 'second', at: T0, key: 'k' });
    expect(ids(await take())).toEqual([]);
    const [first] = await take(T0 + MINUTE);
    expect(first?.id).toBe('first');
    await end(first!, 'done');
    expect(ids(await take(T0 + MINUTE))).toEqual(['second']);
  });

  test('of what is under way nothing is taken, nor what is of its key or about its assignment', async () => {
    const { storage } = await open();
    const { store, lease, end } = await setUp(storage);
    const first = { id: 'first', at: T0, key: 'owner/1', assignmentId: 'asg_1' };
    await queue(storage, ownerWrite('1', '9'), first);
    const look = async (underWay: readonly Delivery[]) => {
      const taken = await store.take(lease, CONNECTION, {
        now: T0,
        batchSize: () => 100,
        ownerWritesPerHour: 3,
        underWay,
      });
      return taken.kind === 'taken' ? taken.deliveries : [];
    };
    const underWay = await look([]);
    expect(ids(underWay)).toEqual(['first']);
    await queue(storage, task, { id: 'task', at: T0, key: 'task/1', assignmentId: 'asg_1' });
    await queue(storage, ownerWrite('1', '8'), { id: 'newer', at: T0, key: 'owner/1' });
    await queue(storage, ownerWrite('2', '9'), { id: 'other', at: T0, key: 'owner/2' });
    expect(ids(await look(underWay))).toEqual(['other']);
    // It was not superseded while it was sent: how it ended is known.
    expect(await end(underWay[0]!, 'done')).toMatchObject([{ delivery: { id: 'first' } }]);
    const made = await look([]);
    expect(ids(made)).toEqual(['task']);
    await end(made[0]!, 'done');
    const next = await look([]);
    expect(ids(next)).toEqual(['newer', 'other']);
    expect(next.map(({ triedBefore }) => triedBefore)).toEqual([true, true]);
  });

  test('what is under way does not count among the very many that go by a way of their own', async () => {
    const { storage } = await open();
    const { store, lease } = await setUp(storage);
    for (let n = 0; n < 5; n++)
      await queue(storage, ownerWrite(`${n}`, '9'), { id: `write_${n}`, at: T0, key: `owner/${n}` });
    const look = async (underWay: readonly Delivery[]) => {
      const taken = await store.take(lease, CONNECTION, {
        now: T0,
        batchSize: () => 1,
        bulk: () => ({ from: 2, most: 3 }),
        ownerWritesPerHour: 3,
        underWay,
      });
      return taken.kind === 'taken' ? taken.deliveries : [];
    };
    const many = await look([]);
    expect(ids(many)).toEqual(['write_0', 'write_1', 'write_2']);
    expect(ids(await look(many))).toEqual(['write_3']);
  });

  test('a newer owner write or refresh supersedes the pending older one, and an older one tried again', async () => {
    const { storage } = await open();
    const { store, take, end } = await setUp(storage);
    await queue(storage, ownerWrite('1', '8'), { id: 'older', at: T0, key: 'owner/1' });
    const [older] = await take();
    await end(older!, 'refused');
    await queue(storage, ownerWrite('1', '9'), { id: 'newer', at: T0, key: 'owner/1' });
    await queue(storage, refresh, { id: 'refresh_1', at: T0, key: 'refresh/asg_1' });
    await queue(storage, refresh, { id: 'refresh_2', at: T0, key: 'refresh/asg_1' });
    const [drawn] = await take();
    expect(drawn?.id).toBe('refresh_2');
    await end(drawn!, 'done');
    const [newer] = await take();
    await end(newer!, 'done');
    expect(await store.retryDead(TENANT, 'older', T0)).toBe(CONNECTION.id);
    expect(ids(await take())).toEqual([]);
    expect(await states(storage)).toMatchObject({
      older: { state: 'superseded' },
      refresh_1: { state: 'superseded' },
    });
  });

  test('a task for an owner who was replaced meanwhile is not made', async () => {
    const { storage } = await open();
    const { take } = await setUp(storage);
    await queue(storage, task, { id: 'task', at: T0, assignmentId: 'asg_1', version: 1 });
    await queue(storage, ownerWrite('1', '9'), { id: 'owner', at: T0, assignmentId: 'asg_1', version: 2 });
    expect(ids(await take())).toEqual(['owner']);
    expect((await states(storage)).task?.state).toBe('superseded');
  });

  test('the try and the intent are committed before the batch is handed out', async () => {
    const { storage } = await open();
    const { take, end } = await setUp(storage);
    await queue(storage, ownerWrite('1', '9'), { id: 'dlv_1', at: T0 });
    await take(T0 + 5);
    expect((await states(storage)).dlv_1).toMatchObject({ state: 'pending', attempts: 1 });
    expect(await intents(storage)).toEqual([
      { deliveryId: 'dlv_1', ownerId: '9', writtenAt: T0 + 5, endedAt: null },
    ]);
    const [again] = await take(T0 + 9);
    expect(again).toMatchObject({ attempts: 2 });
    expect(await intents(storage)).toHaveLength(1);
    await end(again!, 'done', T0 + 10);
    expect(await intents(storage)).toMatchObject([{ writtenAt: T0 + 5, endedAt: T0 + 10 }]);
  });

  test('what was certainly not written leaves no intent; what may have been written does', async () => {
    const { storage } = await open();
    const { take, end } = await setUp(storage);
    await queue(storage, ownerWrite('1', '9'), { id: 'first_try', at: T0 });
    const [first] = await take();
    await end(first!, 'overtaken');
    expect(await intents(storage)).toEqual([]);
    await queue(storage, ownerWrite('2', '9'), { id: 'second_try', at: T0 });
    await take();
    const [second] = await take();
    await end(second!, 'overtaken');
    expect(await intents(storage)).toMatchObject([{ deliveryId: 'second_try', endedAt: T0 }]);
  });

  test('an owner write knows what we last put on the record, and what we may have', async () => {
    const { storage } = await open();
    const { take, end } = await setUp(storage);
    for (const [index, owner] of ['5', '6', '7'].entries()) {
      await queue(storage, ownerWrite('1', owner), { id: `dlv_${owner}`, at: T0, key: 'owner/1' });
      const [delivery] = await take();
      if (index < 2) await end(delivery!, 'done');
    }
    // The third is superseded after a try of unknown outcome.
    await queue(storage, ownerWrite('1', '8'), { id: 'dlv_8', at: T0, key: 'owner/1' });
    await storage.withTenant(TENANT, async (trx) => {
      await trx
        .updateTable('write_intent')
        .set({ written_at: new Date(0) })
        .where('owner_id', 'in', ['5', '6', '7'])
        .execute();
    });
    const [delivery] = await take();
    expect(delivery).toMatchObject({ id: 'dlv_8', ours: ['7', '6'] });
    expect((await intents(storage)).find(({ ownerId }) => ownerId === '7')?.endedAt).toBe(T0);
  });

  test('the fourth owner write of a record within an hour is refused, with a remedy; an hour later it passes', async () => {
    const { storage } = await open();
    const { store, take, end } = await setUp(storage);
    for (const n of [1, 2, 3]) {
      await queue(storage, ownerWrite('1', String(n)), { id: `dlv_${n}`, at: T0, key: 'owner/1' });
      const [delivery] = await take(T0 + n * MINUTE);
      await end(delivery!, 'done', T0 + n * MINUTE);
    }
    await queue(storage, ownerWrite('1', '4'), { id: 'dlv_4', at: T0, key: 'owner/1' });
    await queue(storage, ownerWrite('2', '4'), { id: 'other', at: T0 });
    expect(ids(await take(T0 + 10 * MINUTE))).toEqual(['other']);
    const [dead] = await store.deadLetters(TENANT, 10);
    expect(dead).toMatchObject({ code: 'too_many_owner_writes', delivery: { id: 'dlv_4' } });
    expect(dead?.remedy).toContain('workflow');
    expect(await store.untold(CONNECTION, 10)).toMatchObject([
      {},
      {},
      {},
      { result: { outcome: 'refused', code: 'too_many_owner_writes' } },
    ]);
    expect(await store.retryDead(TENANT, 'dlv_4', T0 + 62 * MINUTE)).toBe(CONNECTION.id);
    expect(ids(await take(T0 + 62 * MINUTE))).toContain('dlv_4');
  });

  test('a record that is come across twice on the way along the line has its writes counted once', async () => {
    const { storage } = await open();
    const { take, end } = await setUp(storage);
    for (const n of [1, 2]) {
      await queue(storage, ownerWrite('1', String(n)), { id: `dlv_${n}`, at: T0, key: 'owner/1' });
      const [delivery] = await take(T0 + n * MINUTE);
      await end(delivery!, 'done', T0 + n * MINUTE);
    }
    await queue(storage, ownerWrite('1', '3'), { id: 'older', at: T0, key: 'owner/1' });
    for (let n = 0; n < 40; n++) await queue(storage, ownerWrite(`9${n}`, '3'), { id: `other_${n}`, at: T0 });
    await queue(storage, ownerWrite('1', '4'), { id: 'newest', at: T0, key: 'owner/1' });
    const taken = await take(T0 + 10 * MINUTE);
    expect(taken.at(-1)).toMatchObject({ id: 'newest', ours: ['2'] });
    expect(taken).toHaveLength(41);
  });

  test('what came of one batch is stored as the next is taken; under a lost lease neither is', async () => {
    const { storage } = await open();
    const { store, leases, lease, take } = await setUp(storage);
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
    const { store, take, end } = await setUp(storage);
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
    const { store, lease, take, end } = await setUp(storage);
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
    const { store, take, end } = await setUp(storage);
    await queue(storage, ownerWrite('1', '9'), { id: 'dlv_1', at: T0 });
    const [delivery] = await take();
    await end(delivery!, 'refused');
    expect(await store.deadLetters('ten_2', 10)).toEqual([]);
    expect(await store.retryDead('ten_2', 'dlv_1', T0)).toBeNull();
  });
});
