import { describe, expect, test } from 'vitest';
import { decide, LOOK_AGAIN_AFTER } from '../../server/routing/decide/decide.ts';
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

describe('waiting', () => {
  test('after the last step the lead waits for the first who is back', () => {
    const { state } = worldOf([
      repAt('ann', { availability: away(NOW + 3 * HOUR) }),
      repAt('bob', { availability: away(NOW + 2 * HOUR, 'time_off') }),
    ]);
    expect(decide(leadOf('l'), assignTo(pool(['ann', 'bob'])), state, NOW)).toMatchObject({
      outcome: { kind: 'waiting', retryAt: NOW + 2 * HOUR, meanwhile: null },
      step: null,
      posting: null,
    });
  });

  test('a pool that takes who is back within a time is looked at that much earlier', () => {
    const { state } = worldOf([repAt('ann', { availability: away(NOW + 10 * HOUR) })]);
    const { outcome } = decide(
      leadOf('l'),
      assignTo(pool(['ann'], { availability: { within: 'PT4H' } })),
      state,
      NOW,
    );
    expect(outcome).toMatchObject({ kind: 'waiting', retryAt: NOW + 6 * HOUR });
  });

  test('a cap that frees by itself is waited for; open work is not', () => {
    const load = { open: 5, perHour: 1, perDay: 3, perWeek: 3, perMonth: 3 };
    const at = (capacity: Record<string, number>) => {
      const { outcome } = decide(
        leadOf('l'),
        assignTo(pool(['ann'])),
        worldOf([repAt('ann', { capacity, load })]).state,
        NOW,
      );
      return outcome.kind === 'waiting' ? outcome.retryAt - NOW : null;
    };
    expect(at({ perHour: 1 })).toBe(HOUR);
    expect(at({ perHour: 1, perDay: 3 })).toBe(9 * HOUR);
    expect(at({ open: 5, perHour: 1 })).toBe(LOOK_AGAIN_AFTER);
    expect(at({ perDay: 0 })).toBe(LOOK_AGAIN_AFTER);
  });

  test('with nothing to wait for it is looked at again within a set time', () => {
    const decided = decide(leadOf('l'), policyOf({}), worldOf([]).state, NOW);
    expect(decided.outcome).toEqual({ kind: 'waiting', retryAt: NOW + LOOK_AGAIN_AFTER, meanwhile: null });
  });

  const waits = policyOf({
    pools: [pool(['ann'])],
    queues: [{ id: 'holding' }, { id: 'late' }],
    fallback: [{ pool: 'desk' }, { wait: 'PT4H', meanwhile: { queue: 'holding' } }, { queue: 'late' }],
  });
  const gone = worldOf([repAt('ann', { paused: true })]);

  test('a wait holds the lead at its step, from when it was first reached', () => {
    const first = decide(leadOf('l'), waits, gone.state, NOW);
    expect(first).toMatchObject({
      outcome: { kind: 'waiting', retryAt: NOW + 4 * HOUR, meanwhile: { queue: 'holding' } },
      step: 'fallback/1',
      history: { waits: { 'fallback/1': NOW } },
    });
    const again = decide(leadOf('l', { history: first.history }), waits, gone.state, NOW + HOUR);
    expect(again.outcome).toMatchObject({ kind: 'waiting', retryAt: NOW + 4 * HOUR });
    const over = decide(leadOf('l', { history: again.history }), waits, gone.state, NOW + 4 * HOUR);
    expect(over.outcome).toEqual({ kind: 'in_queue', queue: 'late' });
  });

  test('steps before a wait are tried at every decision', () => {
    const history = { waits: { 'fallback/1': NOW - HOUR } };
    expect(decide(leadOf('l', { history }), waits, worldOf([repAt('ann')]).state, NOW).outcome.kind).toBe(
      'assigned',
    );
    const back = worldOf([repAt('ann', { availability: away(NOW + HOUR) })]);
    expect(decide(leadOf('l', { history }), waits, back.state, NOW).outcome).toMatchObject({
      retryAt: NOW + HOUR,
    });
  });
});
