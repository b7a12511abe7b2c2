import { expect, test } from 'vitest';
import { createAvailabilities } from '../../server/assignments/availabilities.ts';
import { setAway } from '../../server/assignments/set-away.ts';
import { makeNewId } from '../../server/base/ids.ts';
import { createImportPeople } from '../../server/compose/import-people.ts';
import { syncPeople } from '../../server/installs/sync-people.ts';
import { createKnownPeople } from '../../server/storage/directory/known-people.ts';
import { createRepAway } from '../../server/storage/directory/rep-away.ts';
import { createRepIdentities } from '../../server/storage/directory/rep-identities.ts';
import { createReps } from '../../server/storage/directory/reps.ts';
import { createQueries } from '../../server/storage/queries/create-queries.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';
import {
  HUBSPOT,
  type LaneWorld,
  openLaneWorld,
  ownerOf,
  TENANT,
  TUESDAY,
  type WorldOptions,
} from '../support/lane-world.ts';

const HOUR = 3_600_000;
const REPS = [{ id: 'ann' }, { id: 'ben' }];
const POLICY = {
  pools: [{ id: 'all', members: [{ rep: 'ann' }, { rep: 'ben' }], method: 'round_robin' }],
  fallback: [{ pool: 'all', give: 'offer', claimWithin: 'PT10M', clock: 'elapsed' }],
};

const openAwayWorld = async (storage: Storage, options: Partial<WorldOptions> = {}) => {
  const world = await openLaneWorld(storage, { policy: POLICY, reps: REPS, ...options });
  const woken: number[] = [];
  const away = setAway({
    away: createRepAway(storage, makeNewId()),
    jobs: { wakeTenant: async (_tenantId, at) => void woken.push(at) },
    now: () => world.clock.now,
    passOffersOn: world.useCases.passOffersOn,
    retimeClocks: world.useCases.retimeClocks,
  });
  return {
    world,
    woken,
    away: (repId: string, until: number | null = null) => away({ tenantId: TENANT, repId, away: { until } }),
    back: (repId: string) => away({ tenantId: TENANT, repId, away: null }),
  };
};

const lags = async (world: LaneWorld) =>
  Object.fromEntries(
    (await world.rows('select rep_id, lag from pool_member')).map((row) => [row.rep_id, row.lag]),
  );

