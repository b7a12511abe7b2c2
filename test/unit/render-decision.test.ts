import { describe, expect, test } from 'vitest';
import type { CompiledPolicy } from '../../server/routing/decide/compile-policy.ts';
import { decide } from '../../server/routing/decide/decide.ts';
import { momentText } from '../../server/routing/render/moment-text.ts';
import { renderDecision } from '../../server/routing/render/render-decision.ts';
import { away, HOUR, leadOf, NOW, policyOf, repAt, type World, worldOf } from '../support/routing-world.ts';

const named = (names: Record<string, string>) => (id: string) => names[id] ?? id;
const names = {
  rep: named({ dana: 'Dana', sam: 'Sam', max: 'Max', jo: 'Jo', lee: 'Lee' }),
  pool: named({ enterprise: 'Enterprise', everyone: 'Everyone' }),
  rule: named({ large: 'Large companies' }),
  queue: named({ holding: 'Inbound holding' }),
  account: named({ 'named/acme': 'Acme' }),
  territory: named({}),
  tier: named({}),
  points: String,
};

const tell = (
  compiled: CompiledPolicy,
  world: World,
  size: number,
  timezone = 'Europe/London',
  history = {},
) =>
  renderDecision(decide(leadOf('lead', { values: { size }, history }), compiled, world.state, NOW), {
    names,
    reader: { timezone, language: 'en' },
    decidedAt: NOW,
  });

const policy = (step: object, more: object = {}, fallback: object[] = []) =>
  policyOf({
    fields: { size: { type: 'number' } },
    queues: [{ id: 'holding' }],
    pools: [
      {
        id: 'enterprise',
        members: ['dana', 'sam', 'max', 'jo', 'lee'].map((rep) => ({ rep })),
        method: 'round_robin',
        ...more,
      },
      { id: 'everyone', members: [{ rep: 'lee' }], method: 'round_robin', availability: 'ignore' },
    ],
    rules: [{ id: 'large', when: { field: 'size', op: 'gte', value: 1000 }, then: [step] }],
    fallback,
  });

const open = (count: number) => ({ open: count, perHour: 0, perDay: 0, perWeek: 0, perMonth: 0 });

describe('the reason', () => {
  test('says the rule, the pool, why this rep and why not the others', () => {
    const world = worldOf([
      repAt('dana'),
      repAt('max'),
      repAt('sam', { availability: away(NOW + 18 * HOUR) }),
      repAt('jo', { capacity: { open: 20 }, load: open(20) }),
      repAt('lee', { paused: true }),
    ]);
    expect(tell(policy({ pool: 'enterprise' }), world, 2000).reason).toBe(
      'Rule “Large companies” → pool Enterprise. Dana was level with the others (owed 0.5 of a lead) and first by id. ' +
        'Jo: full: 20 of 20 open leads. Sam: back at Wed 09:00 London. 1 more could not take it.',
    );
  });

  test('names the comparison that decided', () => {
    const fair = worldOf([repAt('dana'), repAt('max')]);
    fair.post(
      decide(leadOf('first', { values: { size: 1000 } }), policy({ pool: 'enterprise' }), fair.state, NOW)
        .posting,
    );
    expect(tell(policy({ pool: 'enterprise' }), fair, 1000).reason).toContain(
      'Max was next in line: owed 1 lead.',
    );
    const busy = worldOf([repAt('dana', { load: open(3) }), repAt('max', { load: open(1) })]);
    expect(tell(policy({ pool: 'enterprise' }, { method: 'load_balanced' }), busy, 1000).reason).toContain(
      'Max had the least to do: 1 open lead.',
    );
    expect(tell(policy({ pool: 'enterprise' }), worldOf([repAt('max')]), 1000).reason).toContain(
      'Max was the only one free.',
    );
  });

  test('says what was tried before, and the fallback', () => {
    const world = worldOf([repAt('lee', { availability: away(null, 'time_off') })]);
    expect(tell(policy({ pool: 'enterprise' }, {}, [{ pool: 'everyone' }]), world, 1000).reason).toBe(
      'Rule “Large companies”, then the fallback → pool Everyone. Pool Enterprise had nobody free. Lee was the only one free.',
    );
    expect(tell(policy({ queue: 'holding' }, {}, [{ queue: 'holding' }]), world, 5).reason).toBe(
      'No rule matched → queue Inbound holding.',
    );
  });

  test('says how long an offer stands', () => {
    const step = { pool: 'enterprise', give: 'offer', claimWithin: 'PT10M' };
    const world = worldOf([repAt('dana'), repAt('max')]);
    expect(tell(policy(step), world, 1000, 'Europe/London', { missed: ['dana'] }).reason).toContain(
      'Offered to Max, who has 10 minutes of working time to claim it and was the one who had not let an offer of this lead run out.',
    );
    expect(tell(policy({ ...step, give: 'broadcast', clock: 'elapsed' }), world, 1000).reason).toContain(
      'Offered to Dana and Max at once; whoever claims it first, within 10 minutes, has it.',
    );
  });

  test('says when a waiting lead is looked at again, where the reader is', () => {
    const world = worldOf([repAt('sam', { availability: away(NOW + 18 * HOUR) })]);
    expect(tell(policy({ pool: 'enterprise' }), world, 1000, 'America/New_York').reason).toBe(
      'Rule “Large companies”. Pool Enterprise had nobody free. Nobody can take it yet, so it waits; it is looked at ' +
        'again at Wed 04:00 New York. Sam: back at Wed 04:00 New York. Dana: no longer takes leads. 3 more could not take it.',
    );
  });
});

