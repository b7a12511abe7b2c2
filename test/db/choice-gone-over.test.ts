import { expect, test } from 'vitest';
import type { Delivery } from '../../server/assignments/ports.ts';
import { createDeliveryStore } from '../../server/storage/delivery-store/create-delivery-store.ts';
import { createLeases } from '../../server/storage/delivery-store/leases.ts';
import { eachDatabase } from '../support/databases.ts';
import { contactRef, HUBSPOT, openLaneWorld, ownerOf, TENANT, TUESDAY } from '../support/lane-world.ts';

const POLICY = {
  pools: [
    { id: 'all', members: [{ rep: 'dana' }, { rep: 'eli' }], method: 'round_robin', availability: 'ignore' },
  ],
  fallback: [{ pool: 'all' }],
};
const REPS = ['dana', 'eli'].map((id) => ({ id, name: id }));
const CONNECTION = {
  id: HUBSPOT,
  tenantId: TENANT,
  vendor: 'hubspot',
  externalId: '1',
  name: 'HubSpot',
  status: 'active',
  settings: {},
} as const;

eachDatabase('a choice between our look and our write', (open) => {
  const openWorld = async () => {
    const { storage } = await open();
    const lane = await openLaneWorld(storage, { policy: POLICY, reps: REPS });
    const store = createDeliveryStore(storage);
    const lease = await createLeases(storage, 'one').acquire(`sender:${HUBSPOT}`, 60_000);
    lane.crm.put('c1');
    const given = (await lane.contact('c1')).rep?.id ?? '';

    /** Takes the owner write, its intent committed; what stands on the record was looked at. */
    const take = async (): Promise<Delivery> => {
      const taken = await store.take(lease!, CONNECTION, {
        now: lane.clock.now,
        batchSize: () => 1,
        ownerWritesPerHour: 3,
      });
      if (taken.kind !== 'taken' || taken.deliveries[0] === undefined) throw new Error('nothing was taken');
      return taken.deliveries[0];
    };
    /** The write reaches the record, and that is stored and told. */
    const land = async (delivery: Delivery) => {
      if (delivery.kind === 'owner_write') lane.crm.put('c1', { ownerId: delivery.body.ownerId });
      const verdict = { delivery, state: 'done', dueAt: 0, code: null, remedy: null, detail: {} } as const;
      const verdicts = [{ ...verdict, failures: 0, heard: true }];
      await store.complete(lease!, CONNECTION, { verdicts, told: [] }, lane.clock.now);
      await lane.events.ownerWritten(delivery);
    };
    const told = (ownerId: string, at: number) =>
      lane.useCases.ownerChangedOutside({ tenantId: TENANT, record: contactRef('c1'), ownerId, at });
    const other = given === 'dana' ? 'eli' : 'dana';
    return { lane, given, other, take, land, told };
  };

  test('that the write went over is put back, once', async () => {
    const { lane, given, other, take, land, told } = await openWorld();
    const delivery = await take();
    lane.clock.now += 300;
    await land(delivery);
    await told(ownerOf(other), TUESDAY + 150);
    expect(await lane.assignments()).toMatchObject([
      { rep_id: other, state: 'assigned', written: 'pending' },
    ]);
    const back = await take();
    expect(back).toMatchObject({ body: { ownerId: ownerOf(other), alsoOurs: [ownerOf(given)] } });
    await land(back);
    // The same push once more, and the echo of what was put back.
    await told(ownerOf(other), TUESDAY + 150);
    expect(await lane.assignments()).toMatchObject([{ rep_id: other, written: 'done' }]);
    expect(await lane.deliveries('owner_write')).toEqual([]);
  });

  test('of somebody who is no rep is put back too, and the lead is theirs', async () => {
    const { lane, take, land, told } = await openWorld();
    await land(await take());
    await told('owner-ops', TUESDAY + 150);
    expect(await lane.assignments()).toMatchObject([{ state: 'closed', closed_because: 'owned_outside' }]);
    await land(await take());
    expect(await lane.deliveries('owner_write')).toEqual([]);
  });

  test('that is heard of before the write lands stands in the end', async () => {
    const { lane, given, other, take, land, told } = await openWorld();
    const delivery = await take();
    lane.crm.put('c1', { ownerId: ownerOf(other) });
    await told(ownerOf(other), TUESDAY + 150);
    expect(await lane.assignments()).toMatchObject([{ rep_id: other, written: 'done' }]);
    lane.clock.now += 300;
    await land(delivery);
    const back = await take();
    expect(back).toMatchObject({ body: { ownerId: ownerOf(other), alsoOurs: [ownerOf(given)] } });
    await land(back);
    expect(await lane.assignments()).toMatchObject([{ rep_id: other, written: 'done' }]);
    expect(await lane.deliveries('owner_write')).toEqual([]);
  });

  test('that was followed by others is not put back over the last of them, however late its push', async () => {
    const { lane, given, other, take, land, told } = await openWorld();
    await land(await take());
    // Given to the other right after our write, and back; the first push comes when both are long past.
    lane.clock.now += 40_000;
    lane.crm.put('c1', { ownerId: ownerOf(given), ownerSince: TUESDAY + 20_000 });
    await told(ownerOf(other), TUESDAY + 150);
    expect(await lane.assignments()).toMatchObject([{ rep_id: given, written: 'done' }]);
    expect(await lane.deliveries('owner_write')).toEqual([]);
  });

  test('that gives the lead back to the rep we wrote is followed, also soon after our write', async () => {
    const { lane, given, other, take, land, told } = await openWorld();
    await land(await take());
    lane.crm.put('c1', { ownerId: ownerOf(other), ownerSince: TUESDAY + 5_000 });
    await told(ownerOf(other), TUESDAY + 5_000);
    expect(await lane.assignments()).toMatchObject([{ rep_id: other, written: 'done' }]);
    // Our own echo, late, is no choice.
    await told(ownerOf(given), TUESDAY);
    expect(await lane.assignments()).toMatchObject([{ rep_id: other, written: 'done' }]);
    lane.crm.put('c1', { ownerId: ownerOf(given), ownerSince: TUESDAY + 20_000 });
    await told(ownerOf(given), TUESDAY + 20_000);
    expect(await lane.assignments()).toMatchObject([{ rep_id: given, written: 'done' }]);
    expect(await lane.deliveries('owner_write')).toEqual([]);
  });

  test('that gives the lead back is followed where its push was lost, once the record is looked at', async () => {
    const { lane, given, other, take, land, told } = await openWorld();
    const look = () =>
      lane.useCases.recordChanged({ tenantId: TENANT, record: contactRef('c1'), source: 'poll' });
    await land(await take());
    lane.crm.put('c1', { ownerId: ownerOf(other), ownerSince: TUESDAY + 5_000 });
    await told(ownerOf(other), TUESDAY + 5_000);
    // As the record was before that.
    lane.crm.put('c1', { ownerId: ownerOf(given), ownerSince: TUESDAY });
    await look();
    expect(await lane.assignments()).toMatchObject([{ rep_id: other, written: 'done' }]);
    lane.crm.put('c1', { ownerId: ownerOf(given), ownerSince: TUESDAY + 20_000 });
    await look();
    expect(await lane.assignments()).toMatchObject([{ rep_id: given, written: 'done' }]);
    expect(await lane.deliveries('owner_write')).toEqual([]);
  });

  test('that was followed and then given back is not put back by the late word of a process that died', async () => {
    const { lane, given, other, land, take, told } = await openWorld();
    const delivery = await take();
    await land(delivery);
    lane.clock.now += 2_000;
    lane.crm.put('c1', { ownerId: ownerOf(other), ownerSince: TUESDAY + 2_000 });
    await told(ownerOf(other), TUESDAY + 2_000);
    lane.crm.put('c1', { ownerId: ownerOf(given), ownerSince: TUESDAY + 4_000 });
    lane.clock.now += 60_000;
    await lane.events.ownerWritten(delivery);
    expect(await lane.deliveries('owner_write')).toEqual([]);
    await told(ownerOf(given), TUESDAY + 4_000);
    expect(await lane.assignments()).toMatchObject([{ rep_id: given, written: 'done' }]);
    expect(await lane.deliveries('owner_write')).toEqual([]);
  });

  test('is none where it came before our look, or was what we replaced', async () => {
    const { lane, given, other, take, land, told } = await openWorld();
    await land(await take());
    await told(ownerOf(other), TUESDAY - 60_000);
    expect(await lane.assignments()).toMatchObject([{ rep_id: given, written: 'done' }]);
    expect(await lane.deliveries('owner_write')).toEqual([]);
  });
});
