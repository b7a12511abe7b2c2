import { describe, expect, test } from 'vitest';
import { ruleTraces } from '../../server/routing/explain/rule-traces.ts';
import type { LeadValues } from '../../server/routing/lead.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';

/** A Tuesday, 10:00 in New York. */
const TUESDAY = Date.parse('2026-11-24T15:00:00Z');

const policyOf = (whens: readonly unknown[]) => {
  const parsed = parsePolicy({
    fairlead: 1,
    name: 'Test',
    timezone: 'America/New_York',
    fields: {
      employees: { type: 'number' },
      country: { type: 'country' },
      region: { type: 'text' },
      seats: { type: 'number' },
      budget: { type: 'money', currency: 'EUR' },
    },
    queues: [{ id: 'q', name: 'Q' }],
    rules: whens.map((when, i) => ({ id: `r${i}`, name: `Rule ${i}`, when, then: [{ queue: 'q' }] })),
    fallback: [{ queue: 'q' }],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
};

const because = (when: unknown, values: LeadValues) => {
  const [trace] = ruleTraces(policyOf([when]), values, TUESDAY);
  return [trace?.matched, trace?.because];
};

const field = (name: string, op: string, value?: unknown) => ({
  field: name,
  op,
  ...(value !== undefined && { value }),
});

describe('why a rule matched or not', () => {
  test.each<[unknown, LeadValues, boolean, string]>([
    [field('employees', 'gte', 1000), { employees: 12 }, false, 'employees is 12, needs at least 1000'],
    [field('employees', 'gte', 1000), { employees: 2000 }, true, 'employees is 2000'],
    [field('employees', 'gte', 1000), {}, false, 'employees has no value, needs at least 1000'],
    [field('employees', 'between', [10, 20]), { employees: 5 }, false, 'employees is 5, needs 10 to 20'],
    [field('country', 'in', ['US', 'CA']), { country: 'DE' }, false, 'country is DE, needs one of US, CA'],
    [
      field('country', 'in', ['US', 'CA', 'MX', 'BR', 'AR', 'CL', 'PE']),
      { country: 'DE' },
      false,
      'country is DE, needs one of US, CA, MX, BR, AR and 2 more',
    ],
    [
      field('region', 'starts_with', 'New'),
      { region: 'Ohio' },
      false,
      'region is Ohio, needs to start with New',
    ],
    [field('region', 'is_present'), {}, false, 'region has no value, needs a value'],
    [
      field('budget', 'gt', { amount: 500, currency: 'EUR' }),
      { budget: { amount: 100, currency: 'EUR' } },
      false,
      'budget is 100 EUR, needs more than 500 EUR',
    ],
    [
      { field: 'employees', op: 'gt', valueField: 'seats' },
      { employees: 5, seats: 9 },
      false,
      'employees is 5, needs more than seats (9)',
    ],
    [{ time: { days: ['sat', 'sun'] } }, {}, false, 'it was Tue 10:00, needs Sat, Sun'],
    [{ time: { hours: '18:00-22:00' } }, {}, false, 'it was Tue 10:00, needs 18:00–22:00'],
    [
      { all: [field('country', 'eq', 'US'), field('employees', 'lt', 50)] },
      { country: 'US', employees: 70 },
      false,
      'employees is 70, needs less than 50',
    ],
    [
      { any: [field('country', 'eq', 'US'), field('employees', 'lt', 50)] },
      { country: 'DE', employees: 70 },
      false,
      'country is DE, needs US; employees is 70, needs less than 50',
    ],
    [{ not: field('country', 'eq', 'US') }, { country: 'US' }, false, 'not so that country is US'],
  ])('%j with %j', (when, values, matched, text) => {
    expect(because(when, values)).toEqual([matched, text]);
  });

  test('rules are told up to the one that matched', () => {
    const policy = policyOf([
      field('country', 'eq', 'DE'),
      field('country', 'eq', 'US'),
      field('country', 'eq', 'US'),
    ]);
    expect(
      ruleTraces(policy, { country: 'US' }, TUESDAY).map(({ rule, matched }) => [rule, matched]),
    ).toEqual([
      ['r0', false],
      ['r1', true],
    ]);
  });

  test('of thousands passed over the first are told, and always the one that matched', () => {
    const whens = Array.from({ length: 1000 }, (_, i) => field('employees', 'eq', i));
    const traces = ruleTraces(policyOf(whens), { employees: 999 }, TUESDAY);
    expect(traces).toHaveLength(200);
    expect(traces.at(-1)).toMatchObject({ rule: 'r999', matched: true });
    expect(ruleTraces(policyOf(whens), { employees: -1 }, TUESDAY).some(({ matched }) => matched)).toBe(
      false,
    );
  });
});
