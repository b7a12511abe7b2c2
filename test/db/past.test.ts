import { expect, test } from 'vitest';
import { createReplays } from '../../server/assignments/replay-decisions.ts';
import { simulatePolicy } from '../../server/assignments/simulate-policy.ts';
import { createPolicies } from '../../server/storage/directory/policies.ts';
import { createReps } from '../../server/storage/directory/reps.ts';
import { createPastDecisions } from '../../server/storage/queries/create-past-decisions.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';
import { contactRef, openLaneWorld, TENANT, TUESDAY } from '../support/lane-world.ts';
import { runHere } from '../support/run-here.ts';

const DAY = 86_400_000;

const policyOf = (weight: number) => ({
  fairlead: 1,
  name: `Weight ${weight}`,
  fields: { country: { type: 'country', hubspot: 'contact.country' } },
  queues: [{ id: 'rest', name: 'Rest', hubspot: { owner: 'rest@example.com' } }],
  pools: [
    { id: 'all', name: 'All', members: [{ rep: 'ann', weight }, { rep: 'ben' }], method: 'round_robin' },
  ],
  rules: [
    { id: 'us', when: { field: 'country', op: 'eq', value: 'US' }, then: [{ pool: 'all' }] },
    { id: 'de', when: { field: 'country', op: 'eq', value: 'DE' }, then: [{ queue: 'rest' }] },
  ],
});

const openPast = async (storage: Storage) => {
  const { fairlead: _, name: __, ...policy } = policyOf(1);
  const world = await openLaneWorld(storage, { policy, reps: [{ id: 'ann' }, { id: 'ben' }] });
  const parts = {
    past: createPastDecisions(storage),
    policies: createPolicies(storage),
    reps: createReps(storage),
  };
  const simulate = simulatePolicy({
    ...parts,
    run: runHere,
    now: () => world.clock.now,
  });
  const draft = (document: unknown, days = 30) => simulate({ tenantId: TENANT, document, days });
  return { world, draft, parts, replays: createReplays(parts) };
};

eachDatabase('the past', (open) => {
  test('the live policy tried again changes nothing; a draft tells who gains, and what really happened', async () => {
    const { storage } = await open();
    const { world, draft } = await openPast(storage);
    for (let i = 0; i < 9; i++) {
      await world.lead({ country: i === 4 ? 'DE' : 'US' });
      world.clock.now += 60_000;
    }
    const same = await draft(policyOf(1));
    expect(same.past).toEqual({ days: 30, leads: 9, erased: 0, truncated: false, fieldsWithoutValues: [] });
    expect(same.movesFromAgainst).toMatchObject({ leads: 9, moved: 0 });
    expect(same.movesFromHistory).toMatchObject({ leads: 8, moved: 0 });
    expect(same.policy.unowned.queues).toEqual([{ queue: 'rest', leads: 1 }]);
    const other = await draft(policyOf(3));
    expect(other.movesFromHistory?.reps).toMatchObject([
      { rep: 'ann', before: 4, after: 6 },
      { rep: 'ben', before: 4, after: 2 },
    ]);
    expect(other.policies).toMatchObject({
      policy: { name: 'Weight 3' },
      against: { name: expect.any(String) },
    });
    expect(
      (await storage.withTenant(TENANT, (trx) => trx.selectFrom('decision').select('id').execute())).length,
    ).toBe(9);
  });

  test('reps are as the decision saw them, only the days asked for count, erased leads are told', async () => {
    const { storage } = await open();
    const { world, draft } = await openPast(storage);
    await world.lead({ country: 'US' });
    world.clock.now += 10 * DAY;
    world.crm.put('7', { raw: { country: 'US' } });
    await world.contact('7');
    // Since then ann is away for good: what is tried again is the past, in which she was there.
    await world.putReps([{ id: 'ann', timeOff: [{ from: '2020-01-01', to: '2030-01-01' }] }, { id: 'ben' }]);
    const all = await draft(policyOf(1));
    expect(all.movesFromHistory).toMatchObject({ leads: 2, moved: 0 });
    expect((await draft(policyOf(1), 5)).past.leads).toBe(1);
    await world.useCases.eraseLead({ tenantId: TENANT, record: contactRef('7') });
    expect((await draft(policyOf(1))).past).toMatchObject({ leads: 1, erased: 1 });
  });

  test('a draft that does not hold together is refused with its fields, and one runs at a time', async () => {
    const { storage } = await open();
    const { world, draft } = await openPast(storage);
    await world.lead({ country: 'US' });
    await expect(draft({ ...policyOf(1), fallback: [{ pool: 'al' }] })).rejects.toMatchObject({
      code: 'invalid_policy',
      problems: [{ field: '/fallback/0/pool' }],
    });
    const [first, second] = await Promise.allSettled([draft(policyOf(1)), draft(policyOf(1))]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'conflict' } });
    expect((await draft(policyOf(1))).past.leads).toBe(1);
  });

  test('stored decisions replay bit for bit; erased ones say so; another result is told by its parts', async () => {
    const { storage } = await open();
    const { world, parts, replays } = await openPast(storage);
    world.crm.put('7', { raw: { country: 'US' } });
    await world.contact('7');
    for (const country of ['US', 'DE', 'FR', 'US']) await world.lead({ country });
    world.crm.failing = 'crm_unavailable';
    await world.contact('8');
    const first = await replays.many(TENANT, 0, 4);
    expect(first).toMatchObject({ left: 6, counts: { same: 4, differs: 0 }, next: expect.any(Number) });
    const rest = await replays.many(TENANT, first.next!, 100);
    expect(rest).toMatchObject({ left: 2, counts: { same: 1, not_asked: 1 }, next: null });
    await world.useCases.eraseLead({ tenantId: TENANT, record: contactRef('7') });
    expect((await replays.many(TENANT, 0, 100)).counts).toEqual({
      same: 4,
      differs: 0,
      inputs_erased: 1,
      not_asked: 1,
    });

    const altered = createReplays({
      ...parts,
      past: {
        ...parts.past,
        one: async (tenantId, id) => {
          const past = (await parts.past.one(tenantId, id))!;
          return { ...past, decision: { ...past.decision, result: { ...past.decision.result, rule: 'de' } } };
        },
      },
    });
    const [last] = await world.rows('select id from decision order by seq desc offset 1 limit 1');
    expect(await replays.one(TENANT, String(last?.id))).toMatchObject({ result: 'same', differences: [] });
    expect(await altered.one(TENANT, String(last?.id))).toEqual({
      decision: last?.id,
      engine: 1,
      result: 'differs',
      differences: [{ part: 'rule', stored: '"de"', replayed: '"us"' }],
    });
    expect(await replays.one(TENANT, 'dec_none')).toBeNull();
  });

  test('more pages than one are read without gaps, and the newest only where there are too many', async () => {
    const { storage } = await open();
    const { world, parts } = await openPast(storage);
    await Promise.all(Array.from({ length: 230 }, () => world.lead({ country: 'US' })));
    const read = async (asked: object) => {
      const seqs: number[] = [];
      for await (const page of parts.past.pages(TENANT, asked)) seqs.push(...page.map(({ seq }) => seq));
      return seqs;
    };
    const all = await read({ firstOnly: true, since: TUESDAY - DAY });
    expect(new Set(all).size).toBe(230);
    expect(all).toEqual(all.toSorted((a, b) => a - b));
    expect(await read({ firstOnly: true, newest: 10 })).toEqual(all.slice(-10));
    expect(await parts.past.count(TENANT, { after: all[99]! })).toBe(130);
  });
});
