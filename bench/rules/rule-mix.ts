import type { Condition } from '../../server/routing/conditions/condition.ts';
import type { LeadValues } from '../../server/routing/lead.ts';
import { makeRandom, type Random } from './random.ts';

/** A test in a form that every engine of the comparison can express. All fields hold a value in every lead. */
export type Test =
  | { readonly op: 'eq' | 'ne' | 'contains'; readonly field: string; readonly value: string }
  | { readonly op: 'in'; readonly field: string; readonly values: readonly string[] }
  | { readonly op: 'gte' | 'lt'; readonly field: string; readonly value: number }
  | { readonly op: 'between'; readonly field: string; readonly from: number; readonly to: number }
  | { readonly op: 'same'; readonly field: string; readonly other: string };

/** A rule matches when all its tests hold. */
export type MixedRule = readonly Test[];

const words = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

/** As many values as such fields have: ISO countries, states and provinces, HubSpot's industries, and so on. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  country: words('country', 249),
  region: words('region', 120),
  industry: words('industry', 148),
  source: words('source', 30),
  language: words('language', 40),
  product: words('product', 60),
  campaign: words('campaign', 500),
};
const NUMBERS: Readonly<Record<string, number>> = { employees: 20_000, revenue: 1_000_000, score: 100 };
const LONG_TEXTS = ['title', 'message'];
const VOCABULARY = words('word', 300);
/** The billing country is the same as the country for half of the leads. */
const TWIN = { field: 'country', other: 'billing_country' } as const;

const equality = (random: Random): Test => {
  const field = random.pick(Object.keys(TEXTS));
  const values = TEXTS[field]!;
  if (random.unit() < 0.5) return { op: 'eq', field, value: random.pick(values) };
  return { op: 'in', field, values: random.sample(values, 2 + random.below(4)) };
};

const range = (random: Random): Test => {
  const field = random.pick(Object.keys(NUMBERS));
  const limit = NUMBERS[field]!;
  const from = random.below(limit);
  const kind = random.below(3);
  if (kind === 0) return { op: 'gte', field, value: from };
  if (kind === 1) return { op: 'lt', field, value: from };
  return { op: 'between', field, from, to: from + random.below(Math.ceil(limit / 4)) };
};

/** Tests without a place in an index of equalities and ranges. `not` keeps its field's index in ours. */
const awkward = (random: Random, unindexable: boolean): Test => {
  const kind = random.below(unindexable ? 2 : 3);
  if (kind === 0) return { op: 'contains', field: random.pick(LONG_TEXTS), value: random.pick(VOCABULARY) };
  if (kind === 1) return { op: 'same', ...TWIN };
  const field = random.pick(Object.keys(TEXTS));
  return { op: 'ne', field, value: random.pick(TEXTS[field]!) };
};

/** 60 % equalities and sets, 25 % ranges, 15 % contains, negations and fields against fields. */
const anyTest = (random: Random): Test => {
  const share = random.unit();
  if (share < 0.6) return equality(random);
  return share < 0.85 ? range(random) : awkward(random, false);
};

/** Three tests a rule, on different fields. */
const rule = (random: Random, make: (random: Random) => Test): MixedRule => {
  const tests = new Map<string, Test>();
  for (let tries = 0; tests.size < 3 && tries < 100; tries++) {
    const test = make(random);
    if (!tests.has(test.field)) tests.set(test.field, test);
  }
  return [...tests.values()];
};

/** The rules of the comparison: the same seed and count, the same rules. */
export const makeRules = (count: number, mix: 'usual' | 'unindexable', seed = 1): readonly MixedRule[] => {
  const random = makeRandom(seed);
  const make = mix === 'usual' ? anyTest : (source: Random) => awkward(source, true);
  return Array.from({ length: count }, () => rule(random, make));
};

/** Leads with a value in every field, drawn evenly from what rules ask for. */
export const makeLeads = (count: number, seed = 2): readonly LeadValues[] => {
  const random = makeRandom(seed);
  return Array.from({ length: count }, () => {
    const values: Record<string, string | number> = {};
    for (const [field, list] of Object.entries(TEXTS)) values[field] = random.pick(list);
    for (const [field, limit] of Object.entries(NUMBERS)) values[field] = random.below(limit);
    for (const field of LONG_TEXTS) values[field] = random.sample(VOCABULARY, 6).join(' ');
    values[TWIN.other] = random.unit() < 0.5 ? values.country! : random.pick(TEXTS.country!);
    return values;
  });
};

/** A rule in the terms of the core. */
export const toCondition = (tests: MixedRule): Condition => ({ kind: 'all', of: tests.map(toTest) });

const toTest = (test: Test): Condition => {
  const { field } = test;
  switch (test.op) {
    case 'eq':
      return { kind: 'compare', field, type: 'text', op: 'eq', value: test.value };
    case 'ne':
      return { kind: 'not', of: { kind: 'compare', field, type: 'text', op: 'eq', value: test.value } };
    case 'contains':
      return { kind: 'text', field, type: 'text', op: 'contains', value: test.value };
    case 'in':
      return { kind: 'member', field, type: 'text', op: 'in', values: test.values };
    case 'gte':
    case 'lt':
      return { kind: 'compare', field, type: 'number', op: test.op, value: test.value };
    case 'between':
      return { kind: 'between', field, type: 'number', from: test.from, to: test.to };
    case 'same':
      return { kind: 'fields', field, type: 'text', op: 'eq', other: test.other, otherType: 'text' };
    default:
      return test satisfies never;
  }
};
