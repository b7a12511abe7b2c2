import { describe, expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import { replay } from '../../server/routing/decide/replay.ts';
import { canonicalJson } from '../../server/routing/hash/canonical-json.ts';
import { creditPosting, skipPosting } from '../../server/routing/ledger/adjust.ts';
import { reversePosting } from '../../server/routing/ledger/posting.ts';
import { renderDecision } from '../../server/routing/render/render-decision.ts';
import type { Skip } from '../../server/routing/state.ts';
import {
  assignTo,
  IDS_AS_NAMES,
  leadOf,
  NOW,
  pool,
  repAt,
  type World,
  worldOf,
} from '../support/routing-world.ts';

/** Four shares are whole, so that nobody is a millionth ahead. */
const REPS = ['ann', 'bob', 'cy', 'dee'];
const compiled = assignTo(pool(REPS));
const skip = (world: World, rep: string, to: Skip | null) =>
  world.post(skipPosting('desk', rep, world.balance('desk', rep).skip ?? null, to));
const route = (world: World, from: number, count: number, policy = compiled): string => {
  let order = '';
  for (let i = from; i < from + count; i++) {
    const { outcome, posting } = decide(leadOf(`l${i}`), policy, world.state, NOW + i);
    world.post(posting, NOW + i);
    order += outcome.kind === 'assigned' ? outcome.rep[0] : '-';
  }
  return order;
};
const lagsOf = (world: World) => REPS.map((rep) => world.balance('desk', rep).lag);

describe('a turn that is passed', () => {
  const worldAfterKeep = () => {
    const world = worldOf(REPS.map((rep) => repAt(rep)));
    route(world, 0, 4);
    skip(world, 'ann', 'keep');
    return world;
  };

  test('kept: ann is next again; lost: she waits for a whole turn, and the others have what she would have had', () => {
    const kept = worldAfterKeep();
    expect(route(kept, 4, 5)).toBe('bacdb');
    const lost = worldOf(REPS.map((rep) => repAt(rep)));
    route(lost, 0, 4);
    skip(lost, 'ann', 'lose');
    expect(route(lost, 4, 7)).toBe('bcdcbda');
    for (const world of [kept, lost]) {
      expect(lagsOf(world).reduce((sum, lag) => sum + lag, 0)).toBe(0);
      expect(world.balance('desk', 'ann').skip).toBeUndefined();
    }
  });

  test('is told to everybody, and replays from what was stored', () => {
    const world = worldAfterKeep();
    const decided = decide(leadOf('l4'), compiled, world.state, NOW + 4);
    expect(decided.steps[0]!.candidates).toContainEqual(
      expect.objectContaining({ rep: 'ann', code: 'outranked', by: 'skipped' }),
    );
    const text = renderDecision(decided, {
      names: IDS_AS_NAMES,
      reader: { timezone: 'UTC', language: 'en' },
      decidedAt: NOW,
    });
    expect(text.reason).toContain('bob was next after a turn that is passed this once.');
    expect(text.candidates.find(({ rep }) => rep === 'ann')?.detail).toContain(
      'their turn was passed this once',
    );
    expect(
      canonicalJson(replay(JSON.parse(JSON.stringify(decided.inputs)), {}, compiled, decided.engine)),
    ).toBe(canonicalJson(decided));
  });

  test('stays until there is somebody else to go', () => {
    const world = worldOf([repAt('ann'), ...REPS.slice(1).map((rep) => repAt(rep, { paused: true }))]);
    skip(world, 'ann', 'lose');
    expect(route(world, 0, 2)).toBe('aa');
    expect(world.balance('desk', 'ann').skip).toBe('lose');
    const all = worldOf(REPS.map((rep) => repAt(rep)));
    for (const rep of REPS) skip(all, rep, 'keep');
    expect(route(all, 0, 1)).toBe('a');
    expect(REPS.map((rep) => all.balance('desk', rep).skip)).toEqual(REPS.map(() => 'keep'));
  });

  test('comes again when the lead it was passed for is handed back', () => {
    const world = worldAfterKeep();
    const before = lagsOf(world);
    const { posting } = decide(leadOf('l4'), compiled, world.state, NOW + 4);
    world.post(posting, NOW + 4);
    expect(world.balance('desk', 'ann').skip).toBeUndefined();
    world.post(
      reversePosting({ posting: posting!, at: NOW + 4 }, world.balance('desk', 'bob').lastAt),
      NOW + 5,
    );
    expect(world.balance('desk', 'ann').skip).toBe('keep');
    expect(lagsOf(world)).toEqual(before);
  });
});

test('a credit of six leads brings its rep six more, taken from the others by weight', () => {
  const world = worldOf(REPS.map((rep) => repAt(rep)));
  const others = REPS.slice(1).map((rep, i) => ({ rep, weight: i + 1 }));
  world.post(creditPosting('desk', { rep: 'ann', amount: 6_000_000 }, others, 0.3));
  expect(lagsOf(world)).toEqual([6_000_000, -1_000_000, -2_000_000, -3_000_000]);
  const order = route(world, 0, 40);
  expect(REPS.map((rep) => [...order].filter((one) => one === rep[0]).length)).toEqual([16, 9, 8, 7]);
});
