import { describe, expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import { deriver, tierOf } from '../../server/routing/derive/derive-values.ts';
import { ruleTraces } from '../../server/routing/explain/rule-traces.ts';
import type { LeadValues } from '../../server/routing/lead.ts';
import { fields, problemsOf, reasonOf, ruleOf, territories, toQueue } from '../support/lead-side.ts';
import { HOUR, leadOf, NOW, policyOf, worldOf } from '../support/routing-world.ts';

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
