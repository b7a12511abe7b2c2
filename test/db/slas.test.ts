import { expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { contactRef, type LaneWorld, openLaneWorld, TENANT, TUESDAY } from '../support/lane-world.ts';

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
const policyWith = (slas: readonly object[], more: Readonly<Record<string, unknown>> = {}) => ({
  hours: { 'mon-fri': '09:00-17:00' },
  timezone: 'America/New_York',
  fields: {
    country: { type: 'text', hubspot: 'contact.country' },
    stage: { type: 'text', hubspot: 'contact.stage' },
  },
  pools: [
    {
      id: 'all',
      members: [{ rep: 'ann' }, { rep: 'ben' }, { rep: 'cleo' }],
      method: 'round_robin',
      availability: 'ignore',
    },
  ],
  slas,
  rules: [
    {
      id: 'any',
      when: { not: { field: 'country', op: 'eq', value: 'nowhere' } },
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

const notices = "select body->>'to' as to, body->>'repId' as rep from delivery where kind = 'slack_sla' order by seq";
const CLOCKS =
  'select sla_id, reps, due_at, next_at, missed_at, met_at, late, ended_because from sla_clock order by started_at, sla_id';

eachDatabase('SLAs', (open) => {
  const world = async (policy: Readonly<Record<string, unknown>>, more = {}): Promise<LaneWorld> =>
    openLaneWorld((await open()).storage, { policy, reps: REPS, ...more });
  const lead = (world: LaneWorld) => world.lead({ country: 'US' });
  const at = async (world: LaneWorld, minutes: number): Promise<void> => {
    world.clock.now = TUESDAY + minutes * MINUTE;
    await world.sweep();
  };
  const repOf = async (world: LaneWorld) => (await world.assignments())[0]?.rep_id;

  test('a lead that is assigned starts its clock, and its steps are taken in turn, each once', async () => {
    const here = await world(policyWith([FIRST_TOUCH]));
    const { rep } = await lead(here);
    expect(here.wakes.tenants).toContain(TUESDAY + 3 * MINUTE);
    await at(here, 2);
    expect(await here.rows(notices)).toEqual([]);
    await at(here, 3);
    await at(here, 4);
    expect(await here.rows(notices)).toEqual([{ to: 'rep', rep: rep?.id }]);
    await at(here, 5);
    await here.sweep();
    expect(await here.rows(notices)).toEqual([
      { to: 'rep', rep: rep?.id },
      { to: 'manager', rep: 'mia' },
    ]);
    await at(here, 15);
    expect(await repOf(here)).not.toBe(rep?.id);
  });
});
