import { describe, expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import { replay } from '../../server/routing/decide/replay.ts';
import { hashDecided } from '../../server/routing/hash/decision-hash.ts';
import {
  assignTo,
  away,
  HOUR,
  leadOf,
  NOW,
  policyOf,
  pool,
  repAt,
  worldOf,
} from '../support/routing-world.ts';

describe('intake', () => {
  const compiled = policyOf({
    fields: { stage: { type: 'text' } },
    intake: { when: { field: 'stage', op: 'eq', value: 'lead' } },
    pools: [pool(['ann'])],
    fallback: [{ pool: 'desk' }],
  });
  const { state } = worldOf([repAt('ann')]);

  test('a record outside it is not routed', () => {
    const { outcome, steps } = decide(leadOf('l', { values: { stage: 'customer' } }), compiled, state, NOW);
    expect(outcome).toEqual({ kind: 'not_routed', because: 'not_in_intake' });
    expect(steps).toEqual([]);
  });

  test('a record with an owner is kept, even when the owner is no rep', () => {
    const lead = leadOf('l', { values: { stage: 'lead' }, owner: { rep: null } });
    expect(decide(lead, compiled, state, NOW).outcome).toEqual({
      kind: 'not_routed',
      because: 'already_owned',
    });
  });

  test('a record with an owner is routed where the policy says so', () => {
    const routes = policyOf({
      intake: { owned: 'route' },
      pools: [pool(['ann'])],
      fallback: [{ pool: 'desk' }],
    });
    expect(decide(leadOf('l', { owner: { rep: 'bob' } }), routes, state, NOW).outcome.kind).toBe('assigned');
  });
});

describe('rules', () => {
  const compiled = policyOf({
    fields: { size: { type: 'number' } },
    queues: [{ id: 'small' }, { id: 'rest' }],
    pools: [pool(['ann'])],
    rules: [
      { id: 'large', when: { field: 'size', op: 'gte', value: 100 }, then: [{ pool: 'desk' }] },
      { id: 'known', when: { field: 'size', op: 'is_present' }, then: [{ queue: 'small' }] },
    ],
    fallback: [{ queue: 'rest' }],
  });

  test('the first that matches gives its steps; the fallback comes after', () => {
    const { state } = worldOf([repAt('ann')]);
    const at = (size?: number) =>
      decide(leadOf('l', { values: size === undefined ? {} : { size } }), compiled, state, NOW);
    expect(at(100)).toMatchObject({ rule: 'large', step: 'large/0', pool: 'desk' });
    expect(at(5)).toMatchObject({
      rule: 'known',
      step: 'known/0',
      outcome: { kind: 'in_queue', queue: 'small' },
    });
    expect(at()).toMatchObject({
      rule: null,
      step: 'fallback/0',
      outcome: { kind: 'in_queue', queue: 'rest' },
    });
  });

  test('a rule whose steps find nobody falls back, and says so', () => {
    const { state } = worldOf([repAt('ann', { paused: true })]);
    const decided = decide(leadOf('l', { values: { size: 100 } }), compiled, state, NOW);
    expect(decided).toMatchObject({ rule: 'large', step: 'fallback/0', pool: null, posting: null });
    expect(decided.steps.map(({ because, took }) => because ?? took)).toEqual(['nobody_eligible', true]);
  });
});

describe('a named rep', () => {
  const compiled = policyOf({ pools: [pool(['bob'])], fallback: [{ rep: 'ann' }, { pool: 'desk' }] });

  test('gets the lead when at work with room, without the ledger', () => {
    const decided = decide(leadOf('l'), compiled, worldOf([repAt('ann'), repAt('bob')]).state, NOW);
    expect(decided).toMatchObject({
      outcome: { kind: 'assigned', rep: 'ann', via: 'rep' },
      pool: null,
      posting: null,
    });
  });

  test('else the next step is tried, and the reason kept', () => {
    const { state } = worldOf([repAt('ann', { availability: away(NOW + HOUR) }), repAt('bob')]);
    const decided = decide(leadOf('l'), compiled, state, NOW);
    expect(decided.outcome).toMatchObject({ rep: 'bob' });
    expect(decided.steps[0]).toMatchObject({
      because: 'rep_unavailable',
      candidates: [{ rep: 'ann', code: 'off_hours' }],
    });
  });
});

describe('the hash', () => {
  const compiled = assignTo(pool(['ann', 'bob'], { catchUp: { mode: 'bounded', perDay: 1 } }));
  const reps = [
    repAt('ann', { capacity: { perDay: 9 } }),
    repAt('bob', { availability: away(NOW + HOUR, 'holiday') }),
  ];

  test('is the same for the same inputs, and for a replay of what was stored', () => {
    const { state } = worldOf(reps);
    const decided = decide(leadOf('l'), compiled, state, NOW);
    expect(hashDecided(decided)).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(hashDecided(decide(leadOf('l'), compiled, state, NOW))).toBe(hashDecided(decided));
    const stored = JSON.parse(JSON.stringify(decided.inputs));
    expect(hashDecided(replay(stored, {}, compiled, decided.engine))).toBe(hashDecided(decided));
  });

  test('changes with anything that was read', () => {
    const hash = (world: ReturnType<typeof worldOf>, now = NOW) =>
      hashDecided(decide(leadOf('l'), compiled, world.state, now));
    const before = hash(worldOf(reps));
    expect(hash(worldOf(reps), NOW + 1)).not.toBe(before);
    expect(hash(worldOf([{ ...reps[0]!, capacity: { perDay: 8 } }, reps[1]!]))).not.toBe(before);
    expect(hash(worldOf([reps[0]!, { ...reps[1]!, paused: true }]))).not.toBe(before);
  });
});
