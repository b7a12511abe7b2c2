import type { Usage } from '../../assignments/ports.ts';
import type { Clock } from '../../base/clock.ts';
import { createDailyBudget } from '../delivery/daily-budget.ts';
import { createRollingWindow, type RollingWindow } from '../delivery/rolling-window.ts';
import { DAILY_SHARES, DAILY_WAIT_MS, LIMIT_HEADERS, REQUEST_LIMIT, SEARCH_LIMIT } from './facts.ts';

/** What a call is for: reads that somebody waits for may use the last of a limit, deliveries and looks may not. */
export type Purpose = keyof typeof DAILY_SHARES;

/** Calls out of about a hundred in ten seconds that each purpose leaves for those before it. */
const KEPT_FOR_OTHERS = { read: 0, delivery: 25, background: 50 } as const satisfies Record<Purpose, number>;

/** What HubSpot refused a call for, by the policy its 429 names. */
export type RefusedFor = 'day' | 'searches' | 'requests';

interface PortalLimits {
  readonly requests: RollingWindow;
  readonly searches: RollingWindow;
}

/** The limits of each portal, shared by all that call it from this process. */
export const createLimits = (clock: Clock) => {
  const portals = new Map<string, PortalLimits>();
  const days = createDailyBudget({ shares: DAILY_SHARES, exhaustedMs: DAILY_WAIT_MS }, clock);
  const of = (portalId: string): PortalLimits => {
    const limits = portals.get(portalId) ?? {
      requests: createRollingWindow(REQUEST_LIMIT, clock),
      searches: createRollingWindow({ calls: SEARCH_LIMIT.ours, windowMs: SEARCH_LIMIT.windowMs }, clock),
    };
    portals.set(portalId, limits);
    return limits;
  };
  const windowOf = (portalId: string, search: boolean): RollingWindow =>
    of(portalId)[search ? 'searches' : 'requests'];
  return {
    of,
    /** 0, or the milliseconds to wait. Searches have a limit of their own, and count in the day's as all calls do. */
    take: (portalId: string, search: boolean, purpose: Purpose): number => {
      const window = windowOf(portalId, search);
      const reserve = search ? 0 : KEPT_FOR_OTHERS[purpose];
      // A place in the window is not taken while the day says to wait.
      return window.wait(reserve) || days.take(portalId, purpose) || window.take(reserve);
    },
    /** A call that was let out is over. */
    end: (portalId: string, search: boolean): void => windowOf(portalId, search).end(),
    /** HubSpot refused a call for a limit: until it may be free again nothing of that kind goes out. */
    refused: (portalId: string, refusedFor: RefusedFor): void =>
      refusedFor === 'day' ? days.exhaust(portalId) : of(portalId)[refusedFor].exhaust(),
    /** Takes over what a reply's headers say. Replies to searches tell nothing of searches [doc]. */
    learn: (portalId: string, headers: Headers, search: boolean): void => {
      const told = tellingOf(headers);
      if (told.day !== null) days.learn(portalId, told.day.of - told.day.left, told.day.of);
      if (told.burst !== null && !search) of(portalId).requests.learn(told.burst);
    },
    /** The day's calls where HubSpot tells of them, as it does for apps it limits by the day; else the last seconds'. */
    usage: (portalId: string): Usage => {
      const day = days.told(portalId);
      if (day) return { limit: 'calls a day', used: day.used, of: day.of, resetsAt: null };
      const { requests } = of(portalId);
      const { calls, windowMs } = requests.limit();
      const limit = `calls in ${windowMs / 1000} seconds`;
      return { limit, used: calls - requests.left(), of: calls, resetsAt: null };
    },
  };
};

export type Limits = ReturnType<typeof createLimits>;

const numberIn = (headers: Headers, name: string): number => Number(headers.get(name) ?? Number.NaN);

/** The limits in force by a reply's headers; null: it does not tell. */
const tellingOf = (headers: Headers) => {
  const [max, remaining] = [LIMIT_HEADERS.max, LIMIT_HEADERS.remaining].map((name) =>
    numberIn(headers, name),
  ) as [number, number];
  const [daily, left] = [LIMIT_HEADERS.daily, LIMIT_HEADERS.dailyRemaining].map((name) =>
    numberIn(headers, name),
  ) as [number, number];
  const interval = numberIn(headers, LIMIT_HEADERS.intervalMs);
  const windowMs = interval > 0 ? interval : REQUEST_LIMIT.windowMs;
  const burst = { calls: max, windowMs, left: Math.max(0, remaining) };
  return {
    burst: max > 0 && Number.isFinite(remaining) ? burst : null,
    day: daily > 0 && left >= 0 ? { of: daily, left } : null,
  };
};
