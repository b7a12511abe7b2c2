import { describe, expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import { deriver, tierOf } from '../../server/routing/derive/derive-values.ts';
import { explainRules } from '../../server/routing/explain/explain-rules.ts';
import { ruleTraces } from '../../server/routing/explain/rule-traces.ts';
import type { LeadValues } from '../../server/routing/lead.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';
import { policyHash } from '../../server/routing/policy/policy-hash.ts';
import { renderDecision } from '../../server/routing/render/render-decision.ts';
import { away, codesOf, HOUR, leadOf, NOW, policyOf, repAt, worldOf } from '../support/routing-world.ts';

const fields = {
  country: { type: 'country' },
  region: { type: 'text' },
  city: { type: 'text' },
  postal: { type: 'text' },
  employees: { type: 'number' },
};

const territories = [
  {
    id: 'west',
    name: 'West',
    match: [
      { country: 'US', region: ['CA', 'OR'] },
      { country: 'US', postal: ['9*'] },
    ],
  },
  { id: 'east', name: 'East', match: [{ country: 'US', region: ['NY', 'MA'] }] },
  { id: 'us', match: [{ country: 'US' }] },
];

const problemsOf = (document: Record<string, unknown>): readonly string[] => {
  const parsed = parsePolicy({ fairlead: 1, name: 'Test', fields, ...document });
  return parsed.ok ? [] : parsed.problems.map(({ field, message }) => `${field} ${message}`);
};

const toQueue = (...whens: unknown[]) => ({
  queues: [{ id: 'q' }],
  rules: whens.map((when, i) => ({ id: `r${i}`, when, then: [{ queue: 'q' }] })),
});

const ruleOf = (document: Record<string, unknown>, values: LeadValues, now = NOW) =>
  decide(leadOf('lead', { values }), policyOf({ fields, ...document }), worldOf([]).state, now).rule;

const names = Object.fromEntries(
  ['rep', 'pool', 'rule', 'queue', 'territory', 'tier', 'points'].map((kind) => [kind, (id: string) => id]),
) as unknown as Parameters<typeof renderDecision>[1]['names'];
const reasonOf = (decided: ReturnType<typeof decide>) =>
  renderDecision(decided, { names, reader: { timezone: 'UTC', language: 'en' }, decidedAt: NOW }).reason;

describe('territories', () => {
  const pools = [
    {
      id: 'desk',
      members: [
        { rep: 'dana', territories: ['west'] },
        { rep: 'sam', territories: ['east', 'us'] },
        { team: 'all', territories: ['us'] },
      ],
      method: 'round_robin',
      requires: [{ rep: 'territories', op: 'contains', lead: 'territory' }],
    },
  ];
  const compiled = policyOf({ fields, territories, pools, fallback: [{ pool: 'desk' }] });
  const world = worldOf([repAt('dana'), repAt('sam'), repAt('lee')], { all: ['dana', 'lee'] });
  const decideFor = (values: LeadValues) => decide(leadOf('lead', { values }), compiled, world.state, NOW);

  test('only members who work the lead’s territory have it, and the others are told why not', () => {
    const decided = decideFor({ country: 'US', postal: '94105' });
    expect(decided.derived).toEqual({ territory: 'west' });
    // Dana is in the team as well; who is listed twice counts as listed first.
    expect(codesOf(decided)).toEqual({ dana: 'chosen', sam: 'not_in_territory', lee: 'not_in_territory' });
    expect(reasonOf(decided)).toContain('The lead: territory west.');
    expect(reasonOf(decided)).toContain('lee: the lead is outside their territory.');
    expect(codesOf(decideFor({ country: 'US', region: 'MA' }))).toMatchObject({ sam: 'chosen' });
  });

  test('who is away is owed nothing for leads outside their territory', () => {
    const [desk] = pools;
    const catching = policyOf({
      fields,
      territories,
      pools: [{ ...desk, catchUp: { mode: 'full' } }],
      fallback: [{ pool: 'desk' }],
    });
    const off = (id: string) => repAt(id, { availability: away(NOW + HOUR, 'time_off') });
    const gone = worldOf([repAt('lee'), off('dana'), off('sam')], { all: ['lee'] });
    const owed = (values: LeadValues) =>
      decide(leadOf('lead', { values }), catching, gone.state, NOW).posting?.banked;
    expect(Object.keys(owed({ country: 'US' })!)).toEqual(['sam', 'lee']);
    expect(
      decide(leadOf('lead', { values: { country: 'US' } }), catching, gone.state, NOW).outcome,
    ).toMatchObject({ rep: 'lee' });
  });

  test('a lead in no territory finds nobody there', () => {
    const decided = decideFor({ country: 'DE', region: 'CA' });
    expect(decided.outcome.kind).toBe('waiting');
    expect(new Set(Object.values(codesOf(decided)))).toEqual(new Set(['not_in_territory']));
    expect('derived' in decided).toBe(false);
  });

  test('conditions ask for one, for any and for none; without one nothing else matches', () => {
    const rules = {
      territories,
      ...toQueue({ territory: 'west' }, { not: { territory: 'west' } }, { territory: 'none' }),
    };
    expect(ruleOf(rules, { country: 'US', region: 'or' })).toBe('r0');
    expect(ruleOf(rules, { country: 'US' })).toBe('r1');
    expect(ruleOf(rules, { country: 'DE' })).toBe('r2');
    expect(ruleOf({ territories, ...toQueue({ territory: 'any' }) }, { country: 'US' })).toBe('r0');
    expect(ruleOf({ territories, ...toQueue({ territory: 'any' }) }, {})).toBeNull();
  });

  test('a boundary with dates moves on its days in the policy’s zone, both included', () => {
    const dated = {
      timezone: 'America/New_York',
      territories: [
        { id: 'old', match: [{ country: 'US' }], until: '2026-11-23' },
        { id: 'new', match: [{ country: 'US' }], from: '2026-11-24' },
      ],
      ...toQueue({ territory: 'old' }, { territory: 'new' }),
    };
    const midnight = Date.parse('2026-11-24T00:00:00-05:00');
    expect(ruleOf(dated, { country: 'US' }, midnight - 1)).toBe('r0');
    expect(ruleOf(dated, { country: 'US' }, midnight)).toBe('r1');
  });

  test('why a rule did not match names the territory', () => {
    const { policy } = policyOf({ fields, territories, ...toQueue({ territory: 'west' }) });
    expect(ruleTraces(policy, { country: 'US' }, NOW)[0]?.because).toBe('territory is us, needs west');
    expect(ruleTraces(policy, {}, NOW)[0]?.because).toBe('no territory, needs west');
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      'a field that is not declared',
      { fields: {}, territories: [{ id: 'x', match: [{ region: 'CA' }] }] },
      '/territories/0/match/0/region areas by region look at the field of that name; declare region under fields, of type text or choice',
    ],
    [
      'a field of another type',
      { fields: { postal: { type: 'number' } }, territories: [{ id: 'x', match: [{ postal: '9*' }] }] },
      '/territories/0/match/0/postal the field postal is number; areas look at one of type text',
    ],
    [
      'a country nobody knows',
      { territories: [{ id: 'x', match: [{ country: 'Atlantis' }] }] },
      '/territories/0/match/0/country/0 ',
    ],
    [
      'a star in the middle',
      { territories: [{ id: 'x', match: [{ postal: '9*5' }] }] },
      '9*5 is no postal code',
    ],
    [
      'a postal code without quotes',
      { territories: [{ id: 'x', match: [{ postal: [94105] }] }] },
      'put it in quotes: "94105"',
    ],
    [
      'an area of nothing',
      { territories: [{ id: 'x', match: [{}] }] },
      'an area names at least one of country, region, city and postal',
    ],
    [
      'the reserved word any',
      { territories: [{ id: 'any', match: [{ country: 'US' }] }] },
      'any and none are reserved',
    ],
    [
      'dates the wrong way',
      { territories: [{ id: 'x', match: [{ country: 'US' }], from: '2026-02-01', until: '2026-01-01' }] },
      'swap them',
    ],
    ['one given twice', { territories: [...territories, territories[0]] }, 'west is given twice'],
    [
      'a condition on one there is not',
      { territories, ...toQueue({ territory: 'wst' }) },
      '/rules/0/when/territory wst is no territory of this policy; did you mean west?',
    ],
    [
      'a member’s that there is not',
      { territories, pools: [{ ...pools[0], members: [{ rep: 'dana', territories: ['wst'] }] }] },
      'wst is no territory of this policy; did you mean west?',
    ],
    [
      'a member without any',
      { territories, pools: [{ ...pools[0], members: [{ rep: 'dana' }] }] },
      'a member without any gets nothing',
    ],
    [
      'a member’s in a pool that does not ask',
      { territories, pools: [{ ...pools[0], requires: [] }] },
      'says nothing unless the pool has requires',
    ],
    [
      'another question',
      {
        territories,
        pools: [{ ...pools[0], requires: [{ rep: 'territories', op: 'eq', lead: 'territory' }] }],
      },
      'write {rep: territories, op: contains, lead: territory}',
    ],
    [
      'open work',
      { territories, openWork: { territory: 'west' } },
      '/openWork/territory the territory is not known where this is asked',
    ],
  ])('refuses %s', (_, document, message) => {
    expect(problemsOf(document).join('\n')).toContain(message);
  });
});

