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
}

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
  let counts = empty();
  let running = 0;
  let tokensBefore = 0;
  return {
    began: (): void => {
      running += 1;
      counts.peak = Math.max(counts.peak, running);
    },
    ended: (call: { readonly kind: string; readonly status: number; readonly credits: number }): void => {
      running -= 1;
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
    view: (): StatsView => ({ ...structuredClone(counts), tokens: tokens() - tokensBefore }),
    reset: (): void => {
      counts = empty();
      tokensBefore = tokens();
    },
  };
};

export type Stats = ReturnType<typeof createStats>;
