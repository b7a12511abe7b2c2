/** Counts of what an org was asked: proof of how many API calls a lead costs, and that this is no bottleneck. */
export interface StatsView {
  /** Calls that count against the daily allocation. */
  readonly apiCalls: number;
  /** Answered with REQUEST_LIMIT_EXCEEDED, by the limits or by a fault. */
  readonly refusedByLimits: number;
  /** Such as row.update, collection.update, query, composite. */
  readonly byKind: Readonly<Record<string, number>>;
  /** Requests inside composites, by kind: they cost nothing. */
  readonly subrequests: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Calls by the client named in Sforce-Call-Options. */
  readonly byClient: Readonly<Record<string, number>>;
  /** Records read and written. */
  readonly rows: { readonly read: number; readonly written: number };
  /** Handling time in milliseconds, waits asked for by a fault not included, over the latest 10,000 requests. */
  readonly handlingMs: { readonly p50: number; readonly p99: number; readonly max: number };
}

const SAMPLES = 10_000;

const add = (counts: Record<string, number>, key: string, n = 1): void => {
  counts[key] = (counts[key] ?? 0) + n;
};

const empty = () => ({
  byKind: {} as Record<string, number>,
  subrequests: {} as Record<string, number>,
  byStatus: {} as Record<string, number>,
  byClient: {} as Record<string, number>,
  rows: { read: 0, written: 0 },
});

export const createStats = () => {
  const durations = new Float64Array(SAMPLES);
  let counts = empty();
  let apiCalls = 0;
  let refusedByLimits = 0;
  const quantile = (sorted: Float64Array, q: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0) * 1000) / 1000;
  return {
    /** A call that was answered. */
    count: (call: { kind: string; status: number; ms: number; client: string }): void => {
      durations[apiCalls % SAMPLES] = call.ms;
      apiCalls++;
      add(counts.byKind, call.kind);
      add(counts.byStatus, String(call.status));
      add(counts.byClient, call.client);
    },
    countRefused: (): void => {
      refusedByLimits++;
    },
    countSubrequest: (kind: string): void => add(counts.subrequests, kind),
    countRows: (read: number, written: number): void => {
      counts.rows.read += read;
      counts.rows.written += written;
    },
    view: (): StatsView => {
      const sorted = durations.slice(0, Math.min(apiCalls, SAMPLES)).sort();
      const handlingMs = {
        p50: quantile(sorted, 0.5),
        p99: quantile(sorted, 0.99),
        max: quantile(sorted, 1),
      };
      return { apiCalls, refusedByLimits, ...structuredClone(counts), handlingMs };
    },
    reset: (): void => {
      apiCalls = refusedByLimits = 0;
      counts = empty();
    },
  };
};

export type Stats = ReturnType<typeof createStats>;
