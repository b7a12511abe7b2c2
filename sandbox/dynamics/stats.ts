import { countIn, createCallStats } from '../call-stats.ts';

const none = () => ({
  /** Requests inside batches, by kind. */
  parts: {} as Record<string, number>,
  /** 429s given by the limits (not by a fault). */
  rateLimited: 0,
  /** Access tokens handed out. */
  tokens: 0,
});

/** What the environments were asked. Kinds are such as `GET leads`, `PATCH leads`, `POST $batch`. */
export const createStats = () => {
  const { counters, ended, view, reset } = createCallStats(none);
  return {
    count: (kind: string, status: number, ms = 0): void => ended({ kind, status, ms }),
    countPart: (kind: string): void => countIn(counters().parts, kind),
    countLimited: (): void => void counters().rateLimited++,
    countToken: (): void => void counters().tokens++,
    view: () => {
      const { calls: requests, ...rest } = view();
      return { requests, ...rest };
    },
    reset,
  };
};

export type Stats = ReturnType<typeof createStats>;
export type StatsView = ReturnType<Stats['view']>;
