import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import { ruleTraces } from '../../server/routing/explain/rule-traces.ts';
import type { LeadValues } from '../../server/routing/lead.ts';
import { leadOf, NOW, policyOf, worldOf } from '../support/routing-world.ts';

const DAY = 86_400_000;

/** A condition as a policy has it. */
type Doc = Readonly<Record<string, unknown>>;

const leaf: fc.Arbitrary<Doc> = fc.constantFrom<Doc[]>(
  { territory: 'west' },
  { territory: 'us' },
  { territory: 'any' },
  { territory: 'none' },
  { segment: 'large' },
  { segment: 'large-west' },
  { tier: 'hot' },
  { tier: 'warm' },
  { field: 'score', op: 'gte', value: 20 },
  { event: 'webinar', within: 'P7D', atLeast: 2 },
  { field: 'employees', op: 'gte', value: 100 },
);
const conditions = fc.letrec<{ node: Doc }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('node').map((not) => ({ not })),
  ),
})).node;

const SEGMENTS: Readonly<Record<string, Doc>> = {
  large: { field: 'employees', op: 'gte', value: 100 },
  'large-west': { all: [{ segment: 'large' }, { territory: 'west' }] },
};
const POINTS = [
  { name: 'Large', when: { segment: 'large' }, points: 20 },
  { name: 'Webinars', when: { event: 'webinar', within: 'P7D', atLeast: 2 }, points: 15 },
  { name: 'Nowhere', when: { territory: 'none' }, points: -10 },
];
const TIERS = [
  { id: 'hot', when: { field: 'score', op: 'gte', value: 35 } },
  { id: 'warm', when: { any: [{ segment: 'large-west' }, { field: 'score', op: 'gte', value: 15 }] } },
];

const leads: fc.Arbitrary<LeadValues> = fc.record(
  {
    country: fc.constantFrom('US', 'DE'),
    region: fc.constantFrom('CA', 'NY'),
    employees: fc.constantFrom(99, 100),
    'events.webinar': fc
      .array(fc.constantFrom(-1, 1, 6, 8), { maxLength: 4 })
      .map((days) => days.map((ago) => new Date(NOW - ago * DAY).toISOString())),
  },
  { requiredKeys: [] },
);

type Truth = boolean | null;

/** What the documentation says, said again in the plainest way. */
const plainly = (lead: LeadValues) => {
  const territory = lead.country !== 'US' ? null : lead.region === 'CA' ? 'west' : 'us';
  const webinars = ((lead['events.webinar'] ?? []) as readonly string[]).filter(
    (at) => Date.parse(at) <= NOW && Date.parse(at) >= NOW - 7 * DAY,
  ).length;
  let score = 0;
  let tier: string | null = null;
  const atLeast = (value: unknown, least: unknown): Truth =>
    value === undefined ? null : (value as number) >= (least as number);
  const truth = (doc: Doc): Truth => {
    if ('all' in doc) {
      const parts = (doc.all as Doc[]).map(truth);
      return parts.includes(false) ? false : parts.includes(null) ? null : true;
    }
    if ('any' in doc) {
      const parts = (doc.any as Doc[]).map(truth);
      return parts.includes(true) ? true : parts.includes(null) ? null : false;
    }
    if ('not' in doc) {
      const part = truth(doc.not as Doc);
      return part === null ? null : !part;
    }
    if ('segment' in doc) return truth(SEGMENTS[doc.segment as string]!);
    if ('event' in doc) return webinars >= 2;
    if ('tier' in doc) return tier === null ? null : tier === doc.tier;
    if (doc.territory === 'any') return territory !== null;
    if (doc.territory === 'none') return territory === null;
    if ('territory' in doc) return territory === null ? null : territory === doc.territory;
    return atLeast(doc.field === 'score' ? score : lead.employees, doc.value);
  };
  for (const { when, points } of POINTS) if (truth(when) === true) score += points;
  tier = TIERS.find(({ when }) => truth(when) === true)?.id ?? null;
  return { truth, territory, score, tier };
};

const policyWith = (rules: readonly Doc[]) =>
  policyOf({
    fields: { country: { type: 'country' }, region: { type: 'text' }, employees: { type: 'number' } },
    territories: [
      { id: 'us', match: [{ country: 'US' }] },
      { id: 'west', match: [{ country: 'US', region: 'CA' }] },
    ],
    segments: Object.entries(SEGMENTS).map(([id, when]) => ({ id, when })),
    events: ['webinar'],
    score: { points: POINTS },
    tiers: TIERS,
    queues: [{ id: 'q' }],
    rules: rules.map((when, i) => ({ id: `r${i}`, when, then: [{ queue: 'q' }] })),
    fallback: [{ queue: 'q' }],
  });

test('the rule that decides, what the decision says of the lead, and the explanation are what reading the policy plainly says', () => {
  let matched = 0;
  fc.assert(
    fc.property(
      fc.array(conditions, { minLength: 1, maxLength: 12 }),
      fc.array(leads, { minLength: 1, maxLength: 8 }),
      (rules, visits) => {
        const compiled = policyWith(rules);
        for (const values of visits) {
          const { truth, territory, score, tier } = plainly(values);
          const first = rules.findIndex((rule) => truth(rule) === true);
          const { rule, derived } = decide(leadOf('lead', { values }), compiled, worldOf([]).state, NOW);
          expect(rule).toBe(first < 0 ? null : `r${first}`);
          expect([derived?.territory ?? null, derived?.score, derived?.tier ?? null]).toEqual([
            territory,
            score,
            tier,
          ]);
          const traces = ruleTraces(compiled.policy, values, NOW);
          expect(traces.findIndex((trace) => trace.matched)).toBe(first);
          for (const { because } of traces) expect(because).not.toMatch(/#|undefined|null/);
          if (first > 0) matched++;
        }
      },
    ),
    { numRuns: 800 },
  );
  expect(matched).toBeGreaterThan(500);
});
