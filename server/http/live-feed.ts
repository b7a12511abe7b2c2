/** Tells the streams of a tenant that something was committed. Within this process; a slow poll covers the others. */
export interface LiveFeed {
  readonly notify: (tenantId: string) => void;
  /** Calls back on each notification until the returned function is called. */
  readonly listen: (tenantId: string, listener: () => void) => () => void;
}

/** A feed with no listeners yet. */
export const createLiveFeed = (): LiveFeed => {
  const listeners = new Map<string, Set<() => void>>();
  return {
    notify: (tenantId) => {
      for (const listener of listeners.get(tenantId) ?? []) listener();
    },
    listen: (tenantId, listener) => {
      const set = listeners.get(tenantId) ?? new Set();
      listeners.set(tenantId, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(tenantId);
      };
    },
  };
};
