/** Sweeps tenants, each one at a time. */
export interface Sweeper {
  /** Resolves after a sweep that began after the call. Asked for while one runs, one more follows it. */
  readonly sweep: (tenantId: string) => Promise<void>;
  /** Resolves once nothing runs. */
  readonly settled: () => Promise<void>;
}

interface Running {
  readonly current: Promise<void>;
  next: Promise<void> | null;
}

/** `sweepOnce` decides what is due and must not reject. */
export const createSweeper = (sweepOnce: (tenantId: string) => Promise<void>): Sweeper => {
  const running = new Map<string, Running>();
  const begin = (tenantId: string): Promise<void> => {
    const current = sweepOnce(tenantId).finally(() => {
      if (running.get(tenantId)?.current === current) running.delete(tenantId);
    });
    running.set(tenantId, { current, next: null });
    return current;
  };
  const settled = async (): Promise<void> => {
    while (running.size > 0)
      await Promise.all([...running.values()].map(({ current, next }) => next ?? current));
  };
  return {
    settled,
    sweep: (tenantId) => {
      const now = running.get(tenantId);
      if (now === undefined) return begin(tenantId);
      now.next ??= now.current.then(() => begin(tenantId));
      return now.next;
    },
  };
};
