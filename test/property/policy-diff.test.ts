import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listChanges } from '../../server/routing/diff/list-changes.ts';
import { policyDiff } from '../../server/routing/diff/policy-diff.ts';
import { canonicalJson } from '../../server/routing/hash/canonical-json.ts';
import type { Json } from '../../server/routing/words/value-words.ts';

const rep = (id: string): string => id;

const condition = fc.letrec<{ one: Json; test: Json }>((tie) => ({
  test: fc.record({
    field: fc.constantFrom('country', 'employees'),
    op: fc.constantFrom('eq', 'gte', 'in'),
    value: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom<Json>('US', ['US', 'CA'])),
  }),
  one: fc.oneof(
    { maxDepth: 2 },
    tie('test'),
    fc.record({ all: fc.array(tie('one'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('one'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('one') }),
  ),
})).one;

const named = <T extends object>(entry: fc.Arbitrary<T>) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), entry), { selector: ([id]) => id })
    .map((list) => list.map(([id, rest]) => ({ id, ...rest }) as unknown as Json));

const member = fc.record(
  { rep: fc.constantFrom('x', 'y', 'z'), weight: fc.integer({ min: 1, max: 3 }) },
  { requiredKeys: ['rep', 'weight'] },
);

const policy: fc.Arbitrary<Json> = fc.record(
  {
    name: fc.constantFrom('P', 'Q'),
    rules: named(
      fc.record(
        {
          name: fc.constantFrom('One', 'Two'),
          when: condition,
          then: fc.array(fc.record({ pool: fc.constantFrom('a', 'b') }), { minLength: 1, maxLength: 2 }),
          sla: fc.constantFrom('fast', 'slow'),
        },
        { requiredKeys: ['when', 'then'] },
      ),
    ),
    pools: named(
      fc.record({
        members: fc.uniqueArray(member, { selector: (one) => one.rep }),
        method: fc.constantFrom('round_robin', 'load_balanced'),
      }),
    ),
    fields: fc.dictionary(
      fc.constantFrom('country', 'employees'),
      fc.record({ type: fc.constantFrom('text', 'number') }),
    ),
    fallback: fc.array(fc.record({ pool: fc.constantFrom('a', 'b') }), { maxLength: 2 }),
    hold: fc.record({ atMost: fc.constantFrom('PT1M', 'PT60S', 'PT2M') }),
    openWork: condition,
  },
  { requiredKeys: ['name'] },
) as unknown as fc.Arbitrary<Json>;

/** What stands for nothing: an empty part is the same as none. */
const bare = (document: Json): string =>
  canonicalJson(
    Object.fromEntries(
      Object.entries(document as Record<string, Json>).filter(
        ([key, value]) =>
          !(['rules', 'pools', 'fields'].includes(key) && Object.keys(value as object).length === 0),
      ),
    ),
  );

describe('the difference of two policies', () => {
  test('is nothing exactly where they are the same', () => {
    fc.assert(
      fc.property(policy, policy, (before, after) => {
        expect(policyDiff(before, after, rep).length === 0).toBe(bare(before) === bare(after));
        expect(policyDiff(before, before, rep)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test('moves the fewest entries that explain an order', () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 });
    fc.assert(
      fc.property(order, (after) => {
        const { moved } = listChanges([0, 1, 2, 3, 4, 5, 6], after, String);
        const staying = after.filter((one) => !moved.some(({ after: entry }) => entry === one));
        expect(staying).toEqual([...staying].sort((a, b) => a - b));
        const rising = (list: readonly number[]): number =>
          Math.max(0, ...list.map((one, i) => 1 + rising(list.slice(i + 1).filter((other) => other > one))));
        expect(staying.length).toBe(rising(after));
      }),
      { numRuns: 200 },
    );
  });
});
