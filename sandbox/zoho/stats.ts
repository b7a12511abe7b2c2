/** Counts of what the orgs were asked: proof of how many calls and credits a lead costs. */
export interface StatsView {
  readonly calls: number;
  readonly credits: number;
  /** Such as records.read, records.update, coql, watch.enable. */
  readonly byKind: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Calls that a limit refused. */
  readonly refusedByLimits: number;
  /** Access tokens handed out. */
  readonly tokens: number;
  readonly rows: { readonly read: number; readonly written: number };
  /** The most calls that ran at once. */
  readonly peak: number;
  /** Handling time in milliseconds, over the latest 10,000 calls. */
  readonly handlingMs: { readonly p50: number; readonly p99: number };
}

const SAMPLES = 10_000;

const empty = () => ({
  calls: 0,
  credits: 0,
  refusedByLimits: 0,
  byKind: {} as Record<string, number>,
  byStatus: {} as Record<string, number>,
  rows: { read: 0, written: 0 },
  peak: 0,
});

const add = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

export const createStats = (tokens: () => number) => {
  const durations = new Float64Array(SAMPLES);
  let counts = empty();
  let running = 0;
  let tokensBefore = 0;
  return {
    began: (): void => {
      running += 1;
      counts.peak = Math.max(counts.peak, running);
    },
    ended: (call: {
      readonly kind: string;
      readonly status: number;
      readonly credits: number;
      readonly ms: number;
    }): void => {
      running -= 1;
      durations[counts.calls % SAMPLES] = call.ms;
      counts.calls += 1;
      counts.credits += call.credits;
      add(counts.byKind, call.kind);
      add(counts.byStatus, String(call.status));
    },
    countRefusal: (): void => {
      counts.refusedByLimits += 1;
    },
    countRows: (read: number, written: number): void => {
      counts.rows.read += read;
      counts.rows.written += written;
    },
    view: (): StatsView => {
      const sorted = durations.slice(0, Math.min(counts.calls, SAMPLES)).sort();
      const at = (share: number): number =>
        sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
      const handlingMs = { p50: at(0.5), p99: at(0.99) };
      return { ...structuredClone(counts), tokens: tokens() - tokensBefore, handlingMs };
    },
    reset: (): void => {
      counts = empty();
      tokensBefore = tokens();
    },
  };
};

export type Stats = ReturnType<typeof createStats>;
