import { expect, test } from 'vitest';
import { createAvailabilities } from '../../server/assignments/availabilities.ts';
import { makeNewId } from '../../server/base/ids.ts';
import { createRepAway } from '../../server/storage/directory/rep-away.ts';
import { createQueries } from '../../server/storage/queries/create-queries.ts';
import { createHomeStore } from '../../server/storage/slack-store/create-home-store.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';
import { openLaneWorld, SLACK, slackUserOf, TENANT, TUESDAY } from '../support/lane-world.ts';

const POLICY = {
  timezone: 'America/New_York',
  pools: [
    {
      id: 'all',
      name: 'Everybody',
      members: [{ rep: 'ann', weight: 2 }, { rep: 'ben' }],
      method: 'round_robin',
    },
    { id: 'other', name: 'Other', members: [{ rep: 'ben' }], method: 'round_robin' },
  ],
  fallback: [{ pool: 'all', give: 'offer', claimWithin: 'PT20M', clock: 'elapsed' }],
};
const REPS = [
  { id: 'ann', name: 'Ann', manager: 'ben@example.com' },
  { id: 'ben', name: 'Ben' },
];

const openHomeWorld = async (storage: Storage) => {
  const world = await openLaneWorld(storage, { policy: POLICY, reps: REPS });
  const clock = { now: () => world.clock.now };
  const queries = createQueries({ storage, clock, availabilities: createAvailabilities(() => new Set()) });
  const homes = createHomeStore(storage);
  return {
    world,
    away: createRepAway(storage, makeNewId()),
    home: (repId: string) => queries.repHome(TENANT, repId),
    openHome: (repId: string) =>
      homes.opened({
        tenantId: TENANT,
        repId,
        connectionId: SLACK,
        slackUserId: slackUserOf(repId),
        at: world.clock.now,
      }),
    homes,
    drawn: () =>
      world.rows(
        "select key, due_at, body, priority from delivery where kind = 'slack_home' and state = 'pending' order by due_at, key",
      ),
  };
};

eachDatabase('a rep’s Home', (open) => {
  test('has what waits for them, what is theirs, and how they stand', async () => {
    const { world, home } = await openHomeWorld((await open()).storage);
    for (const id of ['1', '2', '3']) {
      world.crm.put(id);
      await world.contact(id);
      world.clock.now += 1_000;
    }
    await world.deliver('slack_card');
    const before = await home('ann');
    expect(before).toMatchObject({
      rep: { id: 'ann', name: 'Ann' },
      timezone: 'America/New_York',
      manager: 'Ben',
      away: null,
      availability: { code: 'available' },
      offers: { total: 2 },
      leads: { total: 0, shown: [] },
      pools: [{ id: 'all', name: 'Everybody', weight: 2, totalWeight: 3, received: 2 }],
    });
    expect(before?.offers.shown[0]).toMatchObject({
      person: { name: 'Ada Example' },
      expiresAt: world.clock.now + 20 * 60_000,
      offerees: 1,
      pool: { id: 'all', name: 'Everybody' },
      crm: 'HubSpot',
    });
    const assignmentId = before!.offers.shown[0]!.assignmentId;
    await world.useCases.claim({ tenantId: TENANT, assignmentId, repId: 'ann' });
    const after = await home('ann');
    expect(after).toMatchObject({
      offers: { total: 1 },
      leads: { total: 1, shown: [{ assignmentId, written: 'pending', crm: 'HubSpot' }] },
    });
    expect((await home('ben'))?.pools.map(({ id }) => id)).toEqual(['all', 'other']);
    expect(Math.abs(after!.pools[0]!.lag)).toBeLessThan(1);
    expect(await home('zoe')).toBeNull();
  });

  test('shows ten offers and fifteen leads, and counts the rest', async () => {
    const { world, home } = await openHomeWorld((await open()).storage);
    for (let i = 0; i < 60; i++) await world.lead();
    await world.deliver('slack_card');
    const all = await home('ann');
    expect(all?.offers).toMatchObject({ total: 40 });
    expect(all?.offers.shown).toHaveLength(10);
    for (const { id, rep_id } of await world.assignments())
      if (rep_id === 'ann')
        await world.useCases.claim({ tenantId: TENANT, assignmentId: String(id), repId: 'ann' });
    const claimed = await home('ann');
    expect([claimed?.offers.total, claimed?.leads.total, claimed?.leads.shown.length]).toEqual([0, 40, 15]);
  });

  test('is drawn again soon for what is theirs, later for a standing, and not for who never opened it', async () => {
    const { world, openHome, drawn } = await openHomeWorld((await open()).storage);
    await world.lead();
    expect(await drawn()).toEqual([]);
    await openHome('ann');
    await openHome('ben');
    world.clock.now += 1_000;
    const { rep } = await world.lead();
    const other = rep?.id === 'ann' ? 'ben' : 'ann';
    const later = { key: `home/${other}`, due_at: new Date(world.clock.now + 300_000), priority: -2 };
    const body = { repId: rep?.id, slackUserId: slackUserOf(rep?.id ?? '') };
    expect(await drawn()).toMatchObject([
      { key: `home/${rep?.id}`, due_at: new Date(world.clock.now + 1_000), body },
      later,
    ]);
    for (let i = 0; i < 5; i++) await world.lead();
    // One delivery each, however much has happened, and the sooner instant stands.
    const soon = new Date(world.clock.now + 1_000);
    expect(await drawn()).toMatchObject([
      { key: 'home/ann', due_at: soon },
      { key: 'home/ben', due_at: soon },
    ]);
  });

  test('is drawn as time off begins and ends, and once more when its end is another', async () => {
    const { world, openHome, away, drawn, home, homes } = await openHomeWorld((await open()).storage);
    await openHome('ann');
    const until = TUESDAY + 3_600_000;
    expect(await away.set(TENANT, 'ann', { since: TUESDAY, until }, TUESDAY)).toBe(true);
    expect(await drawn()).toMatchObject([
      { key: 'home/ann', due_at: new Date(TUESDAY) },
      { key: 'home-back/ann', due_at: new Date(until) },
    ]);
    expect(await home('ann')).toMatchObject({
      away: { since: TUESDAY, until },
      availability: { code: 'time_off', backAt: until },
    });
    await away.set(TENANT, 'ann', null, TUESDAY);
    expect((await drawn()).map(({ key }) => key)).toEqual(['home/ann']);
    world.clock.now = until;
    expect(await home('ann')).toMatchObject({ away: null, availability: { code: 'available' } });
    await homes.forget({ tenantId: TENANT, repId: 'ann', connectionId: SLACK });
    await world.rows("delete from delivery where kind = 'slack_home' returning id");
    await world.lead();
    expect(await drawn()).toEqual([]);
  });
});
