import { describe, expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import { ruleTraces } from '../../server/routing/explain/rule-traces.ts';
import type { LeadValues } from '../../server/routing/lead.ts';
import { fields, problemsOf, reasonOf, ruleOf, territories, toQueue } from '../support/lead-side.ts';
import { away, codesOf, HOUR, leadOf, NOW, policyOf, repAt, worldOf } from '../support/routing-world.ts';

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