describe('segments', () => {
  const segments = [
    { id: 'large', name: 'Large', when: { field: 'employees', op: 'gte', value: 1000 } },
    { id: 'large-us', when: { all: [{ segment: 'large' }, { field: 'country', op: 'eq', value: 'US' }] } },
  ];

  test('a rule uses a condition by its name, and says so', () => {
    const document = { segments, ...toQueue({ segment: 'large-us' }, { not: { segment: 'large' } }) };
    expect(ruleOf(document, { employees: 2000, country: 'US' })).toBe('r0');
    expect(ruleOf(document, { employees: 12 })).toBe('r1');
    expect(ruleOf(document, {})).toBeNull();
    const { policy } = policyOf({ fields, ...document });
    expect(ruleTraces(policy, { employees: 12 }, NOW)[0]?.because).toBe(
      'not in segment large-us (not in segment Large (employees is 12, needs at least 1000))',
    );
  });

  test('a segment made of itself is refused by name, a mistake in one is told once', () => {
    const circle = [
      { id: 'a', when: { segment: 'b' } },
      { id: 'b', when: { not: { segment: 'a' } } },
    ];
    expect(problemsOf({ segments: circle })).toEqual([
      '/segments/0/when a → b → a: a segment cannot be made of itself; break the circle',
    ]);
    const wrong = [{ id: 'a', when: { field: 'size', op: 'eq', value: 1 } }];
    expect(problemsOf({ segments: wrong, ...toQueue({ segment: 'a' }, { segment: 'a' }) })).toHaveLength(1);
    expect(problemsOf({ segments, ...toQueue({ segment: 'lage' }) })[0]).toContain('did you mean large?');
  });
});

