/** What an app may do in one account. `max: null` lifts a limit. */
export interface LimitSettings {
  /** Requests per 10 seconds per app and account; search is not counted. OAuth apps: 110. */
  readonly perTenSeconds: number | null;
  /** Searches per second per account, over all apps. */
  readonly searchPerSecond: number | null;
}

export const HUBSPOT_LIMITS: LimitSettings = { perTenSeconds: 110, searchPerSecond: 5 };

interface Window {
  readonly instants: number[];
  head: number;
}

/** Takes a place in a rolling window, or says no. Amortised constant time. */
const take = (window: Window, now: number, length: number, max: number): { ok: boolean; left: number } => {
  while (window.head < window.instants.length && (window.instants[window.head] ?? 0) <= now - length)
    window.head++;
  if (window.head > 1024) {
    window.instants.splice(0, window.head);
    window.head = 0;
  }
  const used = window.instants.length - window.head;
  if (used >= max) return { ok: false, left: 0 };
  window.instants.push(now);
  return { ok: true, left: max - used - 1 };
};

/** The rolling limits. Source: API usage guidelines; a refused request is not counted. */
export const createRateLimits = (now: () => number, initial: LimitSettings) => {
  let settings = initial;
  const windows = new Map<string, Window>();
  const windowOf = (key: string): Window => {
    const window = windows.get(key) ?? { instants: [], head: 0 };
    windows.set(key, window);
    return window;
  };
  return {
    request: (appId: number, portalId: number): { ok: boolean; left: number; max: number } => {
      const max = settings.perTenSeconds;
      if (max === null) return { ok: true, left: 109, max: 110 };
      return { ...take(windowOf(`app/${appId}/${portalId}`), now(), 10_000, max), max };
    },
    search: (portalId: number): boolean => {
      const max = settings.searchPerSecond;
      return max === null || take(windowOf(`search/${portalId}`), now(), 1000, max).ok;
    },
    set: (change: Partial<LimitSettings>): void => {
      settings = { ...settings, ...change };
    },
  };
};

export type RateLimits = ReturnType<typeof createRateLimits>;
