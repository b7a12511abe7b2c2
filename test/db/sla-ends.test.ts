import { expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { contactRef, ownerOf, TENANT, type WorldOptions } from '../support/lane-world.ts';
import { FIRST_TOUCH, instant, MINUTE, OFFERED, openSlaWorld, policyWith } from '../support/sla-world.ts';

eachDatabase('how an SLA ends', (open) => {
  const world = async (
    policy: Readonly<Record<string, unknown>> = policyWith([FIRST_TOUCH]),
    more: Partial<WorldOptions> = {},
  ) => openSlaWorld((await open()).storage, policy, more);

  test('is met by the first activity in the CRM, at the moment of it, and takes no further step', async () => {
    const here = await world();
    const { assignment, rep, id } = await here.new();
    await here.at(4);
    await here.touch(assignment, 3.5);
    await here.touch(assignment, 3.5);
    await here.at(20);
    expect(await here.rep()).toBe(rep?.id);
    expect(await here.notices()).toHaveLength(1);
    expect(await here.clocks()).toMatchObject([
      { met_at: instant(3.5), late: null, missed_at: null, ended_because: 'met' },
    ]);
    expect(await here.story(id)).toEqual([
      `Assigned to ${rep?.id}.`,
      'First touched after 3 minutes 30 seconds.',
      'First touch was due 10:05 New York, met 10:03 New York.',
    ]);
    expect((await here.queries.explanation(TENANT, id))!.slas).toEqual([
      {
        id: 'first-touch',
        name: 'First touch',
        reps: [{ id: rep?.id, name: rep?.name }],
        startedAt: instant(0).toISOString(),
        dueAt: instant(5).toISOString(),
        metAt: instant(3.5).toISOString(),
        state: 'met',
        text: 'First touch was due 10:05 New York, met 10:03 New York.',
      },
    ]);
  });

  test('goes on measuring once it is overdue: met late, and by how much', async () => {
    const here = await world(policyWith([{ ...FIRST_TOUCH, steps: [] }]));
    const { assignment } = await here.new();
    await here.at(6);
    expect(await here.clocks()).toMatchObject([{ missed_at: instant(5), met_at: null, next_at: null }]);
    await here.touch(assignment, 9);
    expect(await here.clocks()).toMatchObject([
      { missed_at: instant(5), met_at: instant(9), late: 4 * MINUTE },
    ]);
  });

  test('that the CRM tells late of is met in time all the same', async () => {
    const here = await world(policyWith([{ ...FIRST_TOUCH, steps: [] }]));
    const { assignment } = await here.new();
    await here.at(6);
    await here.touch(assignment, 4);
    expect(await here.clocks()).toMatchObject([{ missed_at: null, met_at: instant(4), late: null }]);
  });

  test('until claimed runs from the offer and is met by the claim', async () => {
    const claim = { ...FIRST_TOUCH, id: 'claim', name: 'Claim', until: 'claimed' };
    const here = await world(policyWith([claim], OFFERED));
    const { assignment, rep } = await here.new();
    await here.deliver('slack_card');
    await here.at(2);
    await here.useCases.claim({ tenantId: TENANT, assignmentId: assignment, repId: rep!.id });
    await here.at(20);
    expect(await here.notices()).toEqual([]);
    expect(await here.clocks()).toMatchObject([
      { sla_id: 'claim', met_at: instant(2), ended_because: 'met' },
    ]);
  });

  test('until claimed takes an offer on that nobody answers, before the offer runs out', async () => {
    const claim = { ...FIRST_TOUCH, id: 'claim', name: 'Claim', until: 'claimed' };
    const here = await world(policyWith([claim], OFFERED));
    const { rep } = await here.new();
    await here.deliver('slack_card');
    await here.at(15);
    const [after] = await here.assignments();
    expect(after).toMatchObject({ state: 'offered', history: { missed: [rep?.id], had: [rep?.id] } });
    expect(after?.rep_id).not.toBe(rep?.id);
  });

  test('ends with an offer that goes to somebody else, who has the whole time', async () => {
    const claim = { ...FIRST_TOUCH, id: 'claim', until: 'claimed' };
    const then = [{ pool: 'all', give: 'offer', claimWithin: 'PT2M', clock: 'elapsed' }];
    const here = await world(policyWith([claim], { then }));
    const { rep } = await here.new();
    await here.deliver('slack_card');
    await here.at(2);
    const next = (await here.rep()) as string;
    expect(next).not.toBe(rep?.id);
    expect(await here.clocks()).toMatchObject([
      { reps: [rep?.id], ended_because: 'moved', missed_at: null },
      { reps: [next], ended_because: null, due_at: instant(7) },
    ]);
  });

  test('of an offer to several tells each of them, and goes on with the one who claims', async () => {
    const then = [{ pool: 'all', give: 'broadcast', claimWithin: 'PT1H', clock: 'elapsed' }];
    const here = await world(policyWith([FIRST_TOUCH], { then }));
    const { assignment } = await here.new();
    await here.deliver('slack_card');
    await here.at(3);
    expect((await here.notices()).map(({ rep }) => rep)).toEqual(['ann', 'ben', 'cleo']);
    await here.useCases.claim({ tenantId: TENANT, assignmentId: assignment, repId: 'ben' });
    expect(await here.clocks()).toMatchObject([{ reps: ['ben'], ended_because: null, due_at: instant(5) }]);
    await here.at(15);
    const [after] = await here.assignments();
    expect((after!.offered_to as { rep: string }[]).map(({ rep }) => rep)).toEqual(['ann', 'cleo']);
  });

  test('until claimed asks nothing of a lead that is assigned', async () => {
    const here = await world(policyWith([{ ...FIRST_TOUCH, until: 'claimed' }]));
    await here.new();
    expect(await here.clocks()).toEqual([]);
  });

  test('is met by the record that satisfies its condition', async () => {
    const until = { field: 'stage', op: 'eq', value: 'working' };
    const here = await world(policyWith([{ ...FIRST_TOUCH, until }]));
    here.crm.put('1', { raw: { country: 'US', stage: 'new' } });
    const { rep } = await here.contact('1');
    await here.at(2);
    const changed = () =>
      here.useCases.recordChanged({ tenantId: TENANT, record: contactRef('1'), source: 'webhook' });
    await changed();
    expect(await here.clocks()).toMatchObject([{ ended_because: null }]);
    here.crm.put('1', { raw: { country: 'US', stage: 'working' }, ownerId: ownerOf(rep!.id) });
    await changed();
    await changed();
    expect(await here.clocks()).toMatchObject([{ met_at: instant(2), ended_because: 'met' }]);
  });

  test('looks at the record before a step: a condition nobody told of is met as well', async () => {
    const until = { field: 'stage', op: 'eq', value: 'working' };
    const here = await world(policyWith([{ ...FIRST_TOUCH, until }]));
    here.crm.put('1', { raw: { country: 'US', stage: 'new' } });
    const { rep } = await here.contact('1');
    await here.deliver('owner_write');
    here.crm.put('1', { raw: { country: 'US', stage: 'working' }, ownerId: ownerOf(rep!.id) });
    await here.at(3);
    expect(await here.notices()).toEqual([]);
    expect(await here.clocks()).toMatchObject([{ met_at: instant(3), ended_because: 'met' }]);
  });

  test('is called off when the lead closes', async () => {
    const here = await world();
    here.crm.put('1', { raw: { country: 'US' } });
    await here.contact('1');
    await here.at(2);
    await here.useCases.recordGone({ tenantId: TENANT, record: contactRef('1'), mergedInto: null });
    await here.at(20);
    expect(await here.notices()).toEqual([]);
    expect(await here.clocks()).toMatchObject([{ ended_because: 'closed', missed_at: null, next_at: null }]);
  });

  test('is counted for the live page', async () => {
    const here = await world(policyWith([{ ...FIRST_TOUCH, steps: [] }]));
    expect((await here.queries.overview(TENANT)).slas).toBeUndefined();
    const [first, second] = [await here.new(), await here.new(), await here.new()];
    await here.touch(first.assignment, 2);
    await here.at(10);
    await here.touch(second.assignment, 9);
    expect((await here.queries.overview(TENANT)).slas).toEqual({
      running: 1,
      overdue: 1,
      metToday: 1,
      missedToday: 2,
      metPercent: 33,
    });
  });
});
