import { expect, test } from 'vitest';
import { DEFAULT_RETENTION } from '../../server/assignments/lifecycle/retention.ts';
import { createInboxStore } from '../../server/storage/inbox-store.ts';
import { createKeptData } from '../../server/storage/lifecycle/create-kept-data.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';
import { contactRef, HUBSPOT, openLaneWorld, TENANT } from '../support/lane-world.ts';

const DAY = 86_400_000;
const POLICY = {
  fields: { city: { type: 'text', hubspot: 'contact.city' } },
  pools: [{ id: 'all', name: 'All', members: [{ rep: 'ann' }, { rep: 'ben' }], method: 'round_robin' }],
  fallback: [{ pool: 'all' }],
};

const openKept = async (storage: Storage) => {
  const world = await openLaneWorld(storage, { policy: POLICY, reps: [{ id: 'ann' }, { id: 'ben' }] });
  const kept = createKeptData(storage);
  const contact = async (id: string) => {
    world.crm.put(id, { raw: { city: 'Ghent' } });
    return world.contact(id);
  };
  const kinds = async () =>
    (await world.rows('select count(*) as n from lead_snapshot where erased_at is null'))[0]?.n;
  return { world, kept, contact, left: kinds };
};

eachDatabase('retention', (open) => {
  test('closed leads are erased when their time is over, open ones never, those deleted in the CRM sooner', async () => {
    const { storage } = await open();
    const { world, kept, contact, left } = await openKept(storage);
    await contact('open');
    await contact('closed');
    await contact('deleted');
    await world.useCases.ownerChangedOutside({
      tenantId: TENANT,
      record: contactRef('closed'),
      ownerId: 'owner-ops',
      at: world.clock.now,
    });
    await world.useCases.recordGone({ tenantId: TENANT, record: contactRef('deleted'), mergedInto: null });
    expect(await left()).toBe(3);
    const round = () => world.useCases.keepRetention(TENANT);
    await round();
    expect(await left()).toBe(3);
    expect(await kept.erasures(TENANT, 10)).toEqual({ lastRoundAt: world.clock.now, erasures: [] });
    world.clock.now += (DEFAULT_RETENTION.deletedLeadsDays! + 1) * DAY;
    await round();
    expect(await left()).toBe(2);
    await kept.setRetention(TENANT, { ...DEFAULT_RETENTION, closedLeadsDays: null });
    world.clock.now += 1_000 * DAY;
    await round();
    expect(await left()).toBe(2);
    await kept.setRetention(TENANT, { ...DEFAULT_RETENTION, closedLeadsDays: 100 });
    await round();
    expect(await left()).toBe(1);
    expect(await world.rows(`select state from assignment where closed_at is null`)).toEqual([
      { state: 'assigned' },
    ]);
    const { lastRoundAt, erasures } = await kept.erasures(TENANT, 10);
    expect(lastRoundAt).toBe(world.clock.now);
    expect(
      erasures.filter(({ leads }) => leads > 0).map(({ because, by, leads }) => [because, by, leads]),
    ).toEqual([
      ['retention', 'retention', 1],
      ['retention', 'retention', 1],
    ]);
  });

  test('more leads than one transaction takes are erased in one round, and counted together', async () => {
    const { storage } = await open();
    const { world, kept, left } = await openKept(storage);
    await world.setLane({ mode: 'log_only' });
    await Promise.all(Array.from({ length: 120 }, () => world.lead({ city: 'Ghent' })));
    expect(await left()).toBe(120);
    world.clock.now += (DEFAULT_RETENTION.closedLeadsDays! + 1) * DAY;
    await world.useCases.keepRetention(TENANT);
    expect(await left()).toBe(0);
    expect((await kept.erasures(TENANT, 10)).erasures).toMatchObject([{ leads: 120, because: 'retention' }]);
  });

  test('deliveries, replies and alerts that ended go, what is pending or refused stays', async () => {
    const { storage } = await open();
    const { world, kept, contact } = await openKept(storage);
    await contact('one');
    await world.contact('one', { request: { endpoint: 'e', key: 'k' } });
    await world.deliver('owner_write');
    await storage.withTenant(TENANT, async (trx) => {
      const at = new Date(world.clock.now);
      await trx
        .updateTable('delivery')
        .set({ told_at: at, done_at: at })
        .where('state', '=', 'done')
        .execute();
      const alert = { tenant_id: TENANT, kind: 'k', opened_at: at, detail: '{}' };
      await trx
        .insertInto('alert')
        .values([
          { ...alert, id: 'a', subject: 'a', closed_at: at },
          { ...alert, id: 'b', subject: 'b' },
        ])
        .execute();
      const delivery = {
        tenant_id: TENANT,
        connection_id: HUBSPOT,
        kind: 'task',
        body: '{}',
        created_at: at,
        due_at: at,
        done_at: at,
        told_at: at,
      };
      await trx
        .insertInto('delivery')
        .values({ ...delivery, id: 'refused', key: 'refused', state: 'refused' })
        .execute();
    });
    const pending = (
      await world.rows(`select id from delivery where state in ('pending', 'refused') order by id`)
    ).length;
    world.clock.now += 31 * DAY;
    await world.useCases.keepRetention(TENANT);
    expect((await world.rows('select state from delivery')).length).toBe(pending);
    expect(await world.rows('select id from alert')).toEqual([{ id: 'b' }]);
    expect(await world.rows('select * from reply')).toEqual([]);
    expect((await kept.erasures(TENANT, 1)).erasures[0]).toMatchObject({
      leads: 0,
      removed: { delivery: 1, alert: 1, reply: 1 },
    });
  });

  test('what belongs to nobody any more goes from the directory', async () => {
    const { storage } = await open();
    const { kept } = await openKept(storage);
    const inbox = createInboxStore(storage);
    const event = (connectionId: string) => ({ connectionId, kind: 'k', dedupe: connectionId, payload: {} });
    await inbox.put([event(HUBSPOT), event('con_gone')]);
    const marks = [HUBSPOT, `done:look:${HUBSPOT}`, 'stream:con_gone', 'done:look:con_gone'];
    await storage.directory(async (trx) => {
      const session = { tenant_id: TENANT, subject: 's', role: 'r' };
      await trx
        .insertInto('poll_mark')
        .values(marks.map((connection_id) => ({ connection_id, cursor: '1' })))
        .execute();
      await trx
        .insertInto('session')
        .values([
          { ...session, hash: 'over', expires_at: new Date(0) },
          { ...session, hash: 'open', expires_at: new Date('2100-01-01') },
        ])
        .execute();
    });
    await kept.pruneDirectory();
    const { rows } = await storage.executeSql(
      'select connection_id as left from inbox union all select hash from session',
    );
    expect(rows).toEqual([{ left: HUBSPOT }, { left: 'open' }]);
    const { rows: left } = await storage.executeSql('select connection_id as mark from poll_mark');
    expect(left).toEqual([{ mark: HUBSPOT }, { mark: `done:look:${HUBSPOT}` }]);
  });
});