test('candidates: the chosen first, then by what they were owed, each with a reason', () => {
  const world = worldOf([
    repAt('dana', { skills: {} }),
    repAt('max'),
    repAt('sam', { availability: away(NOW + 18 * HOUR) }),
    repAt('jo', { availability: away(NOW + 300 * HOUR, 'time_off') }),
    repAt('lee', { availability: away(NOW + 40 * HOUR, 'holiday') }),
  ]);
  expect(tell(policy({ pool: 'enterprise' }), world, 1000).candidates).toEqual([
    {
      rep: 'dana',
      name: 'Dana',
      code: 'chosen',
      detail: 'was next in line; owed 0.5 of a lead',
      pool: 'Enterprise',
      lag: 0.5,
    },
    {
      rep: 'max',
      name: 'Max',
      code: 'outranked',
      detail: 'level with Dana; the order of ids decided',
      pool: 'Enterprise',
      lag: 0.5,
    },
    {
      rep: 'jo',
      name: 'Jo',
      code: 'time_off',
      detail: 'on time off, back at 7 Dec 03:00 London',
      pool: 'Enterprise',
    },
    {
      rep: 'lee',
      name: 'Lee',
      code: 'holiday',
      detail: 'on a public holiday, back at Thu 07:00 London',
      pool: 'Enterprise',
    },
    { rep: 'sam', name: 'Sam', code: 'off_hours', detail: 'back at Wed 09:00 London', pool: 'Enterprise' },
  ]);
});

test('moments: nearer ones are shorter', () => {
  const at = (text: string, timezone = 'Europe/London') =>
    momentText(Date.parse(text), NOW, { timezone, language: 'en' });
  expect(at('2026-11-24T18:30:00Z')).toBe('18:30 London');
  expect(at('2026-11-30T09:00:00Z')).toBe('Mon 09:00 London');
  expect(at('2026-12-01T09:00:00Z')).toBe('1 Dec 09:00 London');
  expect(at('2027-01-04T09:00:00Z')).toBe('4 Jan 2027 09:00 London');
  expect(at('2026-11-24T22:00:00Z', 'Asia/Kolkata')).toBe('Wed 03:30 Kolkata');
  expect(at('2026-11-24T22:00:00Z', 'America/Argentina/Buenos_Aires')).toBe('19:00 Buenos Aires');
});
