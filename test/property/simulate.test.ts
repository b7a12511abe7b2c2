import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NO_HISTORY } from '../../server/routing/lead.ts';
import { createComparing } from '../../server/routing/simulate/compare.ts';
import { createDesk, type DeskParts } from '../../server/routing/simulate/desk.ts';
import type { SimulatedLead } from '../../server/routing/simulate/simulated-lead.ts';
import { HOUR, NOW } from '../support/routing-world.ts';
import { deskParts, simulateAll, simulatedLead } from '../support/simulated.ts';

const REPS = ['ann', 'bob', 'cy', 'dee'];
const LANGUAGES = ['en', 'de'];

const rep = (id: string) =>
  fc.record({
    id: fc.constant(id),
    hours: fc.constantFrom(
      { 'mon-fri': '09:00-17:00' },
      { 'mon-fri': '13:00-21:00' },
      { 'mon-sun': '00:00-24:00' },
    ),
    capacity: fc.constantFrom({}, { open: 1 }, { open: 3 }, { perHour: 1 }, { open: 2, perDay: 3 }),
    skills: fc.constantFrom({ language: ['en'] }, { language: ['en', 'de'] }),
  });

const pool = (id: string) =>
  fc
    .record({
      id: fc.constant(id),
      members: fc
        .uniqueArray(fc.constantFrom(...REPS), { minLength: 1 })
        .map((reps) => reps.map((one, i) => ({ rep: one, weight: 1 + i }))),
      method: fc.constantFrom('round_robin', 'load_balanced'),
      availability: fc.constantFrom('now', 'ignore', { within: 'PT2H' }),
      requires: fc.constantFrom(
        [],
        [{ rep: 'skills.language', op: 'contains', lead: 'language' }],
        [{ rep: 'territories', op: 'contains', lead: 'territory' }],
      ),
    })
    .map(withTerritories);

/** Members work territories in pools that ask for them, and only there. */
function withTerritories<
  P extends { readonly members: readonly object[]; readonly requires: readonly { readonly rep: string }[] },
>(given: P) {
  const asks = given.requires.some(({ rep: asked }) => asked === 'territories');
  const territories = (i: number) => (i % 2 === 0 ? ['us'] : ['us', 'de']);
  return asks
    ? { ...given, members: given.members.map((one, i) => ({ ...one, territories: territories(i) })) }
    : given;
}

const steps = fc.constantFrom(
  [{ pool: 'p1' }],
  [{ pool: 'p1' }, { wait: 'PT3H' }, { pool: 'p2' }],
  [{ pool: 'p1', give: 'offer', claimWithin: 'PT5M' }, { wait: 'PT20H' }, { queue: 'rest' }],
  [{ owner: 'sticky' }, { wait: 'PT2H' }, { pool: 'p1' }],
  [{ owner: { field: 'mine' } }, { pool: 'p1' }, { wait: 'PT3H' }, { pool: 'p2' }],
  [{ rep: 'ann' }, { wait: 'PT1H' }, { pool: 'p2' }, { wait: 'PT5H' }, { queue: 'rest' }],
);

const policy = fc
  .record({
    reps: fc.tuple(...REPS.map(rep)),
    pools: fc.tuple(pool('p1'), pool('p2')),
    then: fc.tuple(steps, steps),
    fallback: fc.constantFrom([], [{ pool: 'p2' }]),
    duplicates: fc.constantFrom(undefined, { then: 'same_owner' }),
    hold: fc.constantFrom(undefined, { until: { field: 'email', op: 'is_present' }, atMost: 'PT2H' }),
  })
  .map(({ then, duplicates, hold, ...rest }) =>
    deskParts({
      ...rest,
      ...(duplicates && { duplicates }),
      ...(hold && { hold }),
      territories: [
        { id: 'us', match: [{ country: 'US' }] },
        { id: 'de', match: [{ country: 'DE' }] },
      ],
      fields: {
        language: { type: 'text' },
        size: { type: 'number' },
        email: { type: 'email' },
        mine: { type: 'text' },
        country: { type: 'country' },
      },
      queues: [{ id: 'rest', name: 'Rest' }],
      rules: [
        { id: 'large', when: { field: 'size', op: 'gte', value: 5 }, then: then[0] },
        { id: 'small', when: { field: 'size', op: 'lt', value: 3 }, then: then[1] },
      ],
    }),
  );

const leads = fc
  .array(
    fc.record({
      gap: fc.constantFrom(0, 60_000, HOUR, 7 * HOUR),
      language: fc.constantFrom(...LANGUAGES, undefined),
      size: fc.integer({ min: 0, max: 9 }),
      email: fc.constantFrom('a@example.com', 'b@example.com', undefined),
      mine: fc.constantFrom(...REPS, undefined),
      country: fc.constantFrom('US', 'DE', undefined),
      handling: fc.constantFrom(null, 0, HOUR, 30 * HOUR),
    }),
    { maxLength: 40 },
  )
  .map((given) => {
    let now = NOW;
    return given.map(({ gap, language, size, email, mine, country, handling }, i): SimulatedLead => {
      now += gap;
      const values = {
        size,
        ...(language && { language }),
        ...(email && { email }),
        ...(mine && { mine }),
        ...(country && { country }),
      };
      return simulatedLead({ id: `lead-${i}`, values, arrivedAt: now, handling });
    });
  });

