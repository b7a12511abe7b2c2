/** How many there were of each key. */
export interface Counts<Key> {
  readonly add: (key: Key) => void;
  readonly of: (key: Key) => number;
  /** Most first, then by key. */
  readonly list: () => readonly (readonly [Key, number])[];
}

export const createCounts = <Key>(): Counts<Key> => {
  const counts = new Map<Key, number>();
  return {
    add: (key) => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    of: (key) => counts.get(key) ?? 0,
    list: () => [...counts].sort(([a, x], [b, y]) => y - x || (String(a) < String(b) ? -1 : 1)),
  };
};