eachDatabase('a rep who is away', (open) => {
  test('gets no new leads, and the decision says until when they are off', async () => {
    const { world, away, back } = await openAwayWorld((await open()).storage);
    expect(await away('ann', TUESDAY + HOUR)).toEqual({ ok: true, passedOn: 0 });
    for (let i = 0; i < 3; i++) {
      const decision = await world.lead();
      expect(decision.rep?.id).toBe('ben');
      expect(decision.candidates.find(({ rep }) => rep === 'ann')).toMatchObject({
        code: 'time_off',
        detail: 'on time off (set in Slack), back at 16:00 UTC',
      });
    }
    await back('ann');
    expect((await world.lead()).candidates.find(({ rep }) => rep === 'ann')?.code).not.toBe('time_off');
  });

  test('is back by themselves when their time is over', async () => {
    const { world, away } = await openAwayWorld((await open()).storage);
    await away('ann', TUESDAY + HOUR);
    await away('ben', TUESDAY + 2 * HOUR);
    expect(await world.lead()).toMatchObject({
      outcome: 'waiting',
      retryAt: new Date(TUESDAY + HOUR).toISOString(),
    });
    world.clock.now = TUESDAY + HOUR;
    await world.sweep();
    expect(await world.assignments()).toMatchObject([{ state: 'offered', rep_id: 'ann' }]);
  });

  test('who switches back has waiting leads looked at', async () => {
    const { world, woken, away, back } = await openAwayWorld((await open()).storage);
    await away('ann');
    await away('ben');
    expect(await world.lead()).toMatchObject({ outcome: 'waiting' });
    await back('ben');
    expect(woken).toEqual([TUESDAY, TUESDAY, TUESDAY]);
    await world.sweep();
    expect(await world.assignments()).toMatchObject([{ state: 'offered', rep_id: 'ben' }]);
  });

  test('hands on what they have not answered: their turn is kept and it counts as no decline', async () => {
    const { world, away } = await openAwayWorld((await open()).storage);
    const { rep, assignment } = await world.lead();
    const [asked, other] = rep?.id === 'ann' ? ['ann', 'ben'] : ['ben', 'ann'];
    await world.deliver('slack_card');
    expect(await away(asked!)).toEqual({ ok: true, passedOn: 1 });
    const [row] = await world.assignments();
    expect(row).toMatchObject({ state: 'offered', rep_id: other, history: { declined: [], missed: [] } });
    // The one lead there was to give: they were no candidate of the second decision, so nothing is owed either way.
    expect(await lags(world)).toEqual({ ann: 0, ben: 0 });
    expect(await world.deliveries('slack_refresh')).not.toEqual([]);
    expect(await world.useCases.claim({ tenantId: TENANT, assignmentId: assignment, repId: asked! })).toEqual(
      {
        ok: false,
        code: 'not_offered_to_you',
      },
    );
    expect(await world.rows("select rep_id from assignment_event where kind = 'went_away'")).toEqual([
      { rep_id: asked },
    ]);
  });

  test('keeps their turn also where the process ended before the offer was handed on', async () => {
    const { storage } = await open();
    const { world } = await openAwayWorld(storage);
    const { rep } = await world.lead();
    const asked = rep?.id ?? '';
    await world.deliver('slack_card');
    await createRepAway(storage, makeNewId()).set(TENANT, asked, { since: TUESDAY, until: null }, TUESDAY);
    world.clock.now += 600_000;
    await world.sweep();
    expect(await world.assignments()).toMatchObject([
      { state: 'offered', rep_id: asked === 'ann' ? 'ben' : 'ann', history: { missed: [] } },
    ]);
    expect(await lags(world)).toEqual({ ann: 0, ben: 0 });
  });

  test('leaves an offer to several to the others, and keeps what is theirs', async () => {
    const policy = { ...POLICY, fallback: [{ ...POLICY.fallback[0], give: 'broadcast' }] };
    const { world, away } = await openAwayWorld((await open()).storage, { policy });
    const { assignment } = await world.lead();
    const { assignment: mine } = await world.lead();
    await world.useCases.claim({ tenantId: TENANT, assignmentId: mine, repId: 'ann' });
    expect(await away('ann')).toEqual({ ok: true, passedOn: 1 });
    const rows = await world.assignments();
    expect(rows.find(({ id }) => id === assignment)).toMatchObject({
      state: 'offered',
      offered_to: [{ rep: 'ben' }],
    });
    expect(rows.find(({ id }) => id === mine)).toMatchObject({ state: 'assigned', rep_id: 'ann' });
    expect(await away('ben')).toEqual({ ok: true, passedOn: 1 });
    expect((await world.assignments()).find(({ id }) => id === assignment)).toMatchObject({
      state: 'waiting',
    });
  });

  test('whom an import finds out of office in a CRM is like one who said so: offers go on, with the turn kept', async () => {
    const { storage } = await open();
    const { world } = await openAwayWorld(storage);
    const asked = (await world.lead()).rep?.id ?? '';
    await world.deliver('slack_card');
    const reader = {
      vendor: 'hubspot',
      read: async () =>
        REPS.map(({ id }) => ({
          kind: 'owner',
          externalId: ownerOf(id),
          email: `${id}@example.com`,
          name: id,
          times: { timeOff: id === asked ? [{ from: TUESDAY - HOUR, to: TUESDAY + HOUR }] : [] },
        })),
    };
    const parts = {
      readers: [reader],
      reps: createReps(storage),
      identities: createRepIdentities(storage),
      people: createKnownPeople(storage),
      clock: { now: () => world.clock.now },
    };
    const connection = { id: HUBSPOT, tenantId: TENANT, vendor: 'hubspot', externalId: '4711' } as const;
    const importPeople = createImportPeople({
      vendors: {
        connections: {
          sync: () => syncPeople({ ...connection, name: '', status: 'active', settings: {} }, parts),
        },
      },
      useCases: world.useCases,
      jobs: { wakeTenant: async () => undefined },
      clock: parts.clock,
    });
    expect(await importPeople(TENANT, HUBSPOT)).toEqual({ people: 2, matched: 2, unmatched: [] });
    const other = asked === 'ann' ? 'ben' : 'ann';
    expect(await world.assignments()).toMatchObject([
      { state: 'offered', rep_id: other, history: { declined: [], missed: [] } },
    ]);
    expect(await lags(world)).toEqual({ ann: 0, ben: 0 });
    expect((await world.lead()).candidates.find(({ rep }) => rep === asked)?.detail).toBe(
      'on time off (set in HubSpot), back at 16:00 UTC',
    );
  });

  test('keeps offers of a pool that asks people whether or not they are at work', async () => {
    const policy = { ...POLICY, pools: [{ ...POLICY.pools[0], availability: 'ignore' }] };
    const { world, away } = await openAwayWorld((await open()).storage, { policy });
    const { rep } = await world.lead();
    expect(await away(rep?.id ?? '')).toEqual({ ok: true, passedOn: 0 });
    expect(await world.assignments()).toMatchObject([{ state: 'offered', rep_id: rep?.id }]);
  });

  test('stays away when the directory is replaced and people are imported, and shows so in the overview', async () => {
    const { storage } = await open();
    const { world, away } = await openAwayWorld(storage);
    await away('ann', TUESDAY + HOUR);
    await world.putReps([...REPS, { id: 'cid' }]);
    expect((await world.lead()).candidates.find(({ rep }) => rep === 'ann')?.code).toBe('time_off');
    const availabilities = createAvailabilities(() => new Set());
    const overview = async (now: number) =>
      (
        await createQueries({ storage, clock: { now: () => now }, availabilities }).overview(TENANT)
      ).pools[0]?.members.map(({ availability }) => availability);
    expect(await overview(TUESDAY)).toEqual(['time_off', 'available']);
    expect(await overview(TUESDAY + HOUR)).toEqual(['available', 'available']);
  });

  test('is not taken for one where the end has passed, is years away, or nobody knows them', async () => {
    const { world, away } = await openAwayWorld((await open()).storage);
    expect(await away('ann', TUESDAY)).toEqual({ ok: false, code: 'in_the_past' });
    expect(await away('ann', TUESDAY + 400 * 24 * HOUR)).toEqual({ ok: false, code: 'too_far' });
    expect(await away('zoe')).toEqual({ ok: false, code: 'not_found' });
    expect(await world.rows('select id from rep where away_since is not null')).toEqual([]);
  });
});
