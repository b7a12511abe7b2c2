/** A seeded source of random numbers (mulberry32): the same seed, the same run. */
export interface Random {
  /** 0 <= x < 1 */
  readonly unit: () => number;
  /** 0 <= whole number < n */
  readonly below: (n: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  /** So many different elements, in random order. */
  readonly sample: <T>(list: readonly T[], count: number) => readonly T[];
}

export const makeRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(unit() * n);
  return {
    unit,
    below,
    pick: (list) => list[below(list.length)]!,
    sample: (list, count) => {
      const rest = [...list];
      return Array.from(
        { length: Math.min(count, rest.length) },
        () => rest.splice(below(rest.length), 1)[0]!,
      );
    },
  };
};
