import { describe, expect, test } from 'vitest';
import type { CompiledPolicy } from '../../server/routing/decide/compiled-policy.ts';
import { decide } from '../../server/routing/decide/decide.ts';
import { whyNot } from '../../server/routing/explain/why-not.ts';
import type { Lead } from '../../server/routing/lead.ts';
import { LEAD } from '../../server/routing/ledger/shares.ts';
import { changeText, nextText } from '../../server/routing/render/why-not-text.ts';
import {
  assignTo,
  away,
  HOUR,
  leadOf,
  NOW,
  policyOf,
  pool,
  repAt,
  type World,
  worldOf,
} from '../support/routing-world.ts';

const NAMES = { rep: (id: string) => id, pool: (id: string) => `pool ${id}` };
const TELLING = { names: NAMES, reader: { timezone: 'UTC', language: 'en' }, decidedAt: NOW };

const ask = (rep: string, compiled: CompiledPolicy, world: World, lead: Lead = leadOf('l1')) => {
  const { inputs } = decide(lead, compiled, world.state, NOW);
  const told = whyNot({ inputs, values: lead.values, compiled, others: world.state, rep });
  return {
    ...told,
    said: told.change && changeText(told.change.facts, rep, TELLING),
    turn: nextText(told.next, told.chosen),
  };
};

const owe = (world: World, rep: string, leads: number): void =>
  world.post({
    pool: 'desk',
    owed: { [rep]: leads * LEAD },
    charged: {},
    banked: {},
    released: {},
    previousAt: null,
  });

const LOAD = { open: 5, perHour: 0, perDay: 0, perWeek: 0, perMonth: 0 };

describe('the smallest change that would have made a rep the choice', () => {
  test('is none for whom it was', () => {
    const told = ask('dana', assignTo(pool(['dana'])), worldOf([repAt('dana')]));
    expect(told).toMatchObject({
      chosen: true,
      change: null,
      turn: 'Next again with the next lead like this one.',
    });
  });

  test('more free slots, as many as it takes', () => {
    const world = worldOf([repAt('dana', { capacity: { open: 4 }, load: LOAD }), repAt('sam')]);
    owe(world, 'dana', 3);
    expect(ask('dana', assignTo(pool(['dana', 'sam'])), world)).toMatchObject({
      reason: { candidate: { code: 'at_capacity' } },
      said: 'with 2 more free slots for open leads',
      next: null,
    });
  });

  test('a moment later, when their shift starts', () => {
    const world = worldOf([repAt('dana', { availability: away(NOW + HOUR / 3) }), repAt('sam')]);
    owe(world, 'dana', 3);
    expect(ask('dana', assignTo(pool(['dana', 'sam'])), world).said).toBe(
      '20 minutes later (15:20 UTC), when they are back at work',
    );
  });

  test('a moment later, when whoever was before them has gone home', () => {
    const world = worldOf([
      repAt('dana', { availability: { ...repAt('x').availability, endsAt: null } }),
      repAt('sam'),
    ]);
    owe(world, 'sam', 3);
    expect(ask('dana', assignTo(pool(['dana', 'sam'])), world).said).toBe(
      "4 hours later (19:00 UTC), when sam's shift has ended",
    );
  });

  test('several at once, where one is not enough, and no more than it takes', () => {
    const world = worldOf([
      repAt('dana', { paused: true, availability: away(null), capacity: { open: 1 }, load: LOAD }),
      repAt('sam'),
    ]);
    owe(world, 'dana', 3);
    const { change } = ask('dana', assignTo(pool(['dana', 'sam'])), world);
    expect(change?.facts.map(({ kind }) => kind).sort()).toEqual(['at_work', 'resumed', 'room']);
  });

  test('what the pool owes, in hundredths of a lead', () => {
    const always = { ...repAt('x').availability, endsAt: null };
    const world = worldOf([repAt('dana', { availability: always }), repAt('sam', { availability: always })]);
    owe(world, 'sam', 0.5);
    const { said, change } = ask('dana', assignTo(pool(['dana', 'sam'])), world);
    expect(change?.facts).toMatchObject([{ kind: 'owed' }]);
    expect(said).toMatch(/^had pool desk owed them 0\.\d+ of a lead more$/);
  });

  test('fewer open leads, where the pool goes by load', () => {
    const always = { ...repAt('x').availability, endsAt: null };
    const world = worldOf([
      repAt('dana', { load: LOAD, availability: always }),
      repAt('sam', { load: { ...LOAD, open: 3 }, availability: always }),
    ]);
    expect(ask('dana', assignTo(pool(['dana', 'sam'], { method: 'load_balanced' })), world).said).toMatch(
      /^with [23] open leads fewer$/,
    );
  });

  describe('of the lead', () => {
    const compiled = policyOf({
      fields: {
        country: { type: 'country' },
        employees: { type: 'number' },
        language: { type: 'choice', of: ['en', 'de'] },
      },
      pools: [
        pool(['dana'], { id: 'large' }),
        pool(['jo', 'sam'], {
          id: 'desk',
          requires: [{ rep: 'skills.language', op: 'contains', lead: 'language' }],
        }),
        pool(['max'], { id: 'germany' }),
      ],
      rules: [
        {
          id: 'large',
          when: {
            all: [
              { field: 'employees', op: 'gte', value: 1000 },
              { field: 'country', op: 'eq', value: 'US' },
            ],
          },
          then: [{ pool: 'large' }],
        },
        {
          id: 'germany',
          when: { field: 'country', op: 'in', value: ['DE', 'AT'] },
          then: [{ pool: 'germany' }],
        },
      ],
      fallback: [{ pool: 'desk' }],
    });
    const world = worldOf([
      repAt('dana'),
      repAt('max'),
      repAt('jo', { skills: { language: ['de'] } }),
      repAt('sam', { skills: { language: 'en' } }),
    ]);
    const lead = leadOf('l1', { values: { country: 'US', employees: 20, language: 'en' } });

    test.each([
      ['dana', 'if employees were 1000', true],
      ['max', 'if country were DE', true],
      ['jo', 'had they had en among their skills (language)', false],
    ])('for %s: %s', (rep, said, asOfNow) => {
      const told = ask(rep, compiled, world, lead);
      expect(told.chosen).toBe(false);
      expect([told.said, told.change?.asOfNow]).toEqual([said, asOfNow]);
    });

    test('leaves a rule that stood before theirs', () => {
      const large = leadOf('l2', { values: { country: 'US', employees: 2000, language: 'en' } });
      expect(ask('sam', compiled, world, large).said).toBe('if employees were 999');
    });
  });
});

