import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompiledPolicy } from '../../server/routing/decide/compile-policy.ts';
import { decide } from '../../server/routing/decide/decide.ts';
import { replay } from '../../server/routing/decide/replay.ts';
import { ruleTraces } from '../../server/routing/explain/rule-traces.ts';
import { hashDecided } from '../../server/routing/hash/decision-hash.ts';
import type { EarlierLead, LeadValues } from '../../server/routing/lead.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';
import type { RepState } from '../../server/routing/state.ts';
import { away, HOUR, leadOf, NOW, policyOf, repAt, worldOf } from '../support/routing-world.ts';

const FIELDS = {
  email: { type: 'email' },
  company: { type: 'text' },
  country: { type: 'country' },
  owner: { type: 'text' },
};

const ACCOUNTS = [
  {
    id: 'named',
    entries: [
      { id: 'acme', name: 'Acme Inc.', domains: ['acme.com'], owner: 'dana', country: 'US' },
      { id: 'acme-de', name: 'Acme GmbH', owner: 'sam', country: 'DE' },
      { name: 'Globex', owner: 'max' },
    ],
  },
  { id: 'partners', entries: [{ id: 'both', domains: ['initech.com', 'acme.com'] }] },
];

const policy = (given: object) =>
  policyOf({
    fields: FIELDS,
    accounts: ACCOUNTS,
    queues: [{ id: 'rest' }, { id: 'look' }, { id: 'partner' }],
    fallback: [{ queue: 'rest' }],
    ...given,
  });

const decided = (
  compiled: CompiledPolicy,
  values: LeadValues,
  reps: readonly RepState[] = [repAt('dana'), repAt('sam'), repAt('max')],
  earlier?: readonly EarlierLead[],
) => {
  const { state } = worldOf(reps);
  const known = { ...state, repNamed: (name: string) => (state.rep(name) ? name : null) };
  const history = earlier === undefined ? {} : { earlier };
  const result = decide(leadOf('lead', { values, history }), compiled, known, NOW);
  expect(hashDecided(replay(result.inputs, values, compiled, result.engine))).toBe(hashDecided(result));
  return result;
};

const rule = (account: string, queue: string) => ({ id: account, when: { account }, then: [{ queue }] });
const BY_ACCOUNT = policy({ rules: [rule('partners', 'partner'), rule('review', 'look')] });

describe('a condition about the account', () => {
  test.each([
    [{ email: 'x@mail.initech.com' }, 'partner', [['partners', 'match', 'DOMAIN_EXACT']]],
    [{ email: 'x@gmail.com', company: 'Globex' }, 'rest', [['named', 'match', 'NAME_EXACT']]],
    [{ email: 'x@gmail.com', company: 'Acme' }, 'look', [['named', 'review', 'AMBIGUOUS_2']]],
    [{ company: 'Acme', country: 'DE' }, 'rest', [['named', 'match', 'NAME_EXACT']]],
    [{ company: 'Globex Farms' }, 'look', [['named', 'review', 'NAME_CLOSE']]],
    [{ email: 'x@gmail.com' }, 'rest', []],
    [{}, 'rest', []],
  ])('%j is put in %s', (values, queue, findings) => {
    const { outcome, account } = decided(BY_ACCOUNT, values);
    expect(outcome).toEqual({ kind: 'in_queue', queue });
    expect(account?.map(({ list, verdict, code }) => [list, verdict, code])).toEqual(findings);
  });

  test('matched and unmatched are each other’s opposite, and the traces tell so', () => {
    const compiled = policy({ rules: [rule('matched', 'look'), rule('unmatched', 'rest')] });
    fc.assert(
      fc.property(fc.constantFrom('Acme', 'Globex', 'Globex Ltd', 'Umbrella', 'Acme Steel'), (company) => {
        const { rule: matched } = decided(compiled, { company });
        expect(['matched', 'unmatched']).toContain(matched);
        const traces = ruleTraces(compiled.policy, { company }, NOW);
        expect(traces.find((one) => one.matched)?.rule).toBe(matched);
        expect(traces.at(-1)?.because).toBe(
          matched === 'matched' ? 'it is a known account' : 'it is no known account',
        );
      }),
    );
  });

  test('the decision holds codes and ids and nothing of the lead', () => {
    const text = JSON.stringify(
      decided(BY_ACCOUNT, { email: 'jane.roe@acme.com', company: 'Acme', owner: 'x' }),
    );
    expect(text).not.toMatch(/jane|roe@|Acme|initech/);
    expect(text).toContain('"entries":["acme"]');
  });
});

const OWNED = policy({
  rules: [{ id: 'r', when: { account: 'matched' }, then: [{ owner: 'account' }, { wait: 'PT4H' }] }],
});

