import { createCallStats } from '../call-stats.ts';

const none = () => ({
  /** Tokens of the day that calls took. */
  tokens: 0,
});

/** What a company was asked, by operation such as `GET v1/leads/{id}`: proof of what a lead costs. */
export const createStats = () => {
  const { counters, ended, view, reset } = createCallStats(none);
  return {
    count: (call: { kind: string; status: number; ms: number; tokens: number }): void => {
      ended(call);
      counters().tokens += call.tokens;
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
