import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import { replay } from '../../server/routing/decide/replay.ts';
import { canonicalJson } from '../../server/routing/hash/canonical-json.ts';
import { hashDecided } from '../../server/routing/hash/decision-hash.ts';
import type { Lead } from '../../server/routing/lead.ts';
import { renderDecision } from '../../server/routing/render/render-decision.ts';
import type { RepState } from '../../server/routing/state.ts';
import { HOUR, leadOf, NOW, policyOf, worldOf } from '../support/routing-world.ts';

const REPS = ['ann', 'bob', 'cy', 'dee', '7', '10'];
const TEAM = ['bob', 'dee'];
const POOLS = ['p1', 'p2'];
const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const present = (object: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

const member = fc.oneof(
  fc.record({ rep: fc.constantFrom(...REPS, 'stranger'), weight: fc.integer({ min: 1, max: 1000 }) }),
  fc.constant({ team: 'team' }),
);
interface Given {
  readonly method?: unknown;
  readonly members?: readonly { readonly weight?: number }[];
  readonly catchUp?: unknown;
}
/** Waiting is not weighted, and results are not shared by weight alone: the policy says so. */
const consistent = ({ catchUp, ...given }: Given) => {
  if (given.method === 'best_performer') return { ...given, floor: 40 };
  const rest = catchUp === undefined ? given : { ...given, catchUp };
  if (given.method !== 'longest_waiting') return rest;
  return { ...rest, members: given.members?.map(({ weight: _, ...member }) => member) };
};
const BY_TERRITORY = [{ rep: 'territories', op: 'contains', lead: 'territory' }];
/** Who works which territory matters only where the pool asks. */
const withTerritories = (given: { requires?: unknown; members?: readonly object[] | undefined }) =>
  given.requires === BY_TERRITORY
    ? {
        ...given,
        members: given.members?.map((one, i) => ({ ...one, territories: [i % 2 ? 'west' : 'us'] })),
      }
    : given;
const pool = (id: string) =>
  fc
    .record({
      id: fc.constant(id),
      members: fc.array(member, { minLength: 1, maxLength: 5 }),
      method: fc.constantFrom('round_robin', 'load_balanced', 'longest_waiting', 'best_performer'),
      availability: some(fc.constantFrom('now', 'ignore', { within: 'PT2H' })),
      catchUp: some(fc.constantFrom({ mode: 'none' }, { mode: 'full' }, { mode: 'bounded', perDay: 2 })),
      requires: some(
        fc.constantFrom<readonly object[]>(
          [{ rep: 'skills.language', op: 'contains', lead: 'language', whenMissing: 'en' }],
          BY_TERRITORY,
        ),
      ),
      log: some(fc.constantFrom('only', undefined, undefined)),
    })
    .map(present)
    .map((given) => consistent(given))
    .map(withTerritories);
const step = fc.oneof(
  fc.record({ pool: fc.constantFrom(...POOLS) }),
  fc.record({
    pool: fc.constantFrom(...POOLS),
    give: fc.constantFrom('offer', 'broadcast'),
    claimWithin: fc.constant('PT10M'),
    clock: fc.constantFrom('working', 'elapsed'),
    attempts: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({ rep: fc.constantFrom(...REPS) }),
  fc.record({ wait: fc.constantFrom('PT1H', 'PT4H') }),
  fc.record({ queue: fc.constant('q') }),
);
const steps = fc.array(step, { minLength: 1, maxLength: 4 });
const policies = fc
  .record({
    pools: fc.tuple(pool('p1'), pool('p2')),
    rules: fc.array(
      fc.record({
        when: fc.constantFrom(
          { field: 'size', op: 'gte', value: 10 },
          { field: 'language', op: 'is_present' },
          { segment: 'big' },
          { territory: 'west' },
          { tier: 'hot' },
        ),
        then: steps,
        log: some(fc.constantFrom('only', undefined, undefined)),
      }),
      { maxLength: 2 },
    ),
    fallback: fc.oneof(fc.constant([]), steps),
    hold: some(fc.constant({ until: { field: 'size', op: 'is_present' }, atMost: 'PT2H' })),
  })
  .map(({ rules, ...rest }) =>
    policyOf({
      fields: { size: { type: 'number' }, language: { type: 'text' }, region: { type: 'text' } },
      queues: [{ id: 'q' }],
      territories: [
        { id: 'west', match: [{ region: 'CA' }] },
        { id: 'us', match: [{ region: ['NY', 'TX'] }] },
      ],
      segments: [{ id: 'big', when: { field: 'size', op: 'gte', value: 10 } }],
      score: { points: [{ name: 'Big', when: { segment: 'big' }, points: 10 }] },
      tiers: [{ id: 'hot', when: { field: 'score', op: 'gte', value: 10 }, urgent: true }],
      rules: rules.map((rule, i) => present({ id: `r${i}`, ...rule })),
      ...present(rest),
    }),
  );

const instants = fc.integer({ min: 1, max: 30 * 24 }).map((hours) => NOW + hours * HOUR);
const absent = fc.record({
  code: fc.constantFrom('off_hours' as const, 'time_off' as const, 'holiday' as const),
  inHours: fc.boolean(),
  endsAt: fc.constant(null),
  backAt: fc.option(instants),
  validUntil: instants,
});
const atWork = fc.record({
  code: fc.constant('available' as const),
  inHours: fc.constant(true),
  endsAt: fc.option(instants),
  backAt: fc.constant(null),
  validUntil: instants,
});
const count = fc.integer({ min: 0, max: 3 });
const repNamed = (id: string): fc.Arbitrary<RepState> =>
  fc.record({
    id: fc.constant(id),
    active: fc.boolean().map((no) => !no || id === 'ann'),
    paused: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
    reachable: fc.boolean(),
    availability: fc.oneof(atWork, absent),
    capacity: fc.constantFrom({}, { open: 2 }, { perHour: 1, perDay: 2 }, { perWeek: 0 }),
    load: fc.record({ open: count, perHour: count, perDay: count, perWeek: count, perMonth: count }),
    windowEnds: fc.record({ perHour: instants, perDay: instants, perWeek: instants, perMonth: instants }),
    skills: fc.constantFrom<RepState['skills'][]>({}, { language: 'EN' }, { language: ['de', 'fr'] }),
    today: fc.constantFrom('2026-11-24', '2026-11-25'),
  });
const results = fc.constantFrom<RepState['results'][]>(
  undefined,
  { won: 0, decided: 9 },
  { won: 5, decided: 7 },
);
const repWithResults = (id: string): fc.Arbitrary<RepState> =>
  fc
    .tuple(repNamed(id), results)
    .map(([rep, known]) => (known === undefined ? rep : { ...rep, results: known }));
const people = fc.tuple(...REPS.map(repWithResults));
const keys = fc.constantFrom('r0/0', 'r0/1', 'r1/0', 'fallback/0', 'fallback/1', 'hold');
const leads: fc.Arbitrary<Lead> = fc
  .record({
    id: fc.string({ minLength: 1 }),
    values: fc.constantFrom<Lead['values'][]>(
      {},
      { size: 20 },
      { language: 'de' },
      { language: 'DE', size: 1 },
      { region: 'CA' },
      { region: 'NY', size: 20 },
    ),
    history: fc.record({
      declined: fc.subarray(REPS),
      missed: fc.subarray(REPS),
      attempts: fc.dictionary(keys, fc.integer({ min: 0, max: 3 })),
      waits: fc.dictionary(
        keys,
        fc.integer({ min: 0, max: 9 }).map((hours) => NOW - hours * HOUR),
      ),
    }),
    owner: fc.constantFrom(null, null, null, { rep: 'ann' }, { rep: null }),
  })
  .map(({ id, owner, ...rest }) => leadOf(id, { ...rest, owner }));
/** Balances come from leads decided before. */
const warmUps = fc.array(leads, { maxLength: 8 });

const makeWorld = (
  compiled: ReturnType<typeof policyOf>,
  reps: readonly RepState[],
  before: readonly Lead[],
) => {
  const world = worldOf(reps, { team: TEAM });
  for (const lead of before) world.post(decide(lead, compiled, world.state, NOW - 1).posting, NOW - 1);
  return world;
};

test('every lead ends with an owner, an offer, in a queue, or waiting with a moment to come', () => {
  fc.assert(
    fc.property(policies, people, leads, warmUps, (compiled, reps, lead, before) => {
      const decided = decide(lead, compiled, makeWorld(compiled, reps, before).state, NOW);
      const { outcome, posting, steps } = decided;
      if (outcome.kind === 'waiting') expect(outcome.retryAt).toBeGreaterThan(NOW);
      if (outcome.kind === 'offered') {
        expect(outcome.to.length).toBeGreaterThan(0);
        expect(outcome.expiresAt).toBeGreaterThan(NOW);
      }
      if (outcome.kind === 'assigned') expect(lead.history.declined).not.toContain(outcome.rep);
      expect(steps.filter(({ took }) => took).length).toBe(
        outcome.kind === 'waiting' || outcome.kind === 'not_routed' ? 0 : 1,
      );
      expect(posting !== null).toBe(
        decided.pool !== null && !decided.logOnly && !(outcome.kind === 'offered' && outcome.broadcast),
      );
      for (const { candidates } of steps)
        expect(new Set(candidates.map(({ rep }) => rep)).size).toBe(candidates.length);
    }),
    { numRuns: 400 },
  );
});

test('the same inputs give the same hash, whatever the order of reps, and so does a replay', () => {
  fc.assert(
    fc.property(policies, people, leads, warmUps, (compiled, reps, lead, before) => {
      const decided = decide(lead, compiled, makeWorld(compiled, reps, before).state, NOW);
      const other = decide(lead, compiled, makeWorld(compiled, [...reps].reverse(), before).state, NOW);
      expect(hashDecided(other)).toBe(hashDecided(decided));
      const stored = JSON.parse(JSON.stringify(decided.inputs));
      expect(canonicalJson(replay(stored, lead.values, compiled, decided.engine))).toBe(
        canonicalJson(decided),
      );
    }),
    { numRuns: 400 },
  );
});

test('every decision can be told in sentences', () => {
  const names = {
    rep: (id: string) => id,
    pool: (id: string) => id,
    rule: (id: string) => id,
    queue: (id: string) => id,
    account: (id: string) => id,
    territory: (id: string) => id,
    tier: (id: string) => id,
    points: String,
  };
  fc.assert(
    fc.property(policies, people, leads, (compiled, reps, lead) => {
      const decided = decide(lead, compiled, worldOf(reps, { team: TEAM }).state, NOW);
      const reader = { timezone: 'Europe/London', language: 'en' };
      const text = renderDecision(decided, { names, reader, decidedAt: NOW });
      for (const sentence of [
        text.reason,
        ...text.candidates.map(({ detail }) => detail),
        ...text.steps.map((one) => one.text),
      ]) {
        expect(sentence).not.toBe('');
        expect(sentence).not.toMatch(/undefined|null|NaN|\[object|[<>]| {2}/);
      }
    }),
    { numRuns: 200 },
  );
});
