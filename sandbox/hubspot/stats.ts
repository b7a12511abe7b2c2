/** Counts of what the stand-in was asked, and how long it took over it, to show that it is never the bottleneck. */
export interface StatsView {
  readonly requests: number;
  readonly byRoute: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  /** 429s given by the limits (not by a fault). */
  readonly rateLimited: number;
  readonly batchInputs: number;
  /** Handling time in milliseconds, waits asked for by a fault not included, over the latest 10,000 requests. */
  readonly handlingMs: { readonly p50: number; readonly p99: number; readonly max: number };
}

const SAMPLES = 10_000;

export const createStats = () => {
  let byRoute: Record<string, number> = {};
  let byStatus: Record<string, number> = {};
  let requests = 0;
  let rateLimited = 0;
  let batchInputs = 0;
  const durations = new Float64Array(SAMPLES);
  const quantile = (sorted: Float64Array, q: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0) * 1000) / 1000;
  return {
    count: (route: string, status: number, ms: number): void => {
      durations[requests % SAMPLES] = ms;
      requests++;
      byRoute[route] = (byRoute[route] ?? 0) + 1;
      byStatus[status] = (byStatus[status] ?? 0) + 1;
    },
    countRateLimited: (): void => {
      rateLimited++;
    },
    countInputs: (inputs: number): void => {
      batchInputs += inputs;
    },
    view: (): StatsView => {
      const sorted = durations.slice(0, Math.min(requests, SAMPLES)).sort();
      const handlingMs = {
        p50: quantile(sorted, 0.5),
        p99: quantile(sorted, 0.99),
        max: quantile(sorted, 1),
      };
      return {
        requests,
        byRoute: { ...byRoute },
        byStatus: { ...byStatus },
        rateLimited,
        batchInputs,
        handlingMs,
      };
    },
    reset: (): void => {
      requests = rateLimited = batchInputs = 0;
      byRoute = {};
      byStatus = {};
    },
  };
};

export type Stats = ReturnType<typeof createStats>;
