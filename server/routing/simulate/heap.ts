/** A queue that gives back its least entry first. Entries that compare equal come in no order. */
export interface Heap<Entry> {
  readonly push: (entry: Entry) => void;
  readonly peek: () => Entry | undefined;
  readonly pop: () => Entry | undefined;
  readonly size: () => number;
}

/** A binary heap. `before`: whether one entry comes before another. */
export const createHeap = <Entry>(before: (a: Entry, b: Entry) => boolean): Heap<Entry> => {
  const entries: Entry[] = [];
  const swap = (i: number, j: number): void => {
    const entry = entries[i]!;
    entries[i] = entries[j]!;
    entries[j] = entry;
  };
  const rise = (from: number): void => {
    for (let i = from; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!before(entries[i]!, entries[parent]!)) return;
      swap(i, parent);
      i = parent;
    }
  };
  const sink = (): void => {
    for (let i = 0; ; ) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2])
        if (child < entries.length && before(entries[child]!, entries[least]!)) least = child;
      if (least === i) return;
      swap(i, least);
      i = least;
    }
  };
  return {
    push: (entry) => {
      entries.push(entry);
      rise(entries.length - 1);
    },
    peek: () => entries[0],
    pop: () => {
      const [first] = entries;
      const last = entries.pop();
      if (entries.length > 0) {
        entries[0] = last!;
        sink();
      }
      return first;
    },
    size: () => entries.length,
  };
};
