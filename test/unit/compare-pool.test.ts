import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePool, type SharedLead } from '../../server/routing/audit/compare-pool.ts';
import { poolSentence } from '../../server/routing/audit/pool-sentence.ts';
import { decide } from '../../server/routing/decide/decide.ts';
import { assignTo, leadOf, NOW, pool, repAt, worldOf } from '../support/routing-world.ts';

const HALF = 500_000;
const lead = (theirs: string | null, ours: string, shares: SharedLead['shares']): SharedLead => ({
  theirs,
  ours,
  shares,
});
const both = { ann: HALF, bob: HALF };
const named = (rep: string) => rep.toUpperCase();

test('what each was owed, got and would have got, and who is furthest from it', () => {
  const compared = comparePool(
    [
      lead('ann', 'ann', both),
      lead('ann', 'bob', both),
      // Only bob worked.
      lead('ann', 'bob', { bob: 2 * HALF }),
      lead('zoe', 'ann', both),
      lead(null, 'bob', both),
      lead('cy', 'ann', both),
    ],
    ['ann', 'bob', 'cy'],
  );
  expect(compared).toEqual({
    leads: 6,
    outside: 1,
    nobody: 1,
    members: [
      { rep: 'bob', owed: 3.5, theirs: 0, ours: 3 },
      { rep: 'cy', owed: 0, theirs: 1, ours: 0 },
      { rep: 'ann', owed: 2.5, theirs: 3, ours: 3 },
    ],
    theirs: { rep: 'bob', by: -3.5 },
    ours: { rep: 'bob', by: -0.5 },
  });
  expect(poolSentence(compared!, named)).toBe(
    'Today BOB is furthest from the share they are owed, with 3.5 leads too few; with Fairlead nobody is more than 0.5 of a lead away. Of 6 leads today, 1 went to people outside the pool and 1 to nobody.',
  );
});

test('a pool whose members all have their share, and one that nobody is in', () => {
  const even = comparePool([lead('ann', 'bob', both), lead('bob', 'ann', both)], ['ann', 'bob']);
  expect(poolSentence(even!, named)).toBe(
    'Today everybody has the share they are owed; with Fairlead everybody has exactly theirs.',
  );
  expect(comparePool([], ['ann'])).toBeNull();
  expect(comparePool([lead('ann', 'bob', {})], [])).toBeNull();
});

test('rules and weights count for nobody: Fairlead’s own turns stay within a lead of what they owe, and all adds up', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 6 }),
      fc.array(fc.integer({ min: -1, max: 8 }), { minLength: 1, maxLength: 60 }),
      (weights, given) => {
        const reps = weights.map((_, i) => `rep${i}`);
        const compiled = assignTo(pool(reps.map((rep, i) => ({ rep, weight: weights[i] }))));
        const world = worldOf(reps.map((rep) => repAt(rep)));
        const leads = given.map((to, i): SharedLead => {
          const { outcome, posting } = decide(leadOf(`l${i}`), compiled, world.state, NOW + i);
          world.post(posting, NOW + i);
          if (outcome.kind !== 'assigned') throw new Error('everybody is there');
          return { shares: posting!.owed, ours: outcome.rep, theirs: to < 0 ? null : `rep${to}` };
        });
        const compared = comparePool(leads, reps)!;
        expect(Math.abs(compared.ours.by)).toBeLessThan(1);
        const sum = (of: (member: (typeof compared.members)[number]) => number) =>
          compared.members.reduce((total, member) => total + of(member), 0);
        expect(sum(({ owed }) => owed)).toBeCloseTo(leads.length, 6);
        expect(sum(({ ours }) => ours)).toBe(leads.length);
        expect(sum(({ theirs }) => theirs) + compared.outside + compared.nobody).toBe(leads.length);
      },
    ),
    { numRuns: 100 },
  );
});