describe('score and tiers', () => {
  const document = {
    territories,
    events: ['webinar', 'demo'],
    score: {
      points: [
        { name: 'Large', when: { field: 'employees', op: 'gte', value: 1000 }, points: 40 },
        { name: 'West', when: { territory: 'west' }, points: 15 },
        { name: 'Webinars', when: { event: 'webinar', within: 'P14D', atLeast: 2 }, points: 20 },
        { name: 'Not in sales area', when: { territory: 'none' }, points: -100 },
      ],
      min: 0,
      max: 60,
    },
    tiers: [
      { id: 'hot', name: 'Hot', when: { field: 'score', op: 'gte', value: 50 }, urgent: true },
      { id: 'warm', when: { field: 'score', op: 'gt', value: 0 } },
    ],
    ...toQueue({ tier: 'hot' }, { field: 'score', op: 'eq', value: 0 }, { tier: 'warm' }),
  };
  const compiled = policyOf({ fields, ...document });
  const webinar = (...ago: number[]) => ({
    'events.webinar': ago.map((days) => new Date(NOW - days * 24 * HOUR).toISOString()),
  });
  const scored = (values: LeadValues) => {
    const { scored, tier } = deriver(compiled.policy)(values, NOW);
    return [scored?.score, tier?.id ?? null];
  };

  test('points add up, what is not known gives none, and the sum keeps to its bounds', () => {
    const west = { country: 'US', region: 'CA' };
    expect(scored(west)).toEqual([15, 'warm']);
    expect(scored({ ...west, employees: 1000 })).toEqual([55, 'hot']);
    expect(scored({ ...west, employees: 1000, ...webinar(1, 2) })).toEqual([60, 'hot']);
    expect(scored({})).toEqual([0, null]);
    expect(scored({ ...west, ...webinar(1, 15) })).toEqual([15, 'warm']);
    expect(scored({ ...west, ...webinar(1, 14) })).toEqual([35, 'warm']);
    // What is yet to come has not happened.
    expect(scored({ ...west, ...webinar(1, -1) })).toEqual([15, 'warm']);
  });

  test('rules ask for the tier and the score; the decision keeps both, and says so', () => {
    const values = { country: 'US', region: 'CA', employees: 5000 };
    const decided = decide(leadOf('lead', { values }), compiled, worldOf([]).state, NOW);
    expect(decided.rule).toBe('r0');
    expect(decided.derived).toEqual({
      points: [0, 1],
      score: 55,
      territory: 'west',
      tier: 'hot',
      urgent: true,
    });
    expect(reasonOf(decided)).toContain('The lead: territory west; tier hot, urgent; score 55 (0, 1).');
    expect(ruleOf(document, {})).toBe('r1');
    expect(tierOf(compiled.policy, values, NOW)).toMatchObject({ id: 'hot', urgent: true });
  });

  test('why names what was worked out', () => {
    const { policy } = policyOf({
      fields,
      ...document,
      ...toQueue(
        { tier: 'hot' },
        { field: 'score', op: 'gt', value: 70 },
        { event: 'webinar', within: 'P14D', atLeast: 2 },
      ),
    });
    expect(
      ruleTraces(policy, { country: 'US', region: 'CA', ...webinar(3) }, NOW).map(({ because }) => because),
    ).toEqual([
      'tier is warm, needs hot',
      'score is 15, needs more than 70',
      'webinar once in the last 14 days, needs at least 2',
    ]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      'a score that looks at itself',
      { score: { points: [{ name: 'x', points: 1, when: { field: 'score', op: 'gt', value: 0 } }] } },
      'score is not a declared field',
    ],
    [
      'a score that looks at the tier',
      { ...document, score: { points: [{ name: 'x', points: 1, when: { tier: 'hot' } }] } },
      'the tier is not known where this is asked',
    ],
    [
      'a tier by a segment that looks at tiers',
      { segments: [{ id: 's', when: { tier: 'hot' } }], tiers: [{ id: 'hot', when: { segment: 's' } }] },
      's asks for the tier, which is not known where this is asked',
    ],
    [
      'half a point',
      { score: { points: [{ name: 'x', points: 0.5, when: { territory: 'none' } }] } },
      'write a whole number of points',
    ],
    [
      'bounds the wrong way',
      { score: { points: document.score.points, min: 2, max: 1 } },
      '/score/min 2 is above max; swap them',
    ],
    [
      'a field called score',
      { ...document, fields: { ...fields, score: { type: 'number' } } },
      'the score of the policy has this name',
    ],
    [
      'an event that is not declared',
      { events: ['webinar'], ...toQueue({ event: 'webinr' }) },
      'webinr is no event of this policy; did you mean webinar?',
    ],
  ])('refuses %s', (_, more, message) => {
    expect(problemsOf(more).join('\n')).toContain(message);
  });
});

