import type { Method } from './peers.ts';
import { seeded } from './random.ts';

/** How members' weights are made. */
export type Shape = 'equal' | 'random 1-10' | '1:1000' | 'geometric';

export interface Setting {
  readonly shape: Shape;
  readonly members: number;
  readonly leads: number;
  /** The chance that a member is free, each lead anew; 1: eligibility is fixed. */
  readonly free: number;
  readonly seed: number;
}

/**
 * The worst |owed - received| of any member after any lead, in leads. Owed is the exact share, weight over the weights
 * of those free, kept apart from whatever the method keeps for itself. Leads that find nobody free are left out.
 */
export const worstLag = (method: Method, { shape, members, leads, free: chance, seed }: Setting): number => {
  const random = seeded(seed);
  const weights = weightsOf(shape, members, random);
  const choose = method(weights, seeded(seed + 1));
  const lag = weights.map(() => 0);
  let worst = 0;
  for (let lead = 0; lead < leads; lead++) {
    const free = weights.flatMap((_, i) => (chance >= 1 || random() < chance ? [i] : []));
    if (free.length === 0) continue;
    const sum = free.reduce((total, i) => total + weights[i]!, 0);
    for (const i of free) lag[i]! += weights[i]! / sum;
    lag[choose(free)]! -= 1;
    for (const one of lag) worst = Math.max(worst, Math.abs(one));
  }
  return worst;
};

const weightsOf = (shape: Shape, members: number, random: () => number): readonly number[] => {
  const make = (weight: (i: number) => number) => Array.from({ length: members }, (_, i) => weight(i));
  switch (shape) {
    case 'equal':
      return make(() => 1);
    case 'random 1-10':
      return make(() => 1 + Math.floor(random() * 10));
    case '1:1000':
      return make((i) => (i % 2 === 0 ? 1000 : 1));
    case 'geometric':
      return make((i) => 2 ** Math.min(i, 19));
    default:
      return shape satisfies never;
  }
};