/** The meaning itself: at every instant at which anything may change, everybody who waits is looked at, oldest first. */
const oneByOne = (parts: DeskParts, arriving: readonly SimulatedLead[]) => {
  const desk = createDesk(parts);
  const waiting: { lead: SimulatedLead; number: number; history: typeof NO_HISTORY; retryAt: number }[] = [];
  let closings: { at: number; rep: string; lead: string }[] = [];
  const ends: (readonly [taker: string | null, at: number])[] = [];
  const give = (lead: SimulatedLead, number: number, history: typeof NO_HISTORY, now: number) => {
    const { id, values } = lead;
    const { decided, taker } = desk.give({ id, values, history, digest: '', owner: null }, now);
    if (decided.outcome.kind === 'waiting')
      return { lead, number, history: decided.history, retryAt: decided.outcome.retryAt };
    ends[number] = [taker, now];
    if (taker !== null && lead.handling !== null)
      closings.push({ at: now + lead.handling, rep: taker, lead: id });
    return null;
  };
  const look = (now: number) => {
    for (const waiter of waiting.splice(0)) {
      const again = give(waiter.lead, waiter.number, waiter.history, now);
      if (again !== null) waiting.push(again);
    }
  };
  const advance = (to: number) => {
    for (;;) {
      const next = Math.min(...closings.map(({ at }) => at), ...waiting.map(({ retryAt }) => retryAt));
      if (next > to) return;
      const closed = closings.find(({ at }) => at === next);
      if (closed !== undefined) {
        closings = closings.filter((one) => one !== closed);
        desk.release(closed.rep, closed.lead);
      }
      look(next);
    }
  };
  arriving.forEach((lead, number) => {
    advance(lead.arrivedAt);
    const waiter = give(lead, number, desk.historyOf(lead.values), lead.arrivedAt);
    if (waiter !== null) waiting.push(waiter);
  });
  const end = (arriving.at(-1)?.arrivedAt ?? 0) + 7 * 24 * HOUR;
  advance(end);
  for (const { number } of waiting) ends[number] = [null, end];
  return ends;
};

test('lines find whom looking at everybody finds, at the same instant', () => {
  fc.assert(
    fc.property(policy, leads, (parts, arriving) => {
      const { settled } = simulateAll(parts, arriving);
      expect(settled.map(({ taker, at }) => [taker, at])).toEqual(oneByOne(parts, arriving));
    }),
    { numRuns: 300 },
  );
});

test('until a lead waits, and while nothing is closed, leads are given as route gives them', () => {
  fc.assert(
    fc.property(policy, leads, (parts, arriving) => {
      const open = arriving.map((lead) => ({ ...lead, handling: null }));
      const desk = createDesk(parts);
      const routed = open.map(({ id, values, arrivedAt }) =>
        desk.give({ id, values, history: desk.historyOf(values), digest: '', owner: null }, arrivedAt),
      );
      const waits = routed.findIndex(({ decided }) => decided.outcome.kind === 'waiting');
      const before = waits < 0 ? routed.length : waits;
      const { settled } = simulateAll(parts, open.slice(0, before));
      expect(settled.map(({ taker, rule, pool, at }) => [taker, rule, pool, at])).toEqual(
        routed
          .slice(0, before)
          .map(({ taker, decided }, i) => [taker, decided.rule, decided.pool, open[i]!.arrivedAt]),
      );
    }),
    { numRuns: 300 },
  );
});

test('two identical policies show no difference, and their moves count every lead', () => {
  fc.assert(
    fc.property(policy, leads, (parts, arriving) => {
      const comparing = createComparing({ policy: parts, against: parts, hasHistory: false, minutes: [5] });
      for (const lead of arriving) comparing.arrive(lead);
      const { policy: ours, against, movesFromAgainst: moves } = comparing.end();
      expect(against).toEqual(ours);
      expect([moves?.leads, moves?.moved]).toEqual([arriving.length, 0]);
      expect(moves?.reps.every(({ lost, gained }) => lost === 0 && gained === 0)).toBe(true);
    }),
  );
});

test('who has a lead, waits, is in a queue: every lead is one of them, and each pool charges what it gave', () => {
  fc.assert(
    fc.property(policy, leads, (parts, arriving) => {
      const comparing = createComparing({ policy: parts, against: null, hasHistory: false, minutes: [5] });
      for (const lead of arriving) comparing.arrive(lead);
      const { policy: result } = comparing.end();
      const queued = result.unowned.queues.reduce((sum, { leads: count }) => sum + count, 0);
      expect(result.given + queued + result.unowned.waiting).toBe(arriving.length);
      for (const { leads: count, fairness } of result.pools) {
        expect(fairness?.received ?? 0).toBe(count * 1_000_000);
        expect(fairness?.owed ?? 0).toBe(count * 1_000_000);
      }
    }),
  );
});
