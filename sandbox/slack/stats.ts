import { createCallStats } from '../call-stats.ts';

const none = () => ({
  /** Answered with `ok: false`, limits aside. */
  refused: 0,
});

interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What the workspace was asked, by method. */
export const createSlackStats = () => {
  const { counters, ended, view, reset } = createCallStats(none);
  return {
    count: (method: string, { status, body }: Reply, ms: number): void => {
      ended({ kind: method, status, ms });
      if (status === 200 && body.ok === false) counters().refused++;
    },
    view,
    reset,
  };
};

export type SlackStats = ReturnType<typeof createSlackStats>;