describe('where accounts are known', () => {
  const compiled = policyOf({
    fields: { email: { type: 'email' }, country: { type: 'country' } },
    accounts: [{ id: 'named', entries: [{ name: 'Acme', domains: ['acme.example'], owner: 'dana' }] }],
    pools: [pool(['sam'])],
    rules: [
      { id: 'known', when: { account: 'matched' }, then: [{ owner: 'account' }] },
      { id: 'german', when: { field: 'country', op: 'eq', value: 'DE' }, then: [{ rep: 'max' }] },
    ],
    fallback: [{ pool: 'desk' }],
  });
  const world = worldOf([repAt('dana', { paused: true }), repAt('sam'), repAt('max')]);
  const state = { ...world.state, repNamed: (name: string) => name };
  const told = (rep: string, values: Lead['values']) => {
    const lead = leadOf('l1', { values });
    const { inputs } = decide(lead, compiled, state, NOW);
    return whyNot({ inputs, values, compiled, others: state, rep });
  };

  test('an owner is told what kept them from the lead', () => {
    expect(told('dana', { email: 'ann@acme.example' })).toMatchObject({
      reason: { candidate: { code: 'paused' } },
      change: { facts: [{ kind: 'resumed' }], asOfNow: false },
    });
  });

  test('what was found of the account is nothing a lead could have had otherwise', () => {
    expect(told('max', { email: 'ann@acme.example' }).change).toBeNull();
    expect(told('max', { email: 'ann@other.example' }).change?.facts).toEqual([
      { kind: 'value', field: 'country', value: 'DE' },
    ]);
  });
});

describe('when a rep is next', () => {
  test('their turns are counted with the real decision', () => {
    const world = worldOf([repAt('a'), repAt('b'), repAt('c')]);
    const compiled = assignTo(pool(['a', 'b', 'c']));
    const turns = ['a', 'b', 'c'].map((rep) => ask(rep, compiled, world).next);
    const leads = turns.map((turn) => (turn && 'leads' in turn ? turn.leads : 0)).sort();
    // Whoever has just had one comes after the others.
    expect(leads.slice(0, 2)).toEqual([1, 2]);
    expect(leads[2]).toBeGreaterThanOrEqual(3);
  });

  test('by load, every lead given counts as work', () => {
    const world = worldOf([repAt('a', { load: LOAD }), repAt('b')]);
    const compiled = assignTo(pool(['a', 'b'], { method: 'load_balanced' }));
    expect(ask('a', compiled, world).turn).toBe('Next in about 5 leads like this one.');
  });

  test('nobody counts without end', () => {
    const world = worldOf([repAt('a'), repAt('b')]);
    const compiled = assignTo(pool([{ rep: 'a', weight: 1_000_000 }, { rep: 'b' }]));
    expect(ask('b', compiled, world).turn).toBe('Not among the next 1000 leads like this one.');
  });
});
