import type { Clock } from '../../base/clock.ts';

export interface DailyBudgetOptions<P extends string> {
  /** How much of the day's calls each purpose may see used, 0 to 1: the rest is left to those before it and to others. */
  readonly shares: Readonly<Record<P, number>>;
  /** How long a vendor that refused a call for the day is left alone. Milliseconds. */
  readonly exhaustedMs: number;
}

interface Told {
  readonly used: number;
  readonly of: number;
  readonly seenAt: number;
}

/** How old what we know of an account's day may be before a call is spent on looking again. Milliseconds. */
const STALE_MS = 60_000;

/**
 * Keeps each account's calls within our share of its day, by what its replies say. All apps of the customer are in that
 * count, so that ours yield first. Once stopped, one call a minute is let through to see whether there is room again.
 */
export const createDailyBudget = <P extends string>(
  { shares, exhaustedMs }: DailyBudgetOptions<P>,
  clock: Clock,
) => {
  const accounts = new Map<string, Told>();
  return {
    /** 0, or the milliseconds to wait. */
    take: (account: string, purpose: P): number => {
      const told = accounts.get(account);
      if (told === undefined || told.used < told.of * shares[purpose]) return 0;
      const wait = told.seenAt + STALE_MS - clock.now();
      if (wait > 0) return wait;
      // Counts as seen: the next one asks only after this one's reply, or a minute.
      accounts.set(account, { ...told, seenAt: clock.now() });
      return 0;
    },
    /** Takes over what a reply says of the day. */
    learn: (account: string, used: number, of: number): void => {
      accounts.set(account, { used, of, seenAt: clock.now() });
    },
    /** The vendor refused a call for the day's limit. */
    exhaust: (account: string): void => {
      const of = accounts.get(account)?.of ?? 1;
      accounts.set(account, { used: of, of, seenAt: clock.now() + exhaustedMs - STALE_MS });
    },
    /** The day's calls as last told; null: not told yet. */
    told: (account: string): { readonly used: number; readonly of: number } | null =>
      accounts.get(account) ?? null,
  };
};
