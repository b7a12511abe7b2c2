import { expect, test } from 'vitest';
import type { Delivery } from '../../server/assignments/ports.ts';
import { eachDatabase } from '../support/databases.ts';
import { ids, MINUTE, openLine, T0 } from '../support/delivery-line.ts';
import { CONNECTION, ownerWrite, queue, states, TENANT } from '../support/delivery-rows.ts';

const record = { connectionId: CONNECTION.id, objectType: 'contact', recordId: '1' };
const task = { kind: 'task', body: { record, ownerId: '9', decisionId: 'dec_1' } } as const;
const alert = { kind: 'slack_alert', body: { alertId: 'alr_1' } } as const;
const refresh = { kind: 'slack_refresh', body: { assignmentId: 'asg_1' } } as const;

eachDatabase('taking deliveries', (open) => {
  test('live goes before back-fill, in order, one kind at a time, up to the batch size', async () => {
    const { storage } = await open();
    const { take, end } = await openLine(storage);
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
    const { take } = await openLine(storage);
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
    const { take, end } = await openLine(storage);
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
    const { store, lease, take, end } = await openLine(storage);
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
    const { take, end } = await openLine(storage);
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
    const { store, lease, end } = await openLine(storage);
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
    const { store, lease } = await openLine(storage);
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
    const { store, take, end } = await openLine(storage);
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
    const { take } = await openLine(storage);
    await queue(storage, task, { id: 'task', at: T0, assignmentId: 'asg_1', version: 1 });
    await queue(storage, ownerWrite('1', '9'), { id: 'owner', at: T0, assignmentId: 'asg_1', version: 2 });
    expect(ids(await take())).toEqual(['owner']);
    expect((await states(storage)).task?.state).toBe('superseded');
  });
});
