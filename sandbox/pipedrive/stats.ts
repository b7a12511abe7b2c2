/** Counts of what a company was asked: proof of what a lead costs, and that no limit was run into. */
export interface StatsView {
  readonly apiCalls: number;
  /** By operation, such as `GET v1/leads/{id}`. */
  readonly byKind: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Tokens of the day they took. */
  readonly tokens: number;
  /** Handling time in milliseconds over the latest calls, waits asked for by a fault not included. */
  readonly handlingMs: { readonly p50: number; readonly p99: number; readonly max: number };
}

const SAMPLES = 10_000;

const empty = () => ({
  byKind: {} as Record<string, number>,
  byStatus: {} as Record<string, number>,
  tokens: 0,
});

export const createStats = () => {
  const durations = new Float64Array(SAMPLES);
  let counts = empty();
  let apiCalls = 0;
  const quantile = (sorted: Float64Array, q: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0) * 1000) / 1000;
  return {
    count: (call: { kind: string; status: number; ms: number; tokens: number }): void => {
      durations[apiCalls % SAMPLES] = call.ms;
      apiCalls++;
      counts.byKind[call.kind] = (counts.byKind[call.kind] ?? 0) + 1;
      counts.byStatus[call.status] = (counts.byStatus[call.status] ?? 0) + 1;
      counts.tokens += call.tokens;
    },
    view: (): StatsView => {
      const sorted = durations.slice(0, Math.min(apiCalls, SAMPLES)).sort();
      const handlingMs = {
        p50: quantile(sorted, 0.5),
        p99: quantile(sorted, 0.99),
        max: quantile(sorted, 1),
      };
      return { apiCalls, ...structuredClone(counts), handlingMs };
    },
    reset: (): void => {
      apiCalls = 0;
      counts = empty();
    },
  };
};

export type Stats = ReturnType<typeof createStats>;
