/** How long things took, in milliseconds. The median and the 90th percentile are exact to two digits, rounded up. */
export interface Durations {
  readonly count: number;
  readonly median: number | null;
  readonly p90: number | null;
  readonly worst: number | null;
}

/** Collects durations in constant memory: only how many there were of each two leading digits of seconds. */
export interface DurationTally {
  readonly add: (milliseconds: number) => void;
  readonly durations: () => Durations;
}

export const createDurationTally = (): DurationTally => {
  const counts = new Map<number, number>();
  let count = 0;
  let worst = 0;
  return {
    add: (milliseconds) => {
      const rounded = roundUp(milliseconds);
      counts.set(rounded, (counts.get(rounded) ?? 0) + 1);
      count++;
      if (milliseconds > worst) worst = milliseconds;
    },
    durations: () => {
      if (count === 0) return { count, median: null, p90: null, worst: null };
      const sorted = [...counts].sort(([a], [b]) => a - b);
      const at = (part: number) => Math.min(worst, quantile(sorted, part * count));
      return { count, median: at(0.5), p90: at(0.9), worst };
    },
  };
};

const roundUp = (milliseconds: number): number => {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 100) return seconds * 1000;
  const unit = 10 ** (Math.floor(Math.log10(seconds)) - 1);
  return Math.ceil(seconds / unit) * unit * 1000;
};

/** The least duration that so many are no longer than. */
const quantile = (sorted: readonly (readonly [number, number])[], wanted: number): number => {
  let reached = 0;
  for (const [duration, count] of sorted) {
    reached += count;
    if (reached >= wanted) return duration;
  }
  return sorted.at(-1)![0];
};