test('a policy without any of this means, and hashes to, what it did', () => {
  const parsed = parsePolicy({
    fairlead: 1,
    name: 'Test',
    fields,
    ...toQueue({ field: 'country', op: 'eq', value: 'US' }),
  });
  if (!parsed.ok) throw new Error('refused');
  expect(policyHash(parsed.policy)).toBe(
    'sha256:5f8ac073b708fd4b039ecbda20f9447b97b74b3b9fd607fb06815deefa4f4d73',
  );
  expect(Object.keys(parsed.policy)).not.toContain('territories');
});

describe('a hold', () => {
  const compiled = policyOf({
    fields,
    hold: { until: { field: 'employees', op: 'is_present' }, atMost: 'PT2M', meanwhile: { queue: 'q' } },
    ...toQueue({ field: 'country', op: 'eq', value: 'US' }),
    fallback: [{ queue: 'q' }],
  });
  const at = (now: number, values: LeadValues, history = {}) =>
    decide(leadOf('lead', { values, history }), compiled, worldOf([]).state, now);

  test('an incomplete lead waits with its reason until it is complete, or as long as the policy says', () => {
    const held = at(NOW, { country: 'US' });
    expect(held.outcome).toEqual({
      kind: 'waiting',
      because: 'held',
      meanwhile: { queue: 'q' },
      retryAt: NOW + 120_000,
    });
    expect([held.rule, held.step]).toEqual([null, 'hold']);
    expect(reasonOf(held)).toBe(
      'The lead is held until what the policy waits for is known; it is looked at again at 15:02 UTC.',
    );
    expect(explainRules(compiled.policy, { country: 'US' }, held, NOW)).toEqual([
      { rule: 'hold', name: 'Held until', matched: false, because: 'employees has no value, needs a value' },
    ]);
    expect(at(NOW + 60_000, { country: 'US' }, held.history).outcome).toEqual(held.outcome);
    expect(at(NOW + 60_000, { country: 'US', employees: 3 }, held.history).rule).toBe('r0');
    expect(at(NOW + 120_000, { country: 'US' }, held.history).rule).toBe('r0');
  });

  test('a complete lead is decided at once, and nobody who was asked makes a lead wait for it again', () => {
    expect(at(NOW, { country: 'US', employees: 3 }).rule).toBe('r0');
    for (const history of [{ declined: ['dana'] }, { missed: ['dana'] }, { waits: { 'r0/1': NOW } }])
      expect(at(NOW, { country: 'US' }, history).rule).toBe('r0');
  });

  test('refuses a queue there is not, and an endless hold', () => {
    const hold = { until: { field: 'city', op: 'is_present' }, atMost: 'PT2M' };
    expect(problemsOf({ hold: { ...hold, meanwhile: { queue: 'x' } } })[0]).toContain(
      '/hold/meanwhile/queue',
    );
    expect(problemsOf({ hold: { until: hold.until } })[0]).toContain('/hold/atMost is missing');
  });
});

