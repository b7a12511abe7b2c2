import { describe, expect, test } from 'vitest';
import { type CheckInput, check, type Finding } from '../../server/routing/check/check.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';
import { checkInput } from '../support/check-input.ts';

const FIELDS = {
  country: { type: 'country' },
  employees: { type: 'number' },
  budget: { type: 'number' },
  source: { type: 'text' },
  phone: { type: 'phone' },
  email: { type: 'email' },
  language: { type: 'choice', of: ['en', 'de', 'fr'] },
  seen: { type: 'datetime' },
};
const dana = { id: 'dana', name: 'Dana' };
const everyone = { id: 'everyone', members: [{ rep: 'dana' }], method: 'round_robin' };

const parsed = (policy: object) => {
  const read = parsePolicy({
    fairlead: 1,
    name: 'Test',
    fields: FIELDS,
    reps: [dana],
    pools: [everyone],
    fallback: [{ pool: 'everyone' }],
    ...policy,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.policy;
};

const findings = (policy: object, more: Partial<CheckInput> = {}): readonly Finding[] =>
  check(checkInput(parsed(policy), more));

const only = (code: Finding['code'], policy: object, more: Partial<CheckInput> = {}) =>
  findings(policy, more).filter((one) => one.code === code);

/** Rules by their conditions, named a, b, c … */
const rules = (...conditions: readonly object[]) =>
  conditions.map((when, i) => ({ id: 'abcdef'[i], when, then: [{ pool: 'everyone' }] }));

const is = (field: string, op: string, value?: unknown) =>
  value === undefined ? { field, op } : { field, op, value };

describe('rules', () => {
  test('that an earlier one covers are shadowed, with a lead both match', () => {
    const [finding, ...others] = only('shadowed', {
      rules: rules(is('country', 'in', ['US', 'CA']), {
        all: [is('country', 'eq', 'US'), is('employees', 'gt', 10)],
      }),
    });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'error',
      rules: ['b', 'a'],
      message: '“b” never takes a lead: “a” before it takes all it matches. Move it up or remove it.',
      witness: { country: 'US', employees: 11 },
    });
  });

  test('that several cover only together name those, and no other', () => {
    const [finding] = only('shadowed', {
      rules: rules(
        is('country', 'eq', 'US'),
        is('employees', 'gte', 100),
        is('employees', 'lt', 100),
        is('employees', 'is_present'),
      ),
    });
    expect(finding!.rules).toEqual(['d', 'b', 'c']);
  });

  test('are not shadowed by what a missing value leaves open', () => {
    const not = { not: is('country', 'eq', 'US') };
    expect(
      only('shadowed', { rules: rules(is('country', 'eq', 'US'), not, is('employees', 'gt', 1)) }),
    ).toEqual([]);
  });

  test.each([
    ['a range without a number', { all: [is('employees', 'gt', 10), is('employees', 'lt', 5)] }],
    [
      'a beginning without its part',
      { all: [is('source', 'starts_with', 'Web'), { not: is('source', 'contains', 'EB') }] },
    ],
    ['every value of a choice ruled out', is('language', 'not_in', ['en', 'de', 'fr'])],
    ['no value and one', { all: [is('source', 'is_empty'), is('source', 'ne', 'x')] }],
    [
      'two days at once',
      { all: [{ time: { days: ['sat'] } }, { time: { days: ['mon'], hours: '09:00-17:00' } }] },
    ],
    [
      'a date between two that follow',
      { all: [is('seen', 'gt', '2026-01-01T00:00:00Z'), is('seen', 'lt', '2026-01-01T00:00:00.001Z')] },
    ],
  ])('that cannot match contradict themselves: %s', (_, when) => {
    expect(only('contradiction', { rules: rules(when) })).toMatchObject([
      { severity: 'error', rules: ['a'], witness: null, at: null },
    ]);
  });

  test('outside the intake take nothing', () => {
    const [finding] = only('shadowed', {
      intake: { when: is('country', 'eq', 'US') },
      rules: rules(is('country', 'eq', 'DE')),
    });
    expect(finding).toMatchObject({ rules: ['a'], witness: { country: 'DE' } });
    expect(finding!.message).toContain('intake');
  });

  test('that overlap say which wins, and exceptions that they are some', () => {
    const found = only('overlap', {
      rules: rules(
        { all: [is('country', 'eq', 'US'), is('employees', 'gte', 1000)] },
        is('country', 'eq', 'US'),
        is('employees', 'gte', 500),
      ),
    });
    expect(found.map(({ rules: ids, message }) => [ids, message])).toEqual([
      [['b', 'a'], '“a” is an exception to “b”: it stands first and takes all it matches.'],
      [['c', 'a'], '“a” is an exception to “c”: it stands first and takes all it matches.'],
      [['c', 'b'], 'Some leads match “b” and “c”; “b” stands first and wins.'],
    ]);
    expect(found[2]!.witness).toMatchObject({ country: 'US' });
  });

  test('that compare two fields are undetermined, never guessed', () => {
    const found = findings({ rules: rules({ field: 'employees', op: 'gt', valueField: 'budget' }) });
    expect(found.filter(({ code }) => code === 'undetermined')).toMatchObject([
      { severity: 'info', rules: ['a'], message: expect.stringContaining('compares employees with budget') },
    ]);
    expect(found.some(({ code }) => code === 'contradiction' || code === 'shadowed')).toBe(false);
  });

  test('that ask for what a type cannot be say how its values are kept', () => {
    const [finding] = only('impossible_type', { rules: rules(is('phone', 'starts_with', '030')) });
    expect(finding).toMatchObject({ severity: 'warning', rules: ['a'] });
    expect(finding!.message).toContain('+14155550123');
  });
});

