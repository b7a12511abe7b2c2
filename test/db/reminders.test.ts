import { expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { openLaneWorld, TENANT, TUESDAY } from '../support/lane-world.ts';

const MINUTE = 60_000;

const policyWith = (
  give: 'offer' | 'broadcast',
  claimWithin: string,
  clock: 'elapsed' | 'working' = 'elapsed',
) => ({
  hours: { 'mon-fri': '09:00-17:00' },
  timezone: 'America/New_York',
  pools: [
    { id: 'all', members: [{ rep: 'ann' }, { rep: 'ben' }], method: 'round_robin', availability: 'ignore' },
  ],
  fallback: [{ pool: 'all', give, claimWithin, clock }],
});
const REPS = [{ id: 'ann' }, { id: 'ben' }];

eachDatabase('the reminder of an offer', (open) => {
  const planned =
    "select due_at, state, body->>'repId' as rep from delivery where kind = 'slack_reminder' order by seq";

  test('is planned as the last quarter of its time begins, once the card has arrived', async () => {
    const world = await openLaneWorld((await open()).storage, {
      policy: policyWith('offer', 'PT20M'),
      reps: REPS,
    });
    const { rep } = await world.lead();
    expect(await world.rows(planned)).toEqual([]);
    world.clock.now += 5_000;
    const [card] = await world.deliver('slack_card');
    await world.events.cardDelivered(card!, world.clock.now);
    expect(await world.rows(planned)).toEqual([
      { due_at: new Date(TUESDAY + 5_000 + 15 * MINUTE), state: 'pending', rep: rep?.id },
    ]);
  });

  test('leaves the night before a working clock out of account', async () => {
    const evening = TUESDAY + 10 * 60 * MINUTE;
    const world = await openLaneWorld((await open()).storage, {
      policy: policyWith('offer', 'PT20M', 'working'),
      reps: REPS,
      now: evening,
    });
    await world.lead();
    await world.deliver('slack_card');
    // Offered at 20:00, it ends at 09:20 the next morning.
    expect(await world.rows(planned)).toMatchObject([{ due_at: new Date('2026-11-25T14:15:00Z') }]);
  });

  test('is not planned for an offer that ends within three minutes', async () => {
    const world = await openLaneWorld((await open()).storage, {
      policy: policyWith('offer', 'PT2M'),
      reps: REPS,
    });
    await world.lead();
    await world.deliver('slack_card');
    expect(await world.rows(planned)).toEqual([]);
  });

  test('is called off by a claim, a decline and the end of the offer', async () => {
    const world = await openLaneWorld((await open()).storage, {
      policy: policyWith('offer', 'PT20M'),
      reps: REPS,
    });
    const claimed = await world.lead();
    const declined = await world.lead();
    const expired = await world.lead();
    await world.deliver('slack_card');
    const answer = (decision: typeof claimed) => ({
      tenantId: TENANT,
      assignmentId: decision.assignment,
      repId: decision.rep?.id ?? '',
    });
    await world.useCases.claim(answer(claimed));
    await world.useCases.decline({ ...answer(declined), reason: 'too_busy', note: null });
    world.clock.now += 20 * MINUTE;
    await world.sweep();
    expect(expired.outcome).toBe('offered');
    expect((await world.rows(planned)).map(({ state }) => state)).toEqual([
      'superseded',
      'superseded',
      'superseded',
    ]);
  });

  test('is planned for each of those a lead is offered to', async () => {
    const world = await openLaneWorld((await open()).storage, {
      policy: policyWith('broadcast', 'PT4M'),
      reps: REPS,
    });
    await world.lead();
    await world.deliver('slack_card');
    const due_at = new Date(TUESDAY + 3 * MINUTE);
    expect(await world.rows(planned)).toEqual([
      { due_at, state: 'pending', rep: 'ann' },
      { due_at, state: 'pending', rep: 'ben' },
    ]);
  });
});
