import { expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { ids, MINUTE, openLine, T0 } from '../support/delivery-line.ts';
import { CONNECTION, intents, ownerWrite, queue, states, TENANT } from '../support/delivery-rows.ts';

const record = { connectionId: CONNECTION.id, objectType: 'contact', recordId: '1' };
const _task = { kind: 'task', body: { record, ownerId: '9', decisionId: 'dec_1' } } as const;
const _alert = { kind: 'slack_alert', body: { alertId: 'alr_1' } } as const;
const _refresh = { kind: 'slack_refresh', body: { assignmentId: 'asg_1' } } as const;

eachDatabase('write intents', (open) => {
  test('the try and the intent are committed before the batch is handed out', async () => {
    const { storage } = await open();
    const { take, end } = await openLine(storage);
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
    const { take, end } = await openLine(storage);
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
    const { take, end } = await openLine(storage);
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
    const { store, take, end } = await openLine(storage);
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
    const { take, end } = await openLine(storage);
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
});
