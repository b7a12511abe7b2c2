import fc from 'fast-check';
import type { Condition, FieldTest, TimeTest } from '../../server/routing/conditions/condition.ts';
import { comparesFields, OPS_OF } from '../../server/routing/conditions/operators.ts';
import { eventField, SCORE, TERRITORY, TIER } from '../../server/routing/conditions/scope.ts';
import type { FieldValue, LeadValues } from '../../server/routing/lead.ts';
import { FIELD_TYPES, type FieldType } from '../../server/routing/policy/fields.ts';

// Small domains, so that values meet the constants of conditions, lie between them, and miss them.

const words = fc.constantFrom(
  'de',
  'DE',
  'Ger',
  'german',
  'GERMANY',
  'ß',
  'É',
  'e\u0301',
  'a@example.com',
  '+4930123456',
);
const numbers = fc.constantFrom(-1, 0, -0, 1, 1.5, 2, 10, 1e15);
const dates = fc.constantFrom(
  '2026-03-27',
  '2026-03-28',
  '2026-03-29',
  '2026-03-30',
  '2026-02-28',
  '2026-12-31',
);
/** Around the spring change of Europe/London, 2026-03-29 01:00 UTC. */
const instants = fc.constantFrom(
  ...[-90_000_000, -1, 0, 1, 3_600_000, 90_000_000].map((ms) => 1_774_746_000_000 + ms),
);

const valueOfType = (type: FieldType): fc.Arbitrary<FieldValue> => {
  switch (type) {
    case 'number':
      return numbers;
    case 'datetime':
      return instants;
    case 'money':
      return fc.record({ amount: numbers, currency: fc.constantFrom('EUR', 'USD') });
    case 'boolean':
      return fc.boolean();
    case 'date':
      return dates;
    case 'country':
      return fc.constantFrom('DE', 'US', 'GB');
    case 'list':
      return fc.array(words, { minLength: 1, maxLength: 3 });
    default:
      return words;
  }
};

/** Two fields of each type, so that fields can be compared with each other. */
const FIELDS = FIELD_TYPES.flatMap((type) => [
  { name: `${type}1`, type },
  { name: `${type}2`, type },
]);

const fieldTest = (name: string, type: FieldType): fc.Arbitrary<FieldTest> => {
  const value = valueOfType(type);
  const base = { field: name, type };
  const kinds: fc.Arbitrary<FieldTest>[] = [
    fc.boolean().map((present) => ({ kind: 'presence', ...base, present })),
  ];
  const ops = OPS_OF[type];
  const compareOps = (['eq', 'ne', 'gt', 'gte', 'lt', 'lte'] as const).filter((op) => ops.includes(op));
  if (compareOps.length > 0)
    kinds.push(
      fc
        .tuple(fc.constantFrom(...compareOps), value)
        .map(([op, one]) => ({ kind: 'compare', ...base, op, value: one })),
    );
  if (ops.includes('between'))
    kinds.push(fc.tuple(value, value).map(([from, to]) => ({ kind: 'between', ...base, from, to })));
  if (ops.includes('in'))
    kinds.push(
      fc
        .tuple(
          fc.constantFrom('in' as const, 'not_in' as const),
          fc.array(value, { minLength: 1, maxLength: 4 }),
        )
        .map(([op, values]) => ({ kind: 'member', ...base, op, values })),
    );
  const textOps = (['contains', 'starts_with', 'ends_with'] as const).filter((op) => ops.includes(op));
  if (textOps.length > 0)
    kinds.push(
      fc
        .tuple(fc.constantFrom(...textOps), words)
        .map(([op, text]) => ({ kind: 'text', ...base, op, value: text })),
    );
  if (ops.includes('in_last'))
    kinds.push(
      fc
        .constantFrom(1000, 86_400_000, 172_800_000)
        .map((milliseconds) => ({ kind: 'recent', ...base, milliseconds })),
    );
  const pairs = FIELDS.flatMap((other) =>
    (['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'contains', 'starts_with', 'ends_with', 'in', 'not_in'] as const)
      .filter((op) => comparesFields(op, type, other.type))
      .map((op) => ({ kind: 'fields' as const, ...base, op, other: other.name, otherType: other.type })),
  );
  if (pairs.length > 0) kinds.push(fc.constantFrom(...pairs));
  return fc.oneof(...kinds);
};

const span = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
  .map(([from, length]) => ({ from, to: from + length }));

const time: fc.Arbitrary<Condition> = fc.record<TimeTest>({
  kind: fc.constant('time' as const),
  days: fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 })),
  hours: fc.option(fc.array(span, { minLength: 1, maxLength: 2 })),
});

const TERRITORIES = ['west', 'east', 'West2'];
const TIERS = ['hot', 'warm'];
const EVENTS = ['webinar', 'demo'];

/** What is asked of a lead by name: its territory, tier, score, and what it did. */
const derived: fc.Arbitrary<Condition> = fc.oneof(
  fc.boolean().map((present) => ({ kind: 'presence', field: TERRITORY, type: 'choice', present }) as const),
  fc
    .oneof(
      fc.constantFrom(...TERRITORIES).map((value) => [TERRITORY, value] as const),
      fc.constantFrom(...TIERS).map((value) => [TIER, value] as const),
    )
    .map(([name, value]) => ({ kind: 'compare', field: name, type: 'choice', op: 'eq', value }) as const),
  fieldTest(SCORE, 'number'),
  fc
    .record({
      kind: fc.constant('event' as const),
      event: fc.constantFrom(...EVENTS),
      within: fc.option(fc.constantFrom(1000, 86_400_000)),
      atLeast: fc.integer({ min: 1, max: 3 }),
    })
    .map((test): Condition => ({ ...test, field: eventField(test.event) })),
);

/** Fields that come up often, so that several conditions of a rule set look at one. */
const field = fc.oneof(fc.constantFrom(...FIELDS.slice(0, 8)), fc.constantFrom(...FIELDS));
const leaf = fc.oneof(
  { weight: 12, arbitrary: field.chain(({ name, type }) => fieldTest(name, type)) },
  { weight: 1, arbitrary: time },
  { weight: 3, arbitrary: derived },
);

const tree = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({
      kind: fc.constant('all' as const),
      of: fc.array(tie('node'), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant('any' as const),
      of: fc.array(tie('node'), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('node') }),
  ),
}));

/** Any condition: nested, negated, of every type and operator, with the time of the week. */
export const conditions: fc.Arbitrary<Condition> = tree.node;

/** A lead's values, some missing. */
export const leads: fc.Arbitrary<LeadValues> = fc.record(
  {
    ...Object.fromEntries(FIELDS.map(({ name, type }) => [name, valueOfType(type)])),
    [TERRITORY]: fc.constantFrom(...TERRITORIES),
    [TIER]: fc.constantFrom(...TIERS),
    [SCORE]: numbers,
    ...Object.fromEntries(
      EVENTS.map((kind) => [
        eventField(kind),
        fc.array(
          instants.map((at) => new Date(at).toISOString()),
          { maxLength: 4 },
        ),
      ]),
    ),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<LeadValues>;

export const moments = instants;
