import { describe, expect, test } from 'vitest';
import { decide, LOOK_AGAIN_AFTER } from '../../server/routing/decide/decide.ts';
import { replay } from '../../server/routing/decide/replay.ts';
import { hashDecided } from '../../server/routing/hash/decision-hash.ts';
import { away, codesOf, HOUR, leadOf, NOW, policyOf, repAt, worldOf } from '../support/routing-world.ts';

const pool = (members: unknown[], more: Record<string, unknown> = {}) => ({
  id: 'desk',
  members: members.map((member) => (typeof member === 'string' ? { rep: member } : member)),
  method: 'round_robin',
  ...more,
});

const assignTo = (...pools: Record<string, unknown>[]) =>
  policyOf({ pools, fallback: pools.map(({ id }) => ({ pool: id })) });

const OFFER = { give: 'offer', claimWithin: 'PT10M', attempts: 2 };
const offerTo = (desk: Record<string, unknown>, more: Record<string, unknown> = {}, ...steps: unknown[]) =>
  policyOf({
    pools: [desk],
    queues: [{ id: 'holding' }],
    fallback: [{ pool: 'desk', ...OFFER, ...more }, ...steps],
  });

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
    ];
    const { state } = worldOf(reps);
    const compiled = assignTo(pool([...reps.map(({ id }) => id), 'stranger']));
    const { steps } = decide(leadOf('l', { history: { declined: ['declined'] } }), compiled, state, NOW);
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

describe('offers', () => {
  test('one member is held out to; the ledger is posted and the attempt counted', () => {
    const { state } = worldOf([repAt('ann')]);
    const decided = decide(
      leadOf('l'),
      offerTo(pool(['ann']), { meanwhile: { queue: 'holding' } }),
      state,
      NOW,
    );
    expect(decided.outcome).toEqual({
      kind: 'offered',
      to: ['ann'],
      broadcast: false,
      claimWithin: 600_000,
      clock: 'working',
      expiresAt: NOW + 600_000,
      meanwhile: { queue: 'holding' },
    });
    expect(decided.history.attempts).toEqual({ 'fallback/0': 1 });
    expect(decided.posting!.charged).toEqual({ ann: 1_000_000 });
  });

  test('no later than the end of the shift; a working clock begins when the rep is back', () => {
    const endsSoon = worldOf([
      repAt('ann', { availability: { ...repAt('ann').availability, endsAt: NOW + 60_000 } }),
    ]);
    const offer = (world: ReturnType<typeof worldOf>, desk: Record<string, unknown>, clock: string) => {
      const { outcome } = decide(leadOf('l'), offerTo(desk, { clock }), world.state, NOW);
      return outcome.kind === 'offered' ? outcome.expiresAt - NOW : null;
    };
    expect(offer(endsSoon, pool(['ann']), 'working')).toBe(60_000);
    expect(offer(endsSoon, pool(['ann']), 'elapsed')).toBe(60_000);
    const asleep = worldOf([repAt('ann', { availability: away(NOW + HOUR) })]);
    expect(offer(asleep, pool(['ann'], { availability: 'ignore' }), 'working')).toBe(HOUR + 600_000);
    expect(offer(asleep, pool(['ann'], { availability: 'ignore' }), 'elapsed')).toBe(600_000);
  });

  test('when its attempts are used the next step is tried', () => {
    const { state } = worldOf([repAt('ann')]);
    const decided = decide(
      leadOf('l', { history: { attempts: { 'fallback/0': 2 } } }),
      offerTo(pool(['ann']), {}, { queue: 'holding' }),
      state,
      NOW,
    );
    expect(decided.steps[0]).toMatchObject({ took: false, because: 'attempts_used' });
    expect(decided.outcome).toEqual({ kind: 'in_queue', queue: 'holding' });
  });

  test('who cannot be reached is skipped; when nobody can, one of them is assigned the lead', () => {
    const silent = repAt('ann', { reachable: false });
    const compiled = offerTo(pool(['ann', 'bob']));
    const one = decide(leadOf('l'), compiled, worldOf([silent, repAt('bob')]).state, NOW);
    expect(codesOf(one)).toEqual({ ann: 'unreachable', bob: 'chosen' });
    expect(one.posting!.owed).toEqual({ bob: 1_000_000 });
    const none = decide(leadOf('l'), compiled, worldOf([silent]).state, NOW);
    expect(none.outcome).toEqual({ kind: 'assigned', rep: 'ann', via: 'pool' });
    expect(none.history.attempts).toEqual({});
  });

  test('reach does not matter where the lead is assigned', () => {
    const { state } = worldOf([repAt('ann', { reachable: false })]);
    expect(decide(leadOf('l'), assignTo(pool(['ann'])), state, NOW).outcome.kind).toBe('assigned');
  });

  test('a broadcast goes to everybody eligible and posts nothing yet', () => {
    const { state } = worldOf([repAt('ann'), repAt('bob'), repAt('cy', { paused: true })]);
    const decided = decide(
      leadOf('l'),
      offerTo(pool(['ann', 'bob', 'cy']), { give: 'broadcast' }),
      state,
      NOW,
    );
    expect(decided.outcome).toMatchObject({ kind: 'offered', to: ['ann', 'bob'], broadcast: true });
    expect(decided).toMatchObject({ pool: 'desk', posting: null });
  });
});

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
    expect(hashDecided(replay(stored, {}, compiled))).toBe(hashDecided(decided));
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
