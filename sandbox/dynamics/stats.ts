/** What the environments were asked. */
export interface StatsView {
  readonly requests: number;
  /** Such as `GET leads`, `PATCH leads`, `POST $batch`. */
  readonly byKind: Readonly<Record<string, number>>;
  /** Requests inside batches, by kind. */
  readonly parts: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  /** 429s given by the limits (not by a fault). */
  readonly rateLimited: number;
  readonly tokens: number;
  /** Handling time in milliseconds, waits asked for by a fault not included, over the latest 10,000 requests. */
  readonly handlingMs: { readonly p50: number; readonly p99: number; readonly max: number };
}

const SAMPLES = 10_000;

const quantile = (sorted: Float64Array, q: number): number =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0) * 1000) / 1000;

const add = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

const empty = () => ({
  requests: 0,
  byKind: {} as Record<string, number>,
  parts: {} as Record<string, number>,
  byStatus: {} as Record<string, number>,
  rateLimited: 0,
  tokens: 0,
});

export const createStats = () => {
  const durations = new Float64Array(SAMPLES);
  let counts = empty();
  return {
    count: (kind: string, status: number, ms = 0): void => {
      durations[counts.requests % SAMPLES] = ms;
      counts.requests++;
      add(counts.byKind, kind);
      add(counts.byStatus, String(status));
    },
    countPart: (kind: string): void => add(counts.parts, kind),
    countLimited: (): void => void counts.rateLimited++,
    countToken: (): void => void counts.tokens++,
    view: (): StatsView => {
      const sorted = durations.slice(0, Math.min(counts.requests, SAMPLES)).sort();
      const handlingMs = {
        p50: quantile(sorted, 0.5),
        p99: quantile(sorted, 0.99),
        max: quantile(sorted, 1),
      };
      return { ...structuredClone(counts), handlingMs };
    },
    reset: (): void => {
      counts = empty();
    },
  };
};

export type Stats = ReturnType<typeof createStats>;
