/** What became of a list whose entries are known by a key. */
export interface ListChanges<T> {
  readonly added: readonly { readonly after: T; readonly place: number }[];
  readonly removed: readonly T[];
  readonly kept: readonly { readonly before: T; readonly after: T }[];
  /** The fewest entries whose moving explains the new order; places count from 1. */
  readonly moved: readonly { readonly after: T; readonly from: number; readonly to: number }[];
}

/** Compares two lists by the keys of their entries. A key that stands twice counts once, as it stands first. */
export const listChanges = <T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (entry: T) => string,
): ListChanges<T> => {
  const old = firstOfEach(before, keyOf);
  const now = firstOfEach(after, keyOf);
  const kept = [...now.keys()].filter((key) => old.has(key));
  const staying = longestRising(kept.map((key) => old.get(key)!.place));
  return {
    added: [...now].flatMap(([key, { entry, place }]) => (old.has(key) ? [] : [{ after: entry, place }])),
    removed: [...old].flatMap(([key, { entry }]) => (now.has(key) ? [] : [entry])),
    kept: kept.map((key) => ({ before: old.get(key)!.entry, after: now.get(key)!.entry })),
    moved: kept.flatMap((key) => {
      const { place: from } = old.get(key)!;
      const { entry, place: to } = now.get(key)!;
      return staying.has(from) ? [] : [{ after: entry, from, to }];
    }),
  };
};

const firstOfEach = <T>(list: readonly T[], keyOf: (entry: T) => string) => {
  const found = new Map<string, { readonly entry: T; readonly place: number }>();
  list.forEach((entry, index) => {
    const key = keyOf(entry);
    if (!found.has(key)) found.set(key, { entry, place: index + 1 });
  });
  return found;
};

/** The values of a longest rising subsequence: those that need not move. */
const longestRising = (places: readonly number[]): ReadonlySet<number> => {
  const ends: number[] = [];
  const previous = new Map<number, number | undefined>();
  for (const place of places) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! < place) low = middle + 1;
      else high = middle;
    }
    previous.set(place, ends[low - 1]);
    ends[low] = place;
  }
  const staying = new Set<number>();
  for (let place = ends.at(-1); place !== undefined; place = previous.get(place)) staying.add(place);
  return staying;
};
