import { describe, expect, test } from 'vitest';
import { policyDiff } from '../../server/routing/diff/policy-diff.ts';
import { policyWords } from '../../server/routing/words/policy-words.ts';
import type { Json, JsonObject } from '../../server/routing/words/value-words.ts';

const NAMES: Readonly<Record<string, string>> = { 'dana@example.com': 'Dana', sam: 'Sam' };
const rep = (reference: string): string => NAMES[reference] ?? reference;

const LARGE = {
  id: 'large',
  name: 'Large companies',
  when: {
    all: [
      { field: 'country', op: 'in', value: ['US', 'CA'] },
      { field: 'employees', op: 'gte', value: 1000 },
    ],
  },
  then: [
    { pool: 'enterprise', give: 'offer', claimWithin: 'PT10M', meanwhile: { queue: 'holding' } },
    { wait: 'PT2H' },
  ],
};
const SMALL = {
  id: 'small',
  when: { field: 'employees', op: 'lt', value: 50 },
  then: [{ pool: 'everyone' }],
};
const BASE: JsonObject = {
  fairlead: 1,
  name: 'Inbound',
  fields: { country: { type: 'country' }, employees: { type: 'number' } },
  queues: [{ id: 'holding', name: 'Inbound holding' }],
  pools: [
    {
      id: 'enterprise',
      name: 'Enterprise',
      method: 'round_robin',
      members: [{ rep: 'dana@example.com', weight: 2 }, { rep: 'sam' }],
    },
    { id: 'everyone', method: 'round_robin', members: [{ team: 'sales' }], availability: 'ignore' },
  ],
  rules: [LARGE, SMALL],
  fallback: [{ pool: 'everyone' }],
};

const diff = (change: JsonObject): readonly string[] =>
  policyDiff(BASE, { ...BASE, ...change }, rep).map(({ text }) => text);
const rules = (...list: readonly Json[]): readonly string[] => diff({ rules: list });
const enterprise = (change: JsonObject): readonly string[] =>
  diff({ pools: [{ ...(BASE.pools as JsonObject[])[0], ...change }, (BASE.pools as JsonObject[])[1]!] });

describe('two versions of a policy in words', () => {
  test('nothing is different in the same document', () => expect(diff({})).toEqual([]));

  test.each<[string, readonly string[], readonly string[]]>([
    [
      'a limit',
      rules(
        { ...LARGE, when: { all: [LARGE.when.all[0]!, { field: 'employees', op: 'gte', value: 500 }] } },
        SMALL,
      ),
      ['Rule Large companies: employees from at least 1000 to at least 500'],
    ],
    [
      'a condition more',
      rules(
        {
          ...LARGE,
          when: { all: [...LARGE.when.all, { not: { field: 'country', op: 'eq', value: 'CA' } }] },
        },
        SMALL,
      ),
      ['Rule Large companies: now also needs that not (country is CA)'],
    ],
    [
      'a condition less',
      rules({ ...LARGE, when: LARGE.when.all[1]! }, SMALL),
      ['Rule Large companies: no longer needs that country is one of US, CA'],
    ],
    [
      'another kind of condition',
      rules(LARGE, { ...SMALL, when: { time: { days: ['sat', 'sun'] } } }),
      [
        'Rule small: no longer needs that employees is less than 50',
        'Rule small: now also needs that it is Sat, Sun',
      ],
    ],
    ['the order of rules', rules(SMALL, LARGE), ['Rule small moved from place 2 to 1']],
    ['a rule gone', rules(LARGE), ['Rule small removed']],
    [
      'a rule more',
      rules(
        LARGE,
        { id: 'vip', name: 'VIP', when: { field: 'employees', op: 'is_empty' }, then: [{ rep: 'sam' }] },
        SMALL,
      ),
      ['Rule VIP added in place 2: when employees is empty, Sam'],
    ],
    [
      'steps',
      rules(LARGE, { ...SMALL, then: [{ queue: 'holding' }] }),
      ['Rule small: then from “pool everyone” to “queue Inbound holding”'],
    ],
    [
      'a name',
      rules({ ...LARGE, name: 'Enterprise' }, SMALL),
      ['Rule Enterprise: before called Large companies'],
    ],
    [
      'a weight',
      enterprise({ members: [{ rep: 'dana@example.com', weight: 3 }, { rep: 'sam' }] }),
      ["Pool Enterprise: Dana's weight from 2 to 3"],
    ],
    [
      'members',
      enterprise({ members: [{ rep: 'sam' }, { rep: 'max', weight: 2 }] }),
      ['Pool Enterprise: max joins with weight 2', 'Pool Enterprise: Dana leaves'],
    ],
    [
      'how a pool shares',
      enterprise({ method: 'load_balanced', catchUp: { mode: 'bounded', perDay: 3 } }),
      [
        'Pool Enterprise: method from round_robin to load_balanced',
        'Pool Enterprise: catchUp set to mode bounded, perDay 3',
      ],
    ],
    ['a time zone', diff({ timezone: 'Europe/Berlin' }), ['Timezone set to Europe/Berlin']],
    [
      'a field',
      diff({
        fields: { country: { type: 'country', hubspot: 'contact.country' }, budget: { type: 'money' } },
      }),
      [
        'Field country: hubspot set to contact.country',
        'Field employees removed',
        'Field budget added: type money',
      ],
    ],
    ['what nobody foresaw', diff({ hold: { atMost: 'PT2M' } }), ['Hold set to atMost 2 minutes']],
  ])('%s', (_what, said, expected) => expect(said).toEqual(expected));
});

test('a policy is read in words', () => {
  expect(policyWords(BASE, rep)).toEqual({
    rules: [
      {
        id: 'large',
        name: 'Large companies',
        when: 'country is one of US, CA and employees is at least 1000',
        then: 'pool Enterprise, offered to one after the other with 10 minutes of working time to claim it, meanwhile held by queue Inbound holding; then wait 2 hours',
      },
      { id: 'small', name: 'small', when: 'employees is less than 50', then: 'pool everyone' },
    ],
    fallback: 'pool everyone',
    pools: [
      { id: 'enterprise', name: 'Enterprise', text: 'Dana ×2, Sam, in turn by weight' },
      {
        id: 'everyone',
        name: 'everyone',
        text: 'team sales, in turn by weight; whether or not they are at work',
      },
    ],
  });
});
