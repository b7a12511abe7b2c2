import { describe, expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import {
  assignTo,
  away,
  codesOf,
  HOUR,
  leadOf,
  NOW,
  policyOf,
  pool,
  repAt,
  worldOf,
} from '../support/routing-world.ts';

describe('who can have a lead', () => {
  const capped = {
    capacity: { open: 5, perDay: 3 },
    load: { open: 1, perHour: 0, perDay: 3, perWeek: 3, perMonth: 3 },
  };

  test('everybody has a reason, the first of a fixed order', () => {
    const reps = [
      repAt('chosen'),
      repAt('inactive', { active: false, paused: true }),
      repAt('paused', { paused: true, availability: away(NOW + HOUR) }),
      repAt('vacation', { availability: away(NOW + 50 * HOUR, 'time_off'), ...capped }),
      repAt('holiday', { availability: away(null, 'holiday') }),
      repAt('night', { availability: away(NOW + 2 * HOUR) }),
      repAt('full', capped),
      repAt('declined'),
      repAt('had'),
    ];
    const { state } = worldOf(reps);
    const compiled = assignTo(pool([...reps.map(({ id }) => id), 'stranger']));
    const { steps } = decide(
      leadOf('l', { history: { declined: ['declined'], had: ['had'] } }),
      compiled,
      state,
      NOW,
    );
    expect(Object.fromEntries(steps[0]!.candidates.map(({ rep, ...rest }) => [rep, rest]))).toEqual({
      chosen: { code: 'chosen', lag: 1_000_000, open: 0, share: 1_000_000 },
      inactive: { code: 'inactive' },
      stranger: { code: 'inactive' },
      paused: { code: 'paused' },
      vacation: { code: 'time_off', backAt: NOW + 50 * HOUR },
      holiday: { code: 'holiday', backAt: null },
      night: { code: 'off_hours', backAt: NOW + 2 * HOUR },
      full: { code: 'at_capacity', cap: 'perDay', limit: 3, used: 3 },
      declined: { code: 'declined_before' },
      had: { code: 'had_before' },
    });
  });

  test('skills: text compares without case, a list holds one of several, whenMissing stands in', () => {
    const reps = [
      repAt('de', { skills: { language: ['DE', 'en'] } }),
      repAt('en', { skills: { language: 'EN' } }),
      repAt('none'),
    ];
    const { state } = worldOf(reps);
    const eligible = (op: string, values: Record<string, string>, whenMissing?: string) => {
      const requires = [
        { rep: 'skills.language', op, lead: 'language', ...(whenMissing ? { whenMissing } : {}) },
      ];
      const compiled = policyOf({
        fields: { language: { type: 'text' } },
        pools: [pool(['de', 'en', 'none'], { requires })],
        fallback: [{ pool: 'desk' }],
      });
      const codes = codesOf(decide(leadOf('l', { values }), compiled, state, NOW));
      return Object.keys(codes).filter((rep) => codes[rep] !== 'missing_skill');
    };
    expect(eligible('contains', { language: 'de' })).toEqual(['de']);
    expect(eligible('contains', { language: 'En' })).toEqual(['de', 'en']);
    expect(eligible('eq', { language: 'en' })).toEqual(['en']);
    expect(eligible('contains', { language: 'fr' })).toEqual([]);
    expect(eligible('contains', {})).toEqual([]);
    expect(eligible('contains', {}, 'en')).toEqual(['de', 'en']);
  });

  test('availability: ignore gives to who is away', () => {
    const { state } = worldOf([repAt('ann', { availability: away(NOW + HOUR, 'time_off') })]);
    expect(
      decide(leadOf('l'), assignTo(pool(['ann'], { availability: 'ignore' })), state, NOW).outcome,
    ).toEqual({
      kind: 'assigned',
      rep: 'ann',
      via: 'pool',
    });
  });

  test('availability: within gives to who is back soon enough, when nobody is at work', () => {
    const compiled = assignTo(pool(['here', 'soon', 'late'], { availability: { within: 'PT4H' } }));
    const soon = repAt('soon', { availability: away(NOW + 4 * HOUR) });
    const late = repAt('late', { availability: away(NOW + 4 * HOUR + 1) });
    const without = worldOf([soon, late]);
    expect(codesOf(decide(leadOf('l'), compiled, without.state, NOW))).toEqual({
      here: 'inactive',
      soon: 'chosen',
      late: 'off_hours',
    });
    const present = worldOf([repAt('here'), soon, late]);
    const decided = decide(leadOf('l'), compiled, present.state, NOW);
    expect(codesOf(decided)).toEqual({ here: 'chosen', soon: 'off_hours', late: 'off_hours' });
    expect(decided.posting!.owed).toEqual({ here: 1_000_000 });
  });

  test('teams are spread out; who is listed twice counts once', () => {
    const { state } = worldOf([repAt('ann'), repAt('bob')], { sales: ['ann', 'bob'] });
    const decided = decide(
      leadOf('l'),
      assignTo(pool([{ rep: 'bob', weight: 3 }, { team: 'sales' }])),
      state,
      NOW,
    );
    expect(decided.posting!.owed).toEqual({ ann: 250_000, bob: 750_000 });
  });
});

describe('methods', () => {
  test('load_balanced: the least open work per weight; the ledger is posted all the same', () => {
    const busy = (open: number) => ({ load: { open, perHour: 0, perDay: 0, perWeek: 0, perMonth: 0 } });
    const { state } = worldOf([repAt('ann', busy(2)), repAt('bob', busy(3)), repAt('cy', busy(2))]);
    const members = ['ann', { rep: 'bob', weight: 2 }, 'cy'];
    const decided = decide(leadOf('l'), assignTo(pool(members, { method: 'load_balanced' })), state, NOW);
    expect(decided.outcome).toMatchObject({ rep: 'bob' });
    expect(decided.steps[0]!.candidates).toContainEqual(
      expect.objectContaining({ rep: 'ann', by: 'load', open: 2 }),
    );
    expect(decided.posting).toMatchObject({ charged: { bob: 1_000_000 }, owed: { bob: 500_000 } });
  });

  test('load_balanced: per open cap where every eligible member has one', () => {
    const capped = (open: number, limit: number) => ({
      capacity: { open: limit },
      load: { open, perHour: 0, perDay: 0, perWeek: 0, perMonth: 0 },
    });
    const { state } = worldOf([repAt('ann', capped(2, 4)), repAt('bob', capped(10, 50))]);
    const decided = decide(
      leadOf('l'),
      assignTo(pool(['ann', 'bob'], { method: 'load_balanced' })),
      state,
      NOW,
    );
    expect(decided.outcome).toMatchObject({ rep: 'bob' });
  });

  test('longest_waiting: who never had one, then the oldest', () => {
    const world = worldOf([repAt('ann'), repAt('bob'), repAt('cy')]);
    const compiled = assignTo(pool(['ann', 'bob', 'cy'], { method: 'longest_waiting' }));
    const order = [0, 1, 2, 3, 4].map((i) => {
      const decided = decide(leadOf(`l${i}`), compiled, world.state, NOW + i);
      world.post(decided.posting, NOW + i);
      return decided.outcome.kind === 'assigned' ? decided.outcome.rep : null;
    });
    expect([...order.slice(0, 3)].sort()).toEqual(['ann', 'bob', 'cy']);
    expect(order.slice(3)).toEqual(order.slice(0, 2));
  });

  test('whose offer ran out is asked last', () => {
    const { state } = worldOf([repAt('ann'), repAt('bob')]);
    const compiled = assignTo(pool([{ rep: 'ann', weight: 1000 }, 'bob']));
    const decided = decide(leadOf('l', { history: { missed: ['ann'] } }), compiled, state, NOW);
    expect(decided.outcome).toMatchObject({ rep: 'bob' });
    expect(decided.steps[0]!.candidates[0]).toMatchObject({
      rep: 'ann',
      code: 'outranked',
      by: 'missed_offer',
    });
  });
});