describe('for the log only', () => {
  const pools = [
    { id: 'trial', members: [{ rep: 'dana' }], method: 'round_robin', log: 'only' },
    { id: 'desk', members: [{ rep: 'dana' }], method: 'round_robin' },
  ];
  const offer = { give: 'offer', claimWithin: 'PT10M' };
  const world = worldOf([repAt('dana')]);
  const by = (document: Record<string, unknown>, state = world.state) =>
    decide(
      leadOf('lead', { values: { country: 'US' } }),
      policyOf({ fields, pools, ...document }),
      state,
      NOW,
    );

  test('a rule decides and explains, and the ledger hears nothing', () => {
    const when = { field: 'country', op: 'eq', value: 'US' };
    const rule = (log: object) => ({
      rules: [{ id: 'us', when, then: [{ pool: 'desk', ...offer }], ...log }],
    });
    const looked = by(rule({ log: 'only' }));
    const live = by(rule({}));
    expect(looked).toMatchObject({ logOnly: true, posting: null, rule: 'us', pool: 'desk' });
    expect([looked.outcome, looked.steps]).toEqual([live.outcome, live.steps]);
    expect(live.posting).not.toBeNull();
    expect('logOnly' in live).toBe(false);
    expect(reasonOf(looked)).toBe(`For the log only; nothing is written or sent. ${reasonOf(live)}`);
  });

  test('a pool is only looked at where it takes the lead; where it has nobody the next step is in earnest', () => {
    const fallback = [{ pool: 'trial' }, { pool: 'desk' }];
    expect(by({ fallback })).toMatchObject({ logOnly: true, posting: null, pool: 'trial' });
    const required = pools.map((one) => (one.id === 'trial' ? { ...one, members: [{ rep: 'gone' }] } : one));
    const next = by({ pools: required, fallback });
    expect(next.pool).toBe('desk');
    expect(next.posting).not.toBeNull();
    expect('logOnly' in next).toBe(false);
  });
});
