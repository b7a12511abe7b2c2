/** A call that was answered. `ms`: how long it was handled, waits asked for by a fault not included. */
interface EndedCall {
  readonly kind: string;
  readonly status: number;
  readonly ms: number;
}

/** What every stand-in counts of the calls it was sent. */
interface CallCounts {
  calls: number;
  byKind: Record<string, number>;
  byStatus: Record<string, number>;
}

/** Handling time in milliseconds over the latest 10,000 calls: proof that the stand-in is never the bottleneck. */
interface HandlingTime {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

const SAMPLES = 10_000;

const quantile = (sorted: Float64Array, q: number): number =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0) * 1000) / 1000;

const handlingTime = (sorted: Float64Array): HandlingTime => ({
  p50: quantile(sorted, 0.5),
  p99: quantile(sorted, 0.99),
  max: quantile(sorted, 1),
});

/** One more of that kind. */
export const countIn = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

/** Counts of a stand-in's calls and whatever else its vendor counts. `none`: the vendor's counters at the start. */
export const createCallStats = <More extends object>(none: () => More) => {
  const empty = (): CallCounts & More => ({ calls: 0, byKind: {}, byStatus: {}, ...none() });
  const durations = new Float64Array(SAMPLES);
  let counts = empty();
  return {
    /** The counters as they stand, to be counted in. */
    counters: (): More => counts,
    ended: ({ kind, status, ms }: EndedCall): void => {
      durations[counts.calls % SAMPLES] = ms;
      counts.calls++;
      countIn(counts.byKind, kind);
      countIn(counts.byStatus, String(status));
    },
    /** A copy of the counters, with the handling time. */
    view: (): CallCounts & More & { readonly handlingMs: HandlingTime } => ({
      ...structuredClone(counts),
      handlingMs: handlingTime(durations.slice(0, Math.min(counts.calls, SAMPLES)).sort()),
    }),
    reset: (): void => {
      counts = empty();
    },
  };
};
