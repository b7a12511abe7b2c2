import { expect, test } from 'vitest';
import { createAvailabilities } from '../../server/assignments/availabilities.ts';
import { createUseCases } from '../../server/assignments/create-use-cases.ts';
import { setAway } from '../../server/assignments/set-away.ts';
import { makeNewId } from '../../server/base/ids.ts';
import { createRepAway } from '../../server/storage/directory/rep-away.ts';
import { createQueries } from '../../server/storage/queries/create-queries.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';
import {
  contactRef,
  openLaneWorld,
  ownerOf,
  TENANT,
  TUESDAY,
  type WorldOptions,
} from '../support/lane-world.ts';

const MINUTE = 60_000;

const FIRST_TOUCH = {
  id: 'first-touch',
  name: 'First touch',
  within: 'PT5M',
  until: 'first_activity',
  steps: [
    { after: 'PT3M', notify: 'rep' },
    { after: 'PT5M', notify: 'manager' },
    { after: 'PT15M', do: 'reassign' },
  ],
};

/** A policy whose one rule takes every lead. */
const policyWith = (
  slas: readonly object[],
  more: Readonly<Record<string, unknown>> = {},
  members: readonly string[] = ['ann', 'ben', 'cleo'],
) => ({
  hours: { 'mon-fri': '09:00-17:00' },
  timezone: 'America/New_York',
  fields: {
    country: { type: 'text', hubspot: 'contact.country' },
    stage: { type: 'text', hubspot: 'contact.stage' },
  },
  pools: [
    {
      id: 'all',
      members: members.map((rep) => ({ rep })),
      method: 'round_robin',
      availability: 'ignore',
    },
  ],
  slas,
  rules: [
    {
      id: 'any',
      when: { field: 'country', op: 'eq', value: 'US' },
      sla: slas.map((sla) => (sla as { id: string }).id),
      then: [{ pool: 'all' }],
      ...more,
    },
  ],
});

const REPS = [
  { id: 'ann', manager: 'mia' },
  { id: 'ben', manager: 'mia' },
  { id: 'cleo', manager: 'mia' },
  { id: 'mia' },
];
const OFFERED = { then: [{ pool: 'all', give: 'offer', claimWithin: 'PT4H', clock: 'elapsed' }] };

const NOTICES =
  "select body->>'to' as to, body->>'repId' as rep from delivery where kind = 'slack_sla' order by seq";
const CLOCKS =
  'select sla_id, reps, due_at, next_at, missed_at, met_at, late, ended_because from sla_clock order by started_at, sla_id';

/** So many minutes after the beginning. */
const instant = (minutes: number): Date => new Date(TUESDAY + minutes * MINUTE);

const openSlaWorld = async (
  storage: Storage,
  policy: Readonly<Record<string, unknown>>,
  more: Partial<WorldOptions> = {},
) => {
  const world = await openLaneWorld(storage, { policy, reps: REPS, ...more });
  const queries = createQueries({
    storage,
    clock: { now: () => world.clock.now },
    availabilities: createAvailabilities(() => new Set()),
  });
  const away = setAway({
    away: createRepAway(storage, makeNewId()),
    jobs: { wakeTenant: async () => undefined },
    now: () => world.clock.now,
    passOffersOn: world.useCases.passOffersOn,
    retimeClocks: world.useCases.retimeClocks,
  });
  return {
    ...world,
    storage,
    queries,
    new: () => world.lead({ country: 'US' }),
    /** Moves the clock to so many minutes after the beginning and does what is due. */
    at: async (minutes: number): Promise<number | null> => {
      world.clock.now = TUESDAY + minutes * MINUTE;
      return world.sweep();
    },
    clocks: () => world.rows(CLOCKS),
    notices: () => world.rows(NOTICES),
    rep: async () => (await world.assignments())[0]?.rep_id,
    away: (repId: string, until: number | null) =>
      away({ tenantId: TENANT, repId, away: { until: until === null ? null : TUESDAY + until * MINUTE } }),
    back: (repId: string) => away({ tenantId: TENANT, repId, away: null }),
    touch: (assignmentId: string, minutes: number) =>
      world.useCases.firstActivity({
        tenantId: TENANT,
        assignmentId,
        at: TUESDAY + minutes * MINUTE,
        since: TUESDAY,
      }),
    story: async (decisionId: string) =>
      (await queries.explanation(TENANT, decisionId))!.story.map(({ text }) => text),
  };
};

