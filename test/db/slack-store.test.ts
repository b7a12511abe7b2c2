import { expect, test } from 'vitest';
import { createSlackStore } from '../../server/storage/slack-store/create-slack-store.ts';
import { eachDatabase } from '../support/databases.ts';

const key = { tenantId: 'ten_1', assignmentId: 'asg_1', repId: 'dana' };
const intent = { ...key, connectionId: 'con_1', deliveryId: 'dlv_1' };

eachDatabase('where cards stand', (open) => {
  test('an intent is kept before the place, and the place after the post', async () => {
    const store = createSlackStore((await open()).storage);
    expect(await store.find(key)).toBeNull();
    await store.begin(intent);
    expect(await store.find(key)).toEqual({
      ...intent,
      channel: null,
      ts: null,
      version: 0,
      reminderTs: null,
    });
    await store.posted(key, { channel: 'D1', ts: '1.000001', version: 3 });
    const place = { channel: 'D1', ts: '1.000001', version: 3, reminderTs: null };
    expect(await store.find(key)).toEqual({ ...intent, ...place });
  });

  test('a version rises and never falls', async () => {
    const store = createSlackStore((await open()).storage);
    expect(await store.raise(key, 1)).toBe(false);
    await store.begin(intent);
    expect(await store.raise(key, 4)).toBe(true);
    expect(await store.raise(key, 4)).toBe(true);
    expect(await store.raise(key, 3)).toBe(false);
    await store.posted(key, { channel: 'D1', ts: '1.000001', version: 2 });
    expect((await store.find(key))?.version).toBe(4);
  });

  test('a card offered again takes the place of the one before', async () => {
    const store = createSlackStore((await open()).storage);
    await store.begin(intent);
    await store.posted(key, { channel: 'D1', ts: '1.000001', version: 3 });
    await store.begin({ ...intent, deliveryId: 'dlv_2' });
    expect(await store.list('ten_1', 'asg_1')).toEqual([
      { ...intent, deliveryId: 'dlv_2', channel: null, ts: null, version: 0, reminderTs: null },
    ]);
    await store.drop(key);
    expect(await store.list('ten_1', 'asg_1')).toEqual([]);
  });

  test('cards are their tenant’s alone', async () => {
    const store = createSlackStore((await open()).storage);
    await store.begin(intent);
    await store.begin({ ...intent, repId: 'sam' });
    expect((await store.list('ten_1', 'asg_1')).map((card) => card.repId)).toEqual(['dana', 'sam']);
    expect(await store.list('ten_2', 'asg_1')).toEqual([]);
  });

  test('a reminder is begun once for each card, taken back where it was not posted, and forgotten with it', async () => {
    const { reminders, ...store } = createSlackStore((await open()).storage);
    expect(await reminders.begin(key, 'dlv_r1')).toBe(false);
    await store.begin(intent);
    expect(await reminders.begin(key, 'dlv_r1')).toBe(true);
    expect(await reminders.begin(key, 'dlv_r1')).toBe(false);
    await reminders.undo(key, 'dlv_other');
    expect(await reminders.begin(key, 'dlv_r2')).toBe(false);
    await reminders.undo(key, 'dlv_r1');
    expect(await reminders.begin(key, 'dlv_r2')).toBe(true);
    await reminders.posted(key, '2.000001');
    await reminders.undo(key, 'dlv_r2');
    expect((await store.find(key))?.reminderTs).toBe('2.000001');
    await reminders.removed(key);
    expect((await store.find(key))?.reminderTs).toBeNull();
    expect(await reminders.begin(key, 'dlv_r3')).toBe(false);
    await store.begin({ ...intent, deliveryId: 'dlv_2' });
    expect(await reminders.begin(key, 'dlv_r3')).toBe(true);
  });
});
