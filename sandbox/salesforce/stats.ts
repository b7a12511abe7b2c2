import { countIn, createCallStats } from '../call-stats.ts';

const none = () => ({
  /** Answered with REQUEST_LIMIT_EXCEEDED, by the limits or by a fault. */
  refusedByLimits: 0,
  /** Requests inside composites, by kind: they cost nothing. */
  subrequests: {} as Record<string, number>,
  /** Calls by the client named in Sforce-Call-Options. */
  byClient: {} as Record<string, number>,
  /** Records read and written. */
  rows: { read: 0, written: 0 },
});

/** What an org was asked that counts against its daily allocation. Kinds are such as row.update, query, composite. */
export const createStats = () => {
  const { counters, ended, view, reset } = createCallStats(none);
  return {
    /** A call that was answered. */
    count: (call: { kind: string; status: number; ms: number; client: string }): void => {
      ended(call);
      countIn(counters().byClient, call.client);
    },
    countRefused: (): void => void counters().refusedByLimits++,
    countSubrequest: (kind: string): void => countIn(counters().subrequests, kind),
    countRows: (read: number, written: number): void => {
      const { rows } = counters();
      rows.read += read;
      rows.written += written;
    },
    view: () => {
      const { calls: apiCalls, ...rest } = view();
      return { apiCalls, ...rest };
    },
    reset,
  };
};

export type Stats = ReturnType<typeof createStats>;
export type StatsView = ReturnType<Stats['view']>;
