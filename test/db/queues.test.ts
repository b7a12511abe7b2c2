import { expect, test } from 'vitest';
import { createAvailabilities } from '../../server/assignments/availabilities.ts';
import { createQueries } from '../../server/storage/queries/create-queries.ts';
import { eachDatabase } from '../support/databases.ts';
import { leadRef, openLaneWorld, QUEUE, TENANT, TUESDAY, userOf } from '../support/lane-world.ts';

const POOL = {
  id: 'all',
  members: [{ rep: 'dana' }, { rep: 'sam' }],
  method: 'round_robin',
  availability: 'ignore',
};
const QUEUES = [{ id: 'holding', name: 'Inbound holding', salesforce: 'holding' }];
const READER = { language: 'en', timezone: 'UTC' };

eachDatabase('a queue of the CRM', (open) => {
  const opened = async (fallback: unknown) => {
    const { storage } = await open();
    const policy = { queues: QUEUES, pools: [POOL], fallback: [fallback] };
    const world = await openLaneWorld(storage, { policy, reps: [{ id: 'dana' }, { id: 'sam' }] });
    world.crm.put('00Q1', { ref: leadRef('00Q1'), ownerId: QUEUE, alwaysOwned: true });
    const queries = createQueries({
      storage,
      clock: { now: () => world.clock.now },
      availabilities: createAvailabilities(() => new Set()),
    });
    return {
      world,
      card: () =>
        queries.recordCard(TENANT, {
          about: { record: leadRef('00Q1') },
          looker: { repId: null, admin: false },
          reader: READER,
        }),
    };
  };

  test('is shown with whoever stands in it', async () => {
    const { world, card } = await opened({ queue: 'holding' });
    expect((await world.salesforce('00Q1')).decision.outcome).toBe('in_queue');
    expect((await card()).standing?.headline).toBe('In the queue Inbound holding, of dana and sam.');
  });

  test.each([true, false])(
    'owns what is nobody’s: it is routed (%s: a CRM without ownerless records)',
    async (alwaysOwned) => {
      const { world } = await opened({ pool: 'all' });
      world.crm.put('00Q1', { alwaysOwned });
      const { decision } = await world.salesforce('00Q1');
      expect(decision.outcome).toBe('assigned');
      expect(await world.deliveries('owner_write')).toMatchObject([
        { body: { expectedOwnerId: QUEUE, ownerId: userOf(decision.rep?.id ?? '') } },
      ]);
    },
  );

  test('that a person gives an assigned lead to ends it, as nobody has it', async () => {
    const { world } = await opened({ pool: 'all' });
    await world.salesforce('00Q1');
    await world.deliver('owner_write');
    world.crm.put('00Q1', { ownerId: QUEUE });
    world.clock.now = TUESDAY + 3_600_000;
    await world.useCases.ownerChangedOutside({
      tenantId: TENANT,
      record: leadRef('00Q1'),
      ownerId: QUEUE,
      at: world.clock.now,
    });
    expect(await world.assignments()).toMatchObject([{ state: 'closed', closed_because: 'owner_removed' }]);
  });
});