describe('the owner step', () => {
  test('gives the lead to the account’s owner, without the ledger', () => {
    const { outcome, posting, steps } = decided(OWNED, { email: 'x@acme.com' });
    expect([outcome, posting]).toEqual([{ kind: 'assigned', rep: 'dana', via: 'owner' }, null]);
    expect(steps[0]).toMatchObject({
      owner: { by: 'account', code: 'DOMAIN_EXACT', id: 'named/acme' },
      took: true,
    });
  });

  test('an owner who is away keeps the lead waiting until they are back; an inactive one never has it', () => {
    const back = NOW + 2 * HOUR;
    const gone = decided(OWNED, { email: 'x@acme.com' }, [
      repAt('dana', { availability: away(back, 'time_off') }),
    ]);
    expect(gone.outcome).toMatchObject({ kind: 'waiting', retryAt: back });
    expect(gone.steps[0]).toMatchObject({
      because: 'rep_unavailable',
      candidates: [{ rep: 'dana', code: 'time_off' }],
    });
    const inactive = decided(OWNED, { email: 'x@acme.com' }, [repAt('dana', { active: false })]);
    expect(inactive.outcome.kind).toBe('waiting');
    expect(inactive.steps[0]?.candidates).toEqual([{ code: 'inactive', rep: 'dana' }]);
  });

  const earlier = (rep: string, open: boolean, lead = `of-${rep}`): EarlierLead => ({
    code: 'EMAIL_EXACT',
    lead,
    open,
    rep,
  });
  const before = [earlier('sam', false), earlier('dana', true)];

  test.each([
    ['sticky', 'sam', 'of-sam'],
    ['duplicate', 'dana', 'of-dana'],
  ])('%s: the last who had the person, or the one whose lead is open', (of, rep, lead) => {
    const { outcome, steps } = decided(policy({ fallback: [{ owner: of }] }), {}, undefined, before);
    expect(outcome).toEqual({ kind: 'assigned', rep, via: 'owner' });
    expect(steps[0]?.owner).toEqual({ by: of, code: 'EMAIL_EXACT', id: lead });
  });

  test('whoever takes no leads any more is passed over for the one before', () => {
    const reps = [repAt('sam', { active: false }), repAt('dana')];
    const { outcome, steps } = decided(policy({ fallback: [{ owner: 'sticky' }] }), {}, reps, before);
    expect(outcome).toMatchObject({ rep: 'dana' });
    expect(steps[0]?.candidates.map(({ rep, code }) => [rep, code])).toEqual([
      ['sam', 'inactive'],
      ['dana', 'chosen'],
    ]);
  });

  test('a field names the owner; a name that nobody has, or none, is no owner', () => {
    const named = policy({ fallback: [{ owner: { field: 'owner' }, convert: true }] });
    expect(decided(named, { owner: 'max' }).outcome).toEqual({
      kind: 'assigned',
      rep: 'max',
      via: 'owner',
      convert: true,
    });
    for (const values of [{ owner: 'nobody' }, {}])
      expect(decided(named, values as LeadValues).steps[0]).toMatchObject({
        because: 'no_owner',
        took: false,
      });
  });

  test('duplicates are settled before the rules, where that rep can have the lead', () => {
    const compiled = policy({
      duplicates: { then: 'same_owner' },
      rules: [{ id: 'all', when: { account: 'unmatched' }, then: [{ rep: 'max' }] }],
    });
    expect(decided(compiled, {}, undefined, before)).toMatchObject({
      rule: null,
      step: 'duplicates/0',
      outcome: { rep: 'dana' },
    });
    const away_ = [repAt('dana', { paused: true }), repAt('max')];
    expect(decided(compiled, {}, away_, [earlier('dana', true)])).toMatchObject({
      rule: 'all',
      outcome: { rep: 'max' },
    });
    expect(decided(compiled, {}, undefined, [])).toMatchObject({ rule: 'all', outcome: { rep: 'max' } });
  });
});

describe('is refused by name', () => {
  const problems = (document: object): readonly string[] => {
    const parsed = parsePolicy({ fairlead: 1, name: 'Test', ...document });
    return parsed.ok ? [] : parsed.problems.map(({ field, message }) => `${field} ${message}`);
  };
  const list = (...entries: object[]) => ({ fields: FIELDS, accounts: [{ id: 'named', entries }] });

  test.each([
    [list({ domains: ['gmail.com'] }), 'gmail.com is anybody'],
    [list({ domains: ['not a domain'] }), 'is no domain'],
    [list({ owner: 'dana' }), 'needs a name, domains or both'],
    [list({ name: 'Acme' }, { name: 'ACME' }), 'acme is given twice'],
    [{ accounts: [{ id: 'named', entries: [{ name: 'Acme' }] }] }, 'name the field with a lead'],
    [{ accounts: [{ id: 'matched', entries: [{ name: 'Acme' }] }] }, 'is a word of conditions'],
    [{ ...list({ name: 'Acme', owner: 'dana' }), reps: [{ id: 'sam' }] }, 'dana is no rep'],
    [
      { rules: [{ id: 'r', when: { account: 'matched' }, then: [{ wait: 'PT1H' }] }] },
      'there are no accounts',
    ],
    [
      {
        ...list({ name: 'Acme' }),
        rules: [{ id: 'r', when: { account: 'nmed' }, then: [{ wait: 'PT1H' }] }],
      },
      'did you mean named',
    ],
    [{ fallback: [{ owner: 'account' }] }, 'there are no accounts'],
    [{ fields: FIELDS, fallback: [{ owner: { field: 'country' } }] }, 'country is country'],
    [{ fallback: [{ owner: 'boss' }] }, 'write account, sticky, duplicate'],
    [{ duplicates: { then: 'merge' } }, 'merge is not carried out yet; write same_owner'],
    [{ duplicates: { then: 'same_owner', enrich: 'always' } }, 'write only_if_empty'],
  ])('%j', (document, message) => {
    expect(problems(document).join('\n')).toContain(message);
  });
});
