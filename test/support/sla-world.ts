import { createAvailabilities } from '../../server/assignments/availabilities.ts';
import { setAway } from '../../server/assignments/set-away.ts';
import { makeNewId } from '../../server/base/ids.ts';
import { createRepAway } from '../../server/storage/directory/rep-away.ts';
import { createQueries } from '../../server/storage/queries/create-queries.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { openLaneWorld, TENANT, TUESDAY, type WorldOptions } from './lane-world.ts';

export const MINUTE = 60_000;

export const FIRST_TOUCH = {
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
export const policyWith = (
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

export const REPS = [
  { id: 'ann', manager: 'mia' },
  { id: 'ben', manager: 'mia' },
  { id: 'cleo', manager: 'mia' },
  { id: 'mia' },
];
export const OFFERED = { then: [{ pool: 'all', give: 'offer', claimWithin: 'PT4H', clock: 'elapsed' }] };

const NOTICES =
  "select body->>'to' as to, body->>'repId' as rep from delivery where kind = 'slack_sla' order by seq";
const CLOCKS =
  'select sla_id, reps, due_at, next_at, missed_at, met_at, late, ended_because from sla_clock order by started_at, sla_id';

/** So many minutes after the beginning. */
export const instant = (minutes: number): Date => new Date(TUESDAY + minutes * MINUTE);

/** A lane's world with queries, time off and what is told of SLAs. */
export const openSlaWorld = async (
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
