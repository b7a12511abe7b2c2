import { describe, expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import { postGiven, writeOff } from '../../server/routing/ledger/posting.ts';
import { LEAD } from '../../server/routing/ledger/shares.ts';
import { AT_WORK, away, HOUR, leadOf, NOW, policyOf, repAt, worldOf } from '../support/routing-world.ts';

const VACATION = away(NOW + 100 * HOUR, 'time_off');

/** Ann is away for `missed` leads while Bob and Cy (weights 1 and 3) take them; then `after` leads come with her back. */
const vacation = (catchUp: object, missed: number, after: number) => {
  const compiled = policyOf({
    pools: [
      {
        id: 'desk',
        members: [{ rep: 'ann' }, { rep: 'bob' }, { rep: 'cy', weight: 3 }],
        method: 'round_robin',
        catchUp,
      },
    ],
    fallback: [{ pool: 'desk' }],
  });
  const world = worldOf([repAt('ann'), repAt('bob'), repAt('cy')]);
  const take = (count: number, from: number) =>
    Array.from({ length: count }, (_, i) => {
      const { outcome, posting } = decide(leadOf(`lead${from + i}`), compiled, world.state, NOW + from + i);
      world.post(posting, NOW + from + i);
      return outcome.kind === 'assigned' ? outcome.rep : '';
    });
  world.reps.set('ann', repAt('ann', { availability: VACATION }));
  const meanwhile = take(missed, 0);
  world.reps.set('ann', repAt('ann', { availability: AT_WORK }));
  const back = take(after, missed);
  return { world, compiled, take, meanwhile, back };
};

const countOf = (reps: readonly string[], rep: string) => reps.filter((one) => one === rep).length;

describe('a rep back from time off', () => {
  test('is owed nothing for it by default', () => {
    const { world, back } = vacation({ mode: 'none' }, 100, 50);
    expect(countOf(back, 'ann')).toBe(10);
    expect(world.balance('desk', 'ann').banked).toBe(0);
  });

  test('with full catch-up gets everything they would have had, at once', () => {
    const { world, back } = vacation({ mode: 'full' }, 100, 50);
    // A fifth of the 100 leads missed, on top of a fifth of the 50.
    expect(countOf(back, 'ann')).toBe(30);
    expect(countOf(back.slice(0, 20), 'ann')).toBeGreaterThanOrEqual(19);
    expect(world.balance('desk', 'ann').banked).toBe(0);
  });

  test('with bounded catch-up gets at most so many extra on each of their days', () => {
    const { world, take, back } = vacation({ mode: 'bounded', perDay: 3 }, 100, 50);
    expect(countOf(back, 'ann')).toBe(13);
    expect(world.balance('desk', 'ann')).toMatchObject({ banked: 17 * LEAD, releasedToday: 3 * LEAD });
    world.reps.set('ann', repAt('ann', { today: '2026-11-25' }));
    expect(countOf(take(50, 1000), 'ann')).toBe(13);
    expect(world.balance('desk', 'ann').banked).toBe(14 * LEAD);
  });

  test('those who stayed share her leads by weight, and give them back by weight', () => {
    const { world, meanwhile } = vacation({ mode: 'full' }, 100, 0);
    expect([countOf(meanwhile, 'bob'), countOf(meanwhile, 'cy')]).toEqual([25, 75]);
    expect(world.balance('desk', 'bob').banked).toBe(-5 * LEAD);
    expect(world.balance('desk', 'cy').banked).toBe(-15 * LEAD);
    for (const rep of ['ann', 'bob', 'cy'])
      expect(Math.abs(world.balance('desk', rep).lag)).toBeLessThan(LEAD);
  });

  test('accrues only while they would have worked', () => {
    const compiled = policyOf({
      pools: [
        {
          id: 'desk',
          members: [{ rep: 'ann' }, { rep: 'bob' }],
          method: 'round_robin',
          catchUp: { mode: 'full' },
        },
      ],
      fallback: [{ pool: 'desk' }],
    });
    const at = (availability: typeof AT_WORK) =>
      decide(leadOf('l'), compiled, worldOf([repAt('ann', { availability }), repAt('bob')]).state, NOW)
        .posting!;
    expect(at(VACATION).banked).toEqual({ ann: LEAD / 2, bob: -LEAD / 2 });
    expect(at({ ...VACATION, inHours: false }).banked).toEqual({});
    expect(at(away(NOW + HOUR)).banked).toEqual({});
  });
});

describe('the pool changes', () => {
  test('a joiner starts at zero and is not flooded', () => {
    const { compiled, world, take } = vacation({ mode: 'none' }, 1000, 0);
    expect(world.balance('desk', 'ann').lag).toBe(0);
    expect(compiled.pool('desk')!.members).toHaveLength(3);
    expect(countOf(take(10, 2000), 'ann')).toBe(2);
  });

  test('what a leaver was owed passes to those who stay, by weight, in a posting of its own', () => {
    const balance = { lag: 400_000, banked: -4000, releasedOn: null, releasedToday: 0, lastAt: NOW };
    const stayers = [
      { rep: 'bob', weight: 1 },
      { rep: 'cy', weight: 3 },
    ];
    expect(writeOff('desk', [{ rep: 'ann', balance }], stayers, 0)).toEqual({
      pool: 'desk',
      owed: { ann: -396_000, bob: 99_000, cy: 297_000 },
      charged: {},
      banked: { ann: 4000, bob: -1000, cy: -3000 },
      released: {},
      previousAt: null,
    });
    expect(
      writeOff('desk', [{ rep: 'ann', balance: { ...balance, lag: 0, banked: 0 } }], stayers, 0),
    ).toBeNull();
  });

  test('a claimed broadcast is owed among its offerees and charged to who claimed it', () => {
    const members = [
      { rep: 'ann', weight: 1 },
      { rep: 'bob', weight: 3 },
    ];
    expect(postGiven({ pool: 'desk', members, rep: 'ann' }, 7, 0)).toMatchObject({
      owed: { ann: 250_000, bob: 750_000 },
      charged: { ann: LEAD },
      previousAt: 7,
    });
  });
});
