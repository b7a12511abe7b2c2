import type { Condition, FieldTest } from '../../server/routing/conditions/condition.ts';
import type { FieldValue } from '../../server/routing/lead.ts';
import type { Field, Fields, FieldType } from '../../server/routing/policy/fields.ts';
import type { Policy, Rule } from '../../server/routing/policy/schema.ts';
import type { Random } from '../rules/random.ts';

const TYPES = [
  'text',
  'choice',
  'number',
  'country',
  'date',
  'list',
  'boolean',
  'email',
  'money',
  'datetime',
] as const;
const WORDS = ['alpha', 'al', 'pha', 'beta', 'be', 'ta', 'gamma', 'mm', 'delta'] as const;

/** Fields of the decidable types, in turn. */
export const makeFields = (count: number): Fields =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i): [string, Field] => {
      const type = TYPES[i % TYPES.length]!;
      const of = type === 'choice' ? ['red', 'green', 'blue', 'black'] : null;
      return [`${type}${Math.floor(i / TYPES.length)}`, { type, of, currency: null, sources: {} }];
    }),
  );

const someValue = (type: FieldType, random: Random): FieldValue => {
  switch (type) {
    case 'number':
      return random.below(6) * 10;
    case 'money':
      return { amount: random.below(4) * 100, currency: random.pick(['EUR', 'USD']) };
    case 'boolean':
      return random.unit() < 0.5;
    case 'date':
      return `2026-01-0${1 + random.below(6)}`;
    case 'datetime':
      return 1_767_225_600_000 + random.below(4) * 86_400_000;
    case 'country':
      return random.pick(['US', 'DE', 'GB', 'FR', 'CA', 'JP']);
    case 'choice':
      return random.pick(['red', 'green', 'blue', 'black']);
    case 'email':
      return `${random.pick(WORDS)}@${random.pick(WORDS)}.com`;
    default:
      return random.pick(WORDS);
  }
};

const ordered = (type: FieldType, field: string, random: Random): FieldTest => {
  const from = someValue(type, random);
  if (random.unit() < 0.3) {
    const to = someValue(type, random);
    const swap = typeof from === 'object' || typeof to === 'object' || from > to;
    if (typeof from !== 'object')
      return swap
        ? { kind: 'between', field, type, from: to, to: from }
        : { kind: 'between', field, type, from, to };
  }
  return {
    kind: 'compare',
    field,
    type,
    op: random.pick(['eq', 'ne', 'gt', 'gte', 'lt', 'lte'] as const),
    value: from,
  };
};

const testOf = (field: string, type: FieldType, random: Random): FieldTest => {
  if (random.unit() < 0.1) return { kind: 'presence', field, type, present: random.unit() < 0.5 };
  switch (type) {
    case 'number':
    case 'money':
    case 'date':
    case 'datetime':
      return ordered(type, field, random);
    case 'boolean':
      return {
        kind: 'compare',
        field,
        type,
        op: random.pick(['eq', 'ne'] as const),
        value: someValue(type, random),
      };
    case 'list':
      return { kind: 'text', field, type, op: 'contains', value: random.pick(WORDS) };
    default: {
      const partial = (type === 'text' || type === 'email') && random.unit() < 0.5;
      if (partial)
        return {
          kind: 'text',
          field,
          type,
          op: random.pick(['contains', 'starts_with', 'ends_with'] as const),
          value: random.pick(WORDS),
        };
      const values = Array.from({ length: 1 + random.below(3) }, () => someValue(type, random));
      return { kind: 'member', field, type, op: random.pick(['in', 'in', 'not_in'] as const), values };
    }
  }
};

const timeTest = (random: Random): Condition => {
  const from = random.below(24) * 60;
  return {
    kind: 'time',
    days: random.unit() < 0.5 ? null : random.sample([0, 1, 2, 3, 4, 5, 6], 1 + random.below(4)).toSorted(),
    hours: [{ from, to: from + (1 + random.below(12)) * 60 }],
  };
};

/** A condition of the kinds that are taken apart. `depth`: how far it may nest. */
export const randomCondition = (fields: Fields, random: Random, depth: number): Condition => {
  const share = random.unit();
  if (depth > 0 && share < 0.5) {
    const of = Array.from({ length: 2 + random.below(2) }, () => randomCondition(fields, random, depth - 1));
    return { kind: share < 0.35 ? 'all' : 'any', of };
  }
  if (depth > 0 && share < 0.6) return { kind: 'not', of: randomCondition(fields, random, depth - 1) };
  if (share > 0.96) return timeTest(random);
  const field = random.pick(Object.keys(fields));
  return testOf(field, fields[field]!.type, random);
};

/** A policy of such rules, each with a pool step, and one pool of one rep. */
export const policyOf = (fields: Fields, conditions: readonly Condition[]): Policy => {
  const rules = conditions.map(
    (when, i): Rule => ({
      id: `r${i}`,
      name: `Rule ${i}`,
      when,
      steps: [{ kind: 'pool', pool: 'all', give: { mode: 'assign' } }],
    }),
  );
  return {
    fairlead: 1,
    name: 'Random',
    timezone: 'Europe/London',
    hours: null,
    fields,
    intake: { when: null, owned: 'keep', again: 'never' },
    crmOfRecord: null,
    openWork: null,
    queues: [],
    pools: [
      {
        id: 'all',
        name: 'All',
        members: [{ kind: 'rep', rep: 'dana', weight: 1 }],
        method: 'round_robin',
        availability: { kind: 'now' },
        catchUp: { mode: 'none' },
        requires: [],
      },
    ],
    rules,
    fallback: [],
    reps: null,
  };
};
