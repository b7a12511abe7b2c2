import { expect, test } from 'vitest';
import { createAvailabilities } from '../../server/assignments/availabilities.ts';
import { createHolidayDates } from '../../server/holidays/holiday-dates.ts';
import { createQueries } from '../../server/storage/queries/create-queries.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';
import { contactRef, openLaneWorld, TENANT, TUESDAY } from '../support/lane-world.ts';

const POLICY = {
  fields: { country: { type: 'country', hubspot: 'contact.country' } },
  pools: [
    {
      id: 'all',
      name: 'Everybody',
      members: [{ rep: 'ann', weight: 2 }, { rep: 'ben' }],
      method: 'round_robin',
    },
  ],
  fallback: [{ pool: 'all', give: 'offer', claimWithin: 'PT10M', clock: 'elapsed' }],
};

const openQueries = async (storage: Storage) => {
  const world = await openLaneWorld(storage, { policy: POLICY, reps: [{ id: 'ann' }, { id: 'ben' }] });
  const queries = createQueries({
    storage,
    clock: { now: () => world.clock.now },
    availabilities: createAvailabilities(createHolidayDates()),
  });
  return { world, queries };
};

eachDatabase('queries', (open) => {
  test('follow an offer from the card to the claim', async () => {
    const { storage } = await open();
    const { world, queries } = await openQueries(storage);
    world.crm.put('7', { raw: { country: 'US' } });
    const { id, assignment, rep } = await world.contact('7');
    const asked = rep?.id ?? '';
    const before = await queries.offerCard(TENANT, assignment, asked);
    expect(before).toMatchObject({ state: 'offered', rep: null, expiresAt: null, yours: null });
    await world.deliver('slack_card');
    const card = await queries.offerCard(TENANT, assignment, asked);
    expect(card).toMatchObject({
      state: 'offered',
      offeredTo: [{ id: asked }],
      expiresAt: TUESDAY + 600_000,
    });
    const { cursor } = await queries.changes(TENANT, null, 0);
    await world.useCases.claim({ tenantId: TENANT, assignmentId: assignment, repId: asked });
    const changed = await queries.changes(TENANT, cursor, 10);
    expect(changed.items).toMatchObject([
      { id, state: 'assigned', current: { id: asked }, outcome: 'assigned' },
    ]);
    expect((await queries.changes(TENANT, changed.cursor, 10)).items).toEqual([]);
    expect(await queries.offerCard(TENANT, assignment, asked)).toMatchObject({
      state: 'assigned',
      rep: { id: asked },
    });
    expect((await queries.explanation(TENANT, id))?.story.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['offered', 'card_delivered', 'claimed']),
    );
  });

  test('tell a rep who declined so, and show who is asked next', async () => {
    const { storage } = await open();
    const { world, queries } = await openQueries(storage);
    const { assignment, rep } = await world.lead({ country: 'US' });
    const asked = rep?.id ?? '';
    const declined = {
      tenantId: TENANT,
      assignmentId: assignment,
      repId: asked,
      reason: 'too_busy',
      note: null,
    } as const;
    await world.useCases.decline(declined);
    const other = asked === 'ann' ? 'ben' : 'ann';
    expect(await queries.offerCard(TENANT, assignment, asked)).toMatchObject({
      yours: 'declined',
      offeredTo: [{ id: other }],
    });
    expect(await queries.offerCard(TENANT, 'asg_none', asked)).toBeNull();
  });

  test('draw pools with lags that sum to nothing, and count what is open', async () => {
    const { storage } = await open();
    const { world, queries } = await openQueries(storage);
    for (let lead = 0; lead < 5; lead++) await world.lead({ country: 'US' });
    const { counts, pools, perMinute } = await queries.overview(TENANT);
    expect(counts).toMatchObject({ decidedToday: 5, openOffers: 5, waiting: 0 });
    expect(perMinute.at(-1)?.decided).toBe(5);
    const members = pools[0]?.members ?? [];
    expect(members.map(({ weight }) => weight)).toEqual([2, 1]);
    expect(members.reduce((sum, { received }) => sum + received, 0)).toBe(5);
    expect(members.reduce((sum, { lag }) => sum + lag, 0)).toBeCloseTo(0, 6);
    expect(pools[0]?.worstLag).toBeLessThan(1);
  });

  test('show nothing of who a lead was once it is erased, and all that was decided', async () => {
    const { storage } = await open();
    const { world, queries } = await openQueries(storage);
    world.crm.put('9', { raw: { country: 'US' } });
    const { id } = await world.contact('9');
    expect((await queries.explanation(TENANT, id))?.values).toEqual({ country: 'US' });
    await world.useCases.eraseLead({ tenantId: TENANT, record: contactRef('9') });
    const after = await queries.explanation(TENANT, id);
    expect(after).toMatchObject({ id, values: null, person: null, rules: [] });
    expect(after?.candidates.length).toBeGreaterThan(0);
    expect((await queries.decisions(TENANT, { limit: 10, after: null })).items).toMatchObject([
      { id, person: null },
    ]);
  });

  test('find the decisions of one record', async () => {
    const { storage } = await open();
    const { world, queries } = await openQueries(storage);
    world.crm.put('1', { raw: { country: 'US' } });
    world.crm.put('2', { raw: { country: 'US' } });
    const { id } = await world.contact('1');
    await world.contact('2');
    const { items } = await queries.decisions(TENANT, { limit: 10, after: null, record: contactRef('1') });
    expect(items.map((item) => item.id)).toEqual([id]);
  });
});
