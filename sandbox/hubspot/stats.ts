import { createCallStats } from '../call-stats.ts';

const none = () => ({
  /** 429s given by the limits (not by a fault). */
  rateLimited: 0,
  batchInputs: 0,
});

/** What the stand-in was asked, and how long it took over it. */
export const createStats = () => {
  const { counters, ended, view, reset } = createCallStats(none);
  return {
    count: (route: string, status: number, ms: number): void => ended({ kind: route, status, ms }),
    countRateLimited: (): void => void counters().rateLimited++,
    countInputs: (inputs: number): void => {
      counters().batchInputs += inputs;
    },
    view: () => {
      const { calls: requests, byKind: byRoute, ...rest } = view();
      return { requests, byRoute, ...rest };
    },
    reset,
  };
};

export type Stats = ReturnType<typeof createStats>;
export type StatsView = ReturnType<Stats['view']>;
