import { expect, test } from 'vitest';
import { seededRandom } from '../../sandbox/people/lead-generator.ts';
import { createPushSwitches } from '../../sandbox/push-switches.ts';
import { createManualScheduler } from '../../sandbox/scheduler.ts';

const world = (seed = 1) => {
  const scheduler = createManualScheduler(0);
  const switches = createPushSwitches({ random: seededRandom(seed), scheduler });
  const arrived: number[] = [];
  const push = (numbers: readonly number[]): void => {
    for (const number of numbers) switches.pass(() => arrived.push(number));
  };
  return { scheduler, switches, arrived, push };
};

const HUNDRED = Array.from({ length: 100 }, (_, index) => index);

test('with no switch on, every push goes out at once, once and in order', () => {
  const { arrived, push, switches } = world();
  push(HUNDRED);
  expect(arrived).toEqual(HUNDRED);
  expect(switches.counts()).toEqual({ sent: 100, dropped: 0, duplicated: 0, delayed: 0 });
});

test('a share of them is lost, a share comes twice, and the counts say how many', () => {
  const { arrived, push, switches } = world();
  switches.set({ drop: 0.3, duplicate: 0.5 });
  push(HUNDRED);
  const { sent, dropped, duplicated } = switches.counts();
  expect(new Set(arrived).size).toBe(100 - dropped);
  expect(arrived).toHaveLength(sent);
  expect(sent).toBe(100 - dropped + duplicated);
  expect(dropped).toBeGreaterThan(15);
  expect(dropped).toBeLessThan(45);
  expect(duplicated).toBeGreaterThan(15);
});

test('the same seed loses and doubles the same ones', () => {
  const run = (seed: number): readonly number[] => {
    const { arrived, push, switches } = world(seed);
    switches.set({ drop: 0.5, duplicate: 0.5 });
    push(HUNDRED);
    return arrived;
  };
  expect(run(7)).toEqual(run(7));
  expect(run(7)).not.toEqual(run(8));
});

test('delayed pushes come no earlier; reordered ones overtake each other and all arrive', () => {
  const { arrived, push, switches, scheduler } = world();
  switches.set({ delayMs: 1_000, reorder: true, reorderMs: 500 });
  push(HUNDRED);
  expect(switches.held()).toBe(100);
  scheduler.advance(999);
  expect(arrived).toEqual([]);
  scheduler.advance(501);
  expect(arrived).not.toEqual(HUNDRED);
  expect(arrived.toSorted((a, b) => a - b)).toEqual(HUNDRED);
  expect(switches.held()).toBe(0);
});

test('paused pushes are kept, and go out in order when the pause ends', () => {
  const { arrived, push, switches } = world();
  switches.set({ paused: true });
  push([1, 2, 3]);
  expect(arrived).toEqual([]);
  expect(switches.held()).toBe(3);
  switches.set({ paused: false });
  expect(arrived).toEqual([1, 2, 3]);
});
