import { createCallStats } from '../call-stats.ts';

const none = () => ({
  credits: 0,
  /** Calls that a limit refused. */
  refusedByLimits: 0,
  rows: { read: 0, written: 0 },
  /** The most calls that ran at once. */
  peak: 0,
});

/**
 * What the orgs were asked: proof of how many calls and credits a lead costs. Kinds are such as records.read, coql,
 * watch.enable. `tokens`: how many access tokens were handed out.
 */
export const createStats = (tokens: () => number) => {
  const { counters, ended, view, reset } = createCallStats(none);
  let running = 0;
  let tokensBefore = 0;
  return {
    began: (): void => {
      running += 1;
      counters().peak = Math.max(counters().peak, running);
    },
    ended: (call: { kind: string; status: number; ms: number; credits: number }): void => {
      running -= 1;
      ended(call);
      counters().credits += call.credits;
    },
    countRefusal: (): void => void counters().refusedByLimits++,
    countRows: (read: number, written: number): void => {
      const { rows } = counters();
      rows.read += read;
      rows.written += written;
    },
    view: () => ({ ...view(), tokens: tokens() - tokensBefore }),
    reset: (): void => {
      reset();
      tokensBefore = tokens();
    },
  };
};

export type Stats = ReturnType<typeof createStats>;
export type StatsView = ReturnType<Stats['view']>;
