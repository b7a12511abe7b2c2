import type { Clock } from '../../base/clock.ts';
import { createRollingWindow, type RollingWindow } from '../delivery/rolling-window.ts';
import { BUDGET, BURST, DAILY_WAIT_MS, KEPT_OF_BURST, LIMIT_HEADERS, SEARCH_BURST } from './facts.ts';

/** What a call is for; see `BUDGET`. */
export type Purpose = keyof typeof BUDGET;

interface Day {
  readonly used: number;
  readonly max: number;
  readonly seenAt: number;
}

interface CompanyLimits {
  readonly calls: RollingWindow;
  readonly searches: RollingWindow;
  /** Requests of two seconds, as last told. */
  burst: number;
  day: Day | null;
  blockedUntil: number;
}

/** How old what we know of a company's day may be before a call is spent on looking again. Milliseconds. */
const STALE_MS = 60_000;

/**
 * Keeps each company's calls within its two seconds and our share of its day, by what its replies say. All of the
 * customer's apps are in the day's count, so that ours yield first; once stopped, a call a minute looks again.
 */
export const createLimits = (clock: Clock) => {
  const companies = new Map<string, CompanyLimits>();
  const of = (companyId: string): CompanyLimits => {
    const found = companies.get(companyId) ?? {
      calls: createRollingWindow(BURST, clock),
      searches: createRollingWindow(SEARCH_BURST, clock),
      burst: BURST.calls,
      day: null,
      blockedUntil: 0,
    };
    companies.set(companyId, found);
    return found;
  };

  /** 0, or the milliseconds until the day may be asked about again. */
  const ofDay = (limits: CompanyLimits, purpose: Purpose): number => {
    const { day } = limits;
    if (day === null || day.used < day.max * BUDGET[purpose]) return 0;
    const wait = day.seenAt + STALE_MS - clock.now();
    if (wait > 0) return wait;
    // Counts as seen: the next one asks only after this one's reply, or a minute.
    limits.day = { ...day, seenAt: clock.now() };
    return 0;
  };

  return {
    /** 0, or the milliseconds to wait before asking again. Searches count in both windows. */
    take: (companyId: string, purpose: Purpose, search: boolean): number => {
      const limits = of(companyId);
      const blocked = limits.blockedUntil - clock.now();
      if (blocked > 0) return blocked;
      const day = ofDay(limits, purpose);
      if (day > 0) return day;
      const reserve = Math.floor(limits.burst * KEPT_OF_BURST[purpose]);
      // A place in one window is not taken while the other one says to wait.
      const wait = Math.max(limits.calls.wait(reserve), search ? limits.searches.wait(0) : 0);
      if (wait > 0) return wait;
      if (search) limits.searches.take(0);
      return limits.calls.take(reserve);
    },
    /** A call that was let out is over. */
    end: (companyId: string, search: boolean): void => {
      const { calls, searches } = of(companyId);
      calls.end();
      if (search) searches.end();
    },
    /** Takes over what a reply says. A search's window is not the one others are told of. */
    learn: (companyId: string, headers: Headers, search: boolean): void => {
      const limits = of(companyId);
      const told = (name: string) => Number(headers.get(name) ?? Number.NaN);
      const [calls, left] = [told(LIMIT_HEADERS.limit), told(LIMIT_HEADERS.remaining)];
      if (!search && calls > 0 && left >= 0) {
        limits.burst = calls;
        limits.calls.learn({ calls, windowMs: BURST.windowMs, left });
      }
      const [max, remaining] = [told(LIMIT_HEADERS.dailyLimit), told(LIMIT_HEADERS.dailyRemaining)];
      if (max > 0 && remaining >= 0) limits.day = { used: max - remaining, max, seenAt: clock.now() };
    },
    /** A 429: of the day, or of the window. */
    refused: (companyId: string, ofTheDay: boolean, search: boolean): void => {
      const limits = of(companyId);
      if (ofTheDay) limits.blockedUntil = clock.now() + DAILY_WAIT_MS;
      else (search ? limits.searches : limits.calls).exhaust();
    },
    /** Nothing goes out for so long. */
    block: (companyId: string, ms: number): void => {
      of(companyId).blockedUntil = clock.now() + ms;
    },
    /** Tokens of the company's day as last told; null: not told yet. */
    day: (companyId: string): { readonly used: number; readonly max: number } | null => of(companyId).day,
  };
};

export type Limits = ReturnType<typeof createLimits>;
