import { expect, test } from 'vitest';
import type { Lease } from '../../server/assignments/delivery-ports.ts';
import { createLeases } from '../../server/storage/delivery-store/leases.ts';
import { eachDatabase } from '../support/databases.ts';
import { openLine, T0 } from '../support/delivery-line.ts';
import { CONNECTION, ownerWrite, queue, states } from '../support/delivery-rows.ts';

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
    const { store, lease, take, end } = await openLine(storage);
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
