import { expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { TENANT, TUESDAY, type WorldOptions } from '../support/lane-world.ts';
import {
  FIRST_TOUCH,
  instant,
  MINUTE,
  OFFERED,
  openSlaWorld,
  policyWith,
  REPS,
} from '../support/sla-world.ts';

eachDatabase('the clock of an SLA', (open) => {
  const world = async (
    policy: Readonly<Record<string, unknown>> = policyWith([FIRST_TOUCH]),
    more: Partial<WorldOptions> = {},
  ) => openSlaWorld((await open()).storage, policy, more);

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
});
