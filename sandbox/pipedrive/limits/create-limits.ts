import type { Account } from '../account.ts';
import type { Plan } from '../company.ts';
import { BlockedError, PipedriveError } from '../errors.ts';

/** Tokens a day of one seat, by plan. */
const DAILY = 30_000;
const FACTORS: Readonly<Record<Plan, number>> = { lite: 1, growth: 2, premium: 5, ultimate: 7 };
/** Requests of one access token within two seconds, by plan; searches have ten on every plan. */
const BURST: Readonly<Record<Plan, number>> = { lite: 80, growth: 160, premium: 400, ultimate: 480 };
const SEARCH_BURST = 10;
const WINDOW_MS = 2_000;
/** Requests in a row that are answered 429 before the content network steps in, and for how long. */
const PATIENCE = 20;
const BLOCK_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

/** What a test or an admin may change. */
export interface LimitSettings {
  /** Tokens a day; null: by plan and seats. */
  readonly dailyTokens: number | null;
  readonly burst: number | null;
  /** Whether replies say how many of the day's tokens are left. */
  readonly tellDaily: boolean;
  /** Off: nothing is ever refused. */
  readonly enforced: boolean;
}

const AS_PLANNED: LimitSettings = { dailyTokens: null, burst: null, tellDaily: true, enforced: true };

interface Caller {
  calls: number[];
  searches: number[];
  refusedInRow: number;
  blockedUntil: number;
}

const within = (taken: readonly number[], now: number): number[] =>
  taken.filter((at) => at > now - WINDOW_MS);

/** The limits of one company: its day, and each token's two seconds. */
export const createLimits = (account: Account) => {
  const now = account.now;
  const callers = new Map<string, Caller>();
  let settings = AS_PLANNED;
  let day = 0;
  let used = 0;
  let refused = 0;

  const daily = (): number => settings.dailyTokens ?? DAILY * FACTORS[account.plan] * account.seats;
  const burst = (): number => settings.burst ?? BURST[account.plan];

  const callerOf = (token: string): Caller => {
    const found = callers.get(token) ?? { calls: [], searches: [], refusedInRow: 0, blockedUntil: 0 };
    callers.set(token, found);
    found.calls = within(found.calls, now());
    found.searches = within(found.searches, now());
    return found;
  };

  const startDay = (): void => {
    const today = Math.floor(now() / DAY_MS);
    if (today !== day) used = 0;
    day = today;
  };

  const headers = (caller: Caller): Record<string, string> => {
    const oldest = caller.calls[0] ?? now();
    return {
      'x-ratelimit-limit': String(burst()),
      'x-ratelimit-remaining': String(Math.max(0, burst() - caller.calls.length)),
      'x-ratelimit-reset': String(Math.max(1, Math.ceil((oldest + WINDOW_MS - now()) / 1000))),
      ...(settings.tellDaily && {
        'x-daily-ratelimit-token-limit': String(daily()),
        'x-daily-ratelimit-token-remaining': String(Math.max(0, daily() - used)),
      }),
    };
  };

  const refuse = (caller: Caller): never => {
    refused++;
    caller.refusedInRow++;
    if (caller.refusedInRow > PATIENCE) caller.blockedUntil = now() + BLOCK_MS;
    throw new PipedriveError(429, 'Rate limit exceeded', { headers: headers(caller) });
  };

  return {
    /** Counts a call. Returns the headers to answer with; throws PipedriveError 429 or BlockedError. */
    take: (token: string, cost: number, search: boolean): Readonly<Record<string, string>> => {
      startDay();
      const caller = callerOf(token);
      if (settings.enforced) {
        if (caller.blockedUntil > now()) throw new BlockedError('blocked');
        if (caller.calls.length >= burst()) return refuse(caller);
        if (search && caller.searches.length >= SEARCH_BURST) return refuse(caller);
        if (used + cost > daily()) {
          used = daily();
          return refuse(caller);
        }
      }
      caller.refusedInRow = 0;
      caller.calls.push(now());
      if (search) caller.searches.push(now());
      used += cost;
      return headers(caller);
    },
    set: (change: Partial<LimitSettings>): void => {
      settings = { ...settings, ...change };
    },
    /** Tokens of the day that are used, of how many; and how many calls were refused so far. */
    usage: () => ({ used, daily: daily(), refused }),
    /** Other apps of the customer use up tokens too. */
    spend: (tokens: number): void => {
      startDay();
      used += tokens;
    },
  };
};

export type Limits = ReturnType<typeof createLimits>;
