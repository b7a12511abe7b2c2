import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import { withFact } from '../../server/routing/explain/facts.ts';
import { goesTo } from '../../server/routing/explain/is-choice.ts';
import { whyNot } from '../../server/routing/explain/why-not.ts';
import type { RepState } from '../../server/routing/state.ts';
import { AT_WORK, away, HOUR, leadOf, NOW, policyOf, repAt, worldOf } from '../support/routing-world.ts';

const IDS = ['a', 'b', 'c', 'd'];

const repArb = (id: string): fc.Arbitrary<RepState> =>
  fc
    .record({
      active: fc.boolean(),
      paused: fc.boolean(),
      reachable: fc.boolean(),
      atWork: fc.boolean(),
      backAt: fc.option(fc.integer({ min: 1, max: 48 })),
      cap: fc.option(fc.integer({ min: 0, max: 6 })),
      open: fc.integer({ min: 0, max: 9 }),
      skill: fc.constantFrom('en', 'de'),
    })
    .map(({ atWork, backAt, cap, open, skill, ...given }) =>
      repAt(id, {
        ...given,
        availability: atWork ? AT_WORK : away(backAt === null ? null : NOW + backAt * HOUR),
        capacity: cap === null ? {} : { open: cap },
        load: { ...repAt(id).load, open },
        skills: { language: skill },
      }),
    );

const policyArb = fc
  .record({
    method: fc.constantFrom('round_robin', 'load_balanced', 'longest_waiting'),
    requires: fc.boolean(),
    split: fc.integer({ min: 1, max: 3 }),
    limit: fc.integer({ min: 1, max: 100 }),
    offer: fc.boolean(),
  })
  .map(({ method, requires, split, limit, offer }) =>
    policyOf({
      fields: { employees: { type: 'number' }, language: { type: 'choice', of: ['en', 'de'] } },
      pools: [
        {
          id: 'one',
          method,
          members: IDS.slice(0, split).map((rep) => ({ rep })),
          ...(requires && { requires: [{ rep: 'skills.language', op: 'contains', lead: 'language' }] }),
        },
        { id: 'two', method, members: IDS.slice(split - 1).map((rep) => ({ rep })) },
      ],
      rules: [
        {
          id: 'r',
          when: { field: 'employees', op: 'gte', value: limit },
          then: [offer ? { pool: 'one', give: 'offer', claimWithin: 'PT10M' } : { pool: 'one' }],
        },
      ],
      fallback: [{ pool: 'two' }],
    }),
  );

test('a change that is told of makes the rep the choice', () => {
  fc.assert(
    fc.property(
      fc.tuple(...IDS.map(repArb)),
      policyArb,
      fc.record({ employees: fc.integer({ min: 0, max: 120 }), language: fc.constantFrom('en', 'de') }),
      fc.constantFrom(...IDS),
      fc.array(fc.integer({ min: -3_000_000, max: 3_000_000 }), { minLength: 4, maxLength: 4 }),
      (reps, compiled, values, rep, lags) => {
        const world = worldOf(reps);
        IDS.forEach((id, i) => {
          for (const pool of ['one', 'two'])
            world.post({
              pool,
              owed: { [id]: lags[i]! },
              charged: {},
              banked: {},
              released: {},
              previousAt: null,
            });
        });
        const lead = leadOf('l', { values });
        const decided = decide(lead, compiled, world.state, NOW);
        const told = whyNot({ inputs: decided.inputs, values, compiled, others: world.state, rep });
        expect(told.chosen).toBe(goesTo(decided.outcome, rep));
        if (told.change === null) return;
        const changed = told.change.facts.reduce((before, fact) => withFact(before, fact, rep), {
          lead,
          state: world.state,
          now: NOW,
        });
        expect(goesTo(decide(changed.lead, compiled, changed.state, changed.now).outcome, rep)).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});
