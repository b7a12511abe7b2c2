import { SalesforceError } from './errors.ts';

/** What an org may be asked. */
export interface LimitSettings {
  /** API calls in 24 hours. */
  readonly dailyApiCalls: number;
  /** Calls that have run for `longMs` or more, at the same time. */
  readonly concurrentLong: number;
  readonly longMs: number;
}

export const SALESFORCE_LIMITS: LimitSettings = {
  dailyApiCalls: 100_000,
  concurrentLong: 25,
  longMs: 20_000,
};

const DAY_MS = 24 * 3_600_000;
/** The rolling day is counted in quarters of an hour. */
const SLOT_MS = 15 * 60_000;

/** Source: API request limits and allocations; a refused call is not counted. */
export const createApiLimits = (now: () => number, initial: Partial<LimitSettings> = {}) => {
  let settings: LimitSettings = { ...SALESFORCE_LIMITS, ...initial };
  const slots = new Map<number, number>();
  const running = new Set<{ readonly startedAt: number }>();
  let used = 0;

  const forget = (): void => {
    for (const [slot, count] of slots) {
      if (slot * SLOT_MS > now() - DAY_MS) break;
      slots.delete(slot);
      used -= count;
    }
  };

  return {
    /** Takes a call in; the returned function says that it was answered. Throws REQUEST_LIMIT_EXCEEDED. */
    enter: (): (() => void) => {
      forget();
      if (used >= settings.dailyApiCalls)
        throw new SalesforceError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
      const long = [...running].filter(({ startedAt }) => now() - startedAt >= settings.longMs).length;
      if (long >= settings.concurrentLong)
        throw new SalesforceError(
          'REQUEST_LIMIT_EXCEEDED',
          'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
        );
      const slot = Math.floor(now() / SLOT_MS);
      slots.set(slot, (slots.get(slot) ?? 0) + 1);
      used++;
      const call = { startedAt: now() };
      running.add(call);
      return () => void running.delete(call);
    },
    usage: (): { readonly used: number; readonly max: number } => ({ used, max: settings.dailyApiCalls }),
    set: (change: Partial<LimitSettings>): void => {
      settings = { ...settings, ...change };
    },
    /** As if a day had passed. */
    reset: (): void => {
      slots.clear();
      used = 0;
    },
  };
};

export type ApiLimits = ReturnType<typeof createApiLimits>;
