import { describe, expect, test } from 'vitest';
import { compilePolicy } from '../../server/routing/decide/compile-policy.ts';
import type { LeadValues } from '../../server/routing/lead.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';
import type { Sla } from '../../server/routing/policy/schema.ts';
import { slaTerms } from '../../server/routing/sla/sla-terms.ts';

const MINUTE = 60_000;
const SLA = { id: 'first-touch', within: 'PT5M', until: 'first_activity' };
const RULE = { id: 'all', when: { field: 'country', op: 'is_present' }, then: [{ queue: 'q' }] };

const policyWith = (slas: readonly unknown[] | undefined, rule: object = {}) => ({
  fairlead: 1,
  name: 'SLAs',
  fields: { country: { type: 'text' }, size: { type: 'number' } },
  queues: [{ id: 'q', name: 'Queue' }],
  ...(slas && { slas }),
  rules: [{ ...RULE, ...rule }],
});
const problemsOf = (document: unknown) => {
  const parsed = parsePolicy(document);
  return parsed.ok ? [] : parsed.problems.map(({ field, message }) => `${field}: ${message}`);
};
const parsed = (document: unknown) => {
  const one = parsePolicy(document);
  if (!one.ok) throw new Error(JSON.stringify(one.problems));
  return one.policy;
};

describe('an SLA in a policy', () => {
  test('has its defaults filled in, and its conditions bound', () => {
    const steps = [
      { after: 'PT3M', notify: 'rep' },
      { after: 'PT3M', notify: 'manager' },
      { after: 'PT15M', do: 'reassign' },
    ];
    const urgent = { when: { field: 'size', op: 'gte', value: 1000 }, within: 'PT2M' };
    const { slas } = parsed(policyWith([{ ...SLA, steps, urgent }]));
    const bound = [
      { after: 3 * MINUTE, do: 'notify_rep' },
      { after: 3 * MINUTE, do: 'notify_manager' },
      { after: 15 * MINUTE, do: 'reassign' },
    ];
    expect(slas).toEqual([
      {
        id: 'first-touch',
        name: 'first-touch',
        clock: 'working',
        until: { kind: 'first_activity' },
        terms: { within: 5 * MINUTE, steps: bound },
        urgent: {
          when: { kind: 'compare', field: 'size', type: 'number', op: 'gte', value: 1000 },
          within: 2 * MINUTE,
          steps: bound,
        },
      },
    ]);
    const terms = (sla: Sla, values: LeadValues, tier = false) =>
      slaTerms(sla, { values, tier, now: 0, timezone: 'UTC' }).within / MINUTE;
    const [sla] = slas!;
    expect([terms(sla!, { size: 1000 }), terms(sla!, {}), terms(sla!, {}, true)]).toEqual([2, 5, 5]);
    const byTier = parsed(policyWith([{ ...SLA, urgent: { within: 'PT1M' } }])).slas![0]!;
    expect([terms(byTier, {}, true), terms(byTier, { size: 1000 })]).toEqual([1, 5]);
    expect(terms({ ...sla!, urgent: null }, { size: 1000 }, true)).toBe(5);
  });

  test('is found by the rules that name it, one or several', () => {
    const slas = [SLA, { ...SLA, id: 'other' }];
    const compiled = (sla: unknown) =>
      compilePolicy({ version: 1, hash: '', policy: parsed(policyWith(slas, { sla })) });
    const ids = (sla: unknown, rule: string | null) =>
      compiled(sla)
        .slasOf(rule)
        .map(({ id }) => id);
    expect(ids('other', 'all')).toEqual(['other']);
    expect(ids(['other', 'first-touch', 'other'], 'all')).toEqual(['other', 'first-touch']);
    expect(ids('other', 'gone')).toEqual([]);
    expect(ids('other', null)).toEqual([]);
  });

  test('that is not there leaves the policy as it was', () => {
    const policy = parsed(policyWith(undefined));
    expect('slas' in policy || 'slas' in policy.rules[0]!).toBe(false);
    expect(compilePolicy({ version: 1, hash: '', policy }).slasOf('all')).toEqual([]);
  });

  test.each([
    [
      'nobody declared',
      [SLA],
      { sla: 'first-toch' },
      '/rules/0/sla: first-toch is no sla of this policy; did you mean first-touch?',
    ],
    ['declared twice', [SLA, SLA], {}, '/slas/1/id: first-touch is given twice; ids are unique'],
    ['an empty list', [SLA], { sla: [] }, '/rules/0/sla: is empty; name an SLA or remove sla'],
    [
      'a step that says two things',
      [{ ...SLA, steps: [{ after: 'PT1M', notify: 'rep', do: 'reassign' }] }],
      {},
      '/slas/0/steps/0: a step says either notify: rep, notify: manager or do: reassign',
    ],
    [
      'a step that says nothing',
      [{ ...SLA, steps: [{ after: 'PT1M' }] }],
      {},
      '/slas/0/steps/0: a step says either notify: rep, notify: manager or do: reassign',
    ],
    [
      'steps out of order',
      [
        {
          ...SLA,
          steps: [
            { after: 'PT5M', notify: 'rep' },
            { after: 'PT1M', notify: 'rep' },
          ],
        },
      ],
      {},
      '/slas/0/steps/1/after: is earlier than the step before; list steps in order of time',
    ],
    [
      'a step after a reassignment',
      [
        {
          ...SLA,
          steps: [
            { after: 'PT5M', do: 'reassign' },
            { after: 'PT9M', notify: 'rep' },
          ],
        },
      ],
      {},
      '/slas/0/steps/1: comes after a reassignment, which ends the SLA for this rep; remove it',
    ],
    [
      'longer than thirty days',
      [{ ...SLA, within: 'P31D' }],
      {},
      '/slas/0/within: is longer than 30 days (P30D)',
    ],
    [
      'waiting for something else',
      [{ ...SLA, until: 'answered' }],
      {},
      '/slas/0/until: write claimed, first_activity or a condition such as {field: stage, op: eq, value: working}',
    ],
    [
      'waiting for a field nobody declared',
      [{ ...SLA, until: { field: 'stage', op: 'is_present' } }],
      {},
      '/slas/0/until/field: stage is not a declared field; declare it under fields',
    ],
    [
      'urgent by a field nobody declared',
      [{ ...SLA, urgent: { when: { field: 'siz', op: 'gte', value: 1 } } }],
      {},
      '/slas/0/urgent/when/field: siz is not a declared field; did you mean size?',
    ],
    [
      'named on a step',
      [SLA],
      { then: [{ queue: 'q', sla: 'first-touch' }] },
      '/rules/0/then/0/sla: sla is not carried out yet; name it on the rule, beside when: and then:',
    ],
  ] as const)('%s is refused, with what to do', (_, slas, rule, problem) => {
    expect(problemsOf(policyWith(slas, rule))).toContain(problem);
  });
});