describe('leads that no rule takes', () => {
  test('are shown with all their values first', () => {
    const [gap] = only('gap', { rules: rules(is('employees', 'gte', 1000)) });
    expect(gap).toMatchObject({ severity: 'info', witness: { employees: 999 } });
  });

  test('that only lack a value are told so, and wait without a fallback', () => {
    const [gap] = only('gap', {
      rules: rules(is('employees', 'gte', 10), is('employees', 'lt', 10)),
      fallback: [],
    });
    expect(gap).toMatchObject({ severity: 'warning', witness: {} });
    expect(gap!.message).toContain('lack a value');
  });

  test('are none where a rule takes everything', () => {
    expect(
      only('gap', { rules: rules({ any: [is('source', 'is_empty'), is('source', 'is_present')] }) }),
    ).toEqual([]);
  });
});

describe('pools', () => {
  const hours = { 'mon-fri': '09:00-17:00' };

  test('that nobody serves at some hour name the hours, with a lead that comes then', () => {
    const [finding] = only('unservable', { timezone: 'Europe/London', reps: [{ ...dana, hours }] });
    expect(finding).toMatchObject({ severity: 'warning', pool: 'everyone', witness: {} });
    expect(finding!.message).toContain('Mon 17:00–Tue 09:00');
    expect(finding!.message).toContain('Fri 17:00–Mon 09:00 (Europe/London)');
  });

  test('are fine where leads come only while somebody works', () => {
    const when = { time: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], hours: '10:00-16:00' } };
    expect(only('unservable', { reps: [{ ...dana, hours }], rules: rules(when), fallback: [] })).toEqual([]);
  });

  test('on holidays name the days', () => {
    const [finding] = only('unservable', { reps: [{ ...dana, holidays: ['2026-12-24', '2026-12-25'] }] });
    expect(finding!.message).toContain('2026-12-24 and 2026-12-25');
    expect(finding!.at).toBe('2026-12-24T00:00:00.000Z');
  });

  test('whose members no lead can ask for name them', () => {
    const pool = {
      ...everyone,
      members: [{ rep: 'dana' }, { rep: 'sam' }],
      requires: [{ rep: 'skills.language', op: 'contains', lead: 'language' }],
    };
    const found = only('unreachable_member', {
      pools: [pool],
      reps: [
        { ...dana, skills: { language: 'de' } },
        { id: 'sam', skills: { language: ['fr', 'sw'] } },
      ],
      rules: rules(is('language', 'in', ['en', 'de'])),
      fallback: [],
    });
    expect(found).toMatchObject([{ pool: 'everyone', rep: 'sam', witness: { language: 'en' } }]);
  });

  test('cannot take more than all caps allow', () => {
    const reps = [{ ...dana, capacity: { perDay: 2, perMonth: 30 } }];
    expect(only('capacity', { reps }, { volume: 20 })).toEqual([]);
    expect(only('capacity', { reps }, { volume: 100 })).toMatchObject([{ severity: 'error', witness: null }]);
    expect(only('capacity', {}, { volume: 1_000_000 })).toEqual([]);
  });
});

describe('the policy’s own tests', () => {
  const policy = { reps: [{ ...dana, email: 'dana@example.com' }], rules: rules(is('country', 'eq', 'US')) };

  test('pass where the decision is as they say', () => {
    const tests = [
      {
        lead: { country: 'US' },
        expect: { rule: 'a', pool: 'everyone', rep: 'dana@example.com', outcome: 'assigned' },
      },
      { lead: {}, at: '2026-11-24T15:00:00Z', expect: { rule: 'fallback' } },
    ];
    expect(only('test_failed', { ...policy, tests })).toEqual([]);
  });

  test('that fail say what is otherwise', () => {
    const tests = [
      { lead: { country: 'DE' }, at: '2026-11-24T15:00:00Z', expect: { rule: 'a', outcome: 'waiting' } },
    ];
    expect(only('test_failed', { ...policy, tests })).toMatchObject([
      {
        severity: 'error',
        rules: ['a'],
        message: 'Test 1 fails: rule is fallback, expected a; outcome is assigned, expected waiting.',
        witness: { country: 'DE' },
        at: '2026-11-24T15:00:00.000Z',
      },
    ]);
  });

  test('that name what is not there are refused', () => {
    const read = parsePolicy({
      fairlead: 1,
      name: 'Test',
      fields: FIELDS,
      tests: [
        { lead: { employees: 'many' }, at: 'noon', expect: { rule: 'b' } },
        { lead: {}, expect: {} },
      ],
    });
    expect(read).toMatchObject({ ok: false });
  });
});

test('too many combinations are undetermined within a bounded number of steps', () => {
  const names = Array.from({ length: 9 }, (_, i) => `n${i}`);
  const fields = Object.fromEntries(names.map((name) => [name, { type: 'text' }]));
  // Nine pigeons, eight holes, no two in one: there is no proof that does not try nearly all of it.
  const holes = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b] as const));
  const clashes = pairs.map(([a, b]) => ({
    any: holes.map((value) => ({ all: [is(a, 'eq', value), is(b, 'eq', value)] })),
  }));
  const nested = names.map((name) => is(name, 'in', holes));
  const found = check(
    checkInput(
      parsed({
        fields,
        rules: [
          { id: 'clash', when: { any: clashes }, then: [{ pool: 'everyone' }] },
          { id: 'holes', when: { all: nested }, then: [{ pool: 'everyone' }] },
        ],
      }),
    ),
  );
  expect(found.filter(({ rules: [id] }) => id === 'holes')[0]).toMatchObject({ code: 'undetermined' });
});