eachDatabase('an SLA', (open) => {
  const world = async (
    policy: Readonly<Record<string, unknown>> = policyWith([FIRST_TOUCH]),
    more: Partial<WorldOptions> = {},
  ) => openSlaWorld((await open()).storage, policy, more);

  test('takes its steps in turn, each once: it tells the rep, then their manager, then gives the lead to another', async () => {
    const here = await world();
    const { rep, id, assignment } = await here.new();
    expect(here.wakes.tenants).toContain(TUESDAY + 3 * MINUTE);
    expect(await here.at(2)).toBe(TUESDAY + 3 * MINUTE);
    expect(await here.notices()).toEqual([]);
    await here.at(3);
    await here.at(4);
    expect(await here.notices()).toEqual([{ to: 'rep', rep: rep?.id }]);
    await here.at(5);
    await here.sweep();
    expect(await here.notices()).toEqual([
      { to: 'rep', rep: rep?.id },
      { to: 'manager', rep: 'mia' },
    ]);
    await here.at(15);
    const [after] = await here.assignments();
    expect(after).toMatchObject({ id: assignment, state: 'assigned' });
    expect(after?.rep_id).not.toBe(rep?.id);
    expect(await here.clocks()).toMatchObject([
      { reps: [rep?.id], missed_at: instant(5), ended_because: 'reassigned', next_at: null },
      {
        reps: [after?.rep_id],
        missed_at: null,
        ended_because: null,
        due_at: instant(20),
        next_at: instant(18),
      },
    ]);
    const name = rep!.id;
    expect(await here.story(id)).toEqual([
      `Assigned to ${name}.`,
      'First touch was due 10:05 New York and is missed.',
      `First touch was missed: it is taken from ${name} and given to somebody else.`,
      `Assigned to ${String(after?.rep_id)}.`,
    ]);
  });

  test('gives the lead to nobody who had it; once all had it, it stays and is tried again', async () => {
    const here = await world();
    const { rep } = await here.new();
    const had = [rep?.id];
    for (const minutes of [15, 30]) {
      await here.at(minutes);
      had.push((await here.rep()) as string);
    }
    expect([...had].sort()).toEqual(['ann', 'ben', 'cleo']);
    await here.at(45);
    expect(await here.rep()).toBe(had[2]);
    const latest = (await here.rows('select id from decision order by seq desc'))[0]?.id as string;
    const told = await here.story(latest);
    expect(told.at(-1)).toBe(
      `First touch was missed, and nobody else can take it now: it stays with ${had[2]}. Looked at again 11:45 New York.`,
    );
    await here.putReps([...REPS, { id: 'dora', manager: 'mia' }]);
    await here.publish(policyWith([FIRST_TOUCH], {}, ['ann', 'ben', 'cleo', 'dora']));
    await here.at(106);
    expect(await here.rep()).toBe('dora');
    const { candidates } = (await here.queries.explanation(
      TENANT,
      (
        await here.rows('select id from decision order by seq desc')
      )[0]?.id as string,
    ))!;
    expect(candidates.filter(({ code }) => code === 'had_before').map(({ rep: one }) => one)).toHaveLength(3);
    expect(candidates.find(({ rep: one }) => one === 'ann')?.detail).toBe(
      'had this lead before and an SLA was missed',
    );
  });

  test('leaves the charge as it stands, returns the slot, and keeps the ledger in balance', async () => {
    const here = await world();
    const { rep } = await here.new();
    await here.at(15);
    const next = (await here.rep()) as string;
    const received = await here.rows(
      'select rep_id, received from pool_member where received > 0 order by rep_id',
    );
    expect(received.map(({ rep_id }) => rep_id)).toEqual([rep!.id, next].sort());
    const [sum] = await here.rows('select sum(lag + banked) as lag from pool_member');
    expect(sum).toEqual({ lag: 0 });
    expect(await here.rows('select rep_id, open from rep_load where open > 0')).toEqual([
      { rep_id: next, open: 1 },
    ]);
  });

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

  test('asks the CRM before it takes a lead from somebody who has just worked on it', async () => {
    const asked: unknown[] = [];
    const here = await world(policyWith([{ ...FIRST_TOUCH, steps: [{ after: 'PT15M', do: 'reassign' }] }]), {
      activity: {
        first: async (record, since) => {
          asked.push([record.recordId, since]);
          return TUESDAY + 14 * MINUTE;
        },
      },
    });
    here.crm.put('1', { raw: { country: 'US' } });
    const { rep } = await here.contact('1');
    await here.at(15);
    expect(asked).toEqual([['1', TUESDAY]]);
    expect(await here.rep()).toBe(rep?.id);
    expect(await here.clocks()).toMatchObject([{ met_at: instant(14), late: 9 * MINUTE }]);
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

  test('whose reassignment comes to a wait lets it pass while the lead stays, then takes the next step', async () => {
    const then = [{ rep: 'ann' }, { wait: 'PT30M' }, { rep: 'ben' }];
    const hours = { 'mon-fri': '00:00-24:00' };
    const here = await world({ ...policyWith([FIRST_TOUCH], { then }), hours });
    await here.new();
    await here.at(15);
    expect(await here.rep()).toBe('ann');
    expect(await here.at(44)).toBe(TUESDAY + 45 * MINUTE);
    await here.at(45);
    expect(await here.rep()).toBe('ben');
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

  test('begins anew with whom a lead is given to by hand, and does not begin again for the same rep', async () => {
    const here = await world();
    const { assignment, rep } = await here.new();
    const other = rep?.id === 'ann' ? 'ben' : 'ann';
    here.clock.now += MINUTE;
    const give = { tenantId: TENANT, assignmentId: assignment, by: { repId: null, admin: true }, note: null };
    await here.useCases.reassign({ ...give, repId: other });
    await here.useCases.reassign({ ...give, repId: other });
    expect(await here.clocks()).toMatchObject([
      { reps: [rep?.id], ended_because: 'moved' },
      { reps: [other], ended_because: null, due_at: instant(6) },
    ]);
  });

  test('runs beside another, each by its own clock and steps', async () => {
    const quick = {
      id: 'quick',
      within: 'PT2M',
      until: 'claimed',
      steps: [{ after: 'PT1M', notify: 'rep' }],
    };
    const slow = {
      id: 'slow',
      within: 'PT1H',
      clock: 'elapsed',
      until: 'first_activity',
      steps: [{ after: 'PT30M', notify: 'manager' }],
    };
    const here = await world(policyWith([quick, slow], OFFERED));
    const { assignment, rep } = await here.new();
    await here.at(1);
    await here.useCases.claim({ tenantId: TENANT, assignmentId: assignment, repId: rep!.id });
    expect(await here.clocks()).toMatchObject([
      { sla_id: 'quick', met_at: instant(1) },
      { sla_id: 'slow', ended_because: null, next_at: instant(30) },
    ]);
    await here.at(30);
    expect(await here.notices()).toEqual([
      { to: 'rep', rep: rep?.id },
      { to: 'manager', rep: 'mia' },
    ]);
  });

  test('in an urgent lead has its sooner terms', async () => {
    const urgent = {
      when: { field: 'stage', op: 'eq', value: 'hot' },
      within: 'PT2M',
      steps: [{ after: 'PT1M', notify: 'manager' }],
    };
    const here = await world(policyWith([{ ...FIRST_TOUCH, urgent }]));
    await here.lead({ country: 'US', stage: 'hot' });
    await here.new();
    expect((await here.clocks()).map(({ due_at, next_at }) => [due_at, next_at])).toEqual(
      expect.arrayContaining([
        [instant(2), instant(1)],
        [instant(5), instant(3)],
      ]),
    );
  });

  test('in a lead of an urgent tier has its sooner terms as well', async () => {
    const tiers = [{ id: 'hot', when: { field: 'stage', op: 'eq', value: 'hot' }, urgent: true }];
    const here = await world({ ...policyWith([{ ...FIRST_TOUCH, urgent: { within: 'PT2M' } }]), tiers });
    await here.lead({ country: 'US', stage: 'hot' });
    expect(await here.clocks()).toMatchObject([{ due_at: instant(2) }]);
  });

  test('in working time waits for the shift, and stands still while its rep is away', async () => {
    const atWork = policyWith([{ ...FIRST_TOUCH, clock: 'working' }]);
    // 16:58 in New York: two minutes of the five are left of the day.
    const here = await world(atWork, { now: TUESDAY + 418 * MINUTE });
    const { rep } = await here.new();
    const nextDay = TUESDAY + 23 * 60 * MINUTE;
    expect(await here.clocks()).toMatchObject([
      { due_at: new Date(nextDay + 3 * MINUTE), next_at: new Date(nextDay + MINUTE) },
    ]);
    here.clock.now = nextDay + 30_000;
    await here.away(rep!.id, null);
    expect(await here.clocks()).toMatchObject([{ due_at: null, next_at: null }]);
    here.clock.now = nextDay + 60 * MINUTE;
    await here.sweep();
    await here.back(rep!.id);
    expect(await here.clocks()).toMatchObject([
      { due_at: new Date(nextDay + 62.5 * MINUTE), next_at: new Date(nextDay + 60.5 * MINUTE) },
    ]);
  });

  test('goes by hours that the directory changed, from then on', async () => {
    const here = await world(policyWith([{ ...FIRST_TOUCH, within: 'PT4H', steps: [] }]));
    await here.new();
    here.clock.now = TUESDAY + 60 * MINUTE;
    await here.putReps(REPS.map((rep) => ({ ...rep, hours: { 'mon-fri': '13:00-17:00' } })));
    // An hour had passed; three remain from 13:00 on.
    expect(await here.clocks()).toMatchObject([{ due_at: instant(360) }]);
  });

  test('whose wake-up found the rep away for longer than was known is only set anew', async () => {
    const here = await world(policyWith([FIRST_TOUCH]));
    const { rep } = await here.new();
    // As when a CRM's import that changed the hours was cut off before clocks were set.
    await here.storage.withTenant(TENANT, async (trx) => {
      await trx
        .updateTable('rep')
        .set({
          document: JSON.stringify({
            id: rep!.id,
            timezone: 'America/New_York',
            hours: { wed: '09:00-17:00' },
          }),
        })
        .where('id', '=', rep!.id)
        .execute();
      await trx
        .updateTable('lane')
        .set(({ eb }) => ({ roster_version: eb('roster_version', '+', 1) }))
        .execute();
    });
    await here.at(3);
    expect(await here.notices()).toEqual([]);
    expect(await here.clocks()).toMatchObject([
      { due_at: instant(23 * 60 + 5), next_at: instant(23 * 60 + 3) },
    ]);
  });

  test('makes a task in the CRM where no message reaches', async () => {
    const here = await world(policyWith([FIRST_TOUCH]), { withoutSlack: ['ann', 'ben', 'cleo', 'mia'] });
    here.crm.put('1', { raw: { country: 'US' } });
    const { rep } = await here.contact('1');
    await here.at(5);
    const tasks = await here.rows(
      "select body from delivery where kind = 'task' and body ? 'sla' order by seq",
    );
    expect(tasks.map(({ body }) => body)).toMatchObject([
      { ownerId: ownerOf(rep!.id), sla: { name: 'First touch', to: 'rep', dueAt: TUESDAY + 5 * MINUTE } },
      { ownerId: ownerOf('mia'), sla: { to: 'manager' } },
    ]);
  });

  test('makes a task as well where Slack would not take the message, once', async () => {
    const here = await world();
    here.crm.put('1', { raw: { country: 'US' } });
    const { rep } = await here.contact('1');
    await here.at(3);
    const [notice] = await here.deliveries('slack_sla');
    await here.events.noticeUndeliverable(notice!, 'rep_unreachable');
    await here.events.noticeUndeliverable(notice!, 'rep_unreachable');
    const tasks = "select body from delivery where kind = 'task' and body ? 'sla'";
    expect(await here.rows(tasks)).toMatchObject([
      { body: { ownerId: ownerOf(rep!.id), sla: { to: 'rep' } } },
    ]);
    expect((await here.deliveries('task')).map(({ key }) => key)).toEqual([notice!.key]);
  });

  test('is called off as the tenant begins only to look', async () => {
    const here = await world();
    await here.new();
    await here.setLane({ mode: 'log_only' });
    await here.at(3);
    expect(await here.notices()).toEqual([]);
    expect(await here.clocks()).toMatchObject([{ ended_because: 'log_only', next_at: null }]);
  });

  test('tells an admin of a rep who has no manager', async () => {
    const here = await world(policyWith([FIRST_TOUCH]), {
      reps: [{ id: 'ann' }, { id: 'ben' }, { id: 'cleo' }],
    });
    await here.new();
    await here.at(5);
    expect(await here.rows('select kind, subject from alert')).toMatchObject([
      { kind: 'sla_no_manager', subject: await here.rep() },
    ]);
  });

  test('outlives the process: the rows say what is due, and a second sweep does nothing twice', async () => {
    const here = await world();
    const { rep } = await here.new();
    // Another process on the same tables: it knows nothing but them.
    const other = createUseCases({
      ...here.parts,
      newId: makeNewId(),
    });
    here.clock.now = TUESDAY + 4 * MINUTE;
    await Promise.all([other.useCases.sweep(TENANT), here.sweep()]);
    await other.useCases.sweep(TENANT);
    expect(await here.notices()).toEqual([{ to: 'rep', rep: rep?.id }]);
    here.clock.now = TUESDAY + 60 * MINUTE;
    await Promise.all([other.useCases.sweep(TENANT), here.sweep()]);
    // Whoever loses it this moment is not asked to hurry; their manager hears of it.
    expect(await here.notices()).toEqual([
      { to: 'rep', rep: rep?.id },
      { to: 'manager', rep: 'mia' },
    ]);
    expect(await here.rep()).not.toBe(rep?.id);
  });

  test('does nothing while only looking', async () => {
    const here = await world();
    await here.setLane({ mode: 'log_only' });
    await here.new();
    expect(await here.clocks()).toEqual([]);
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
