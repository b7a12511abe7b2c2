import type { Random } from './random.ts';

/** A way to choose whose turn it is. `free`: indices of members who can have the lead, in order, never empty. */
export type Chooser = (free: readonly number[]) => number;

/** Builds a chooser for a pool's weights. */
export type Method = (weights: readonly number[], random: Random) => Chooser;

/** nginx's smooth weighted round robin (2012): everybody free gains their weight, the greatest pays the sum. */
export const smoothWeighted: Method = (weights) => {
  const current = weights.map(() => 0);
  return (free) => {
    let sum = 0;
    for (const i of free) {
      current[i]! += weights[i]!;
      sum += weights[i]!;
    }
    const next = free.reduce((best, i) => (current[i]! > current[best]! ? i : best));
    current[next]! -= sum;
    return next;
  };
};

/** The lowest count per weight is next. */
export const lowestCount: Method = (weights) => {
  const counts = weights.map(() => 0);
  return (free) => {
    const next = free.reduce((best, i) =>
      counts[i]! / weights[i]! < counts[best]! / weights[best]! ? i : best,
    );
    counts[next]! += 1;
    return next;
  };
};

/** A pointer that stays for `weight` leads with each member in turn and steps over who is away. */
export const rotatingPointer: Method = (weights) => {
  let at = 0;
  let left = weights[0]!;
  const step = () => {
    at = (at + 1) % weights.length;
    left = weights[at]!;
  };
  return (free) => {
    while (left === 0 || !free.includes(at)) step();
    left -= 1;
    return at;
  };
};

/** Drawn by lot, weighted. */
export const weightedRandom: Method = (weights, random) => (free) => {
  let draw = random() * free.reduce((sum, i) => sum + weights[i]!, 0);
  for (const i of free) {
    draw -= weights[i]!;
    if (draw < 0) return i;
  }
  return free.at(-1)!;
};
