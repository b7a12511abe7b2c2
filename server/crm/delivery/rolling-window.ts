import type { Clock } from '../../base/clock.ts';

/** A published limit: so many calls within any stretch of so many milliseconds. */
export interface Limit {
  readonly calls: number;
  readonly windowMs: number;
}

/**
 * Keeps calls within a rolling limit. A bucket that refills steadily would allow a full burst and the refill within one
 * window, twice the limit; so the instants of the calls in the window are kept instead.
 */
export const createRollingWindow = (limit: Limit, clock: Clock) => {
  let { calls, windowMs } = limit;
  let taken: number[] = [];
  const prune = (now: number): void => {
    const from = taken.findIndex((at) => at > now - windowMs);
    taken = from < 0 ? [] : taken.slice(from);
  };
  return {
    /**
     * Takes a call unless only `reserve` are left. Returns 0, or how many milliseconds to wait before asking again. Once
     * half of what is allowed is used the rest is spread evenly: a burst goes out at once, a rush does not end in a stall.
     */
    take: (reserve: number): number => {
      const now = clock.now();
      prune(now);
      const allowed = Math.max(1, calls - reserve);
      const spread = (taken.at(-1) ?? 0) + windowMs / allowed - now;
      if (taken.length >= allowed / 2 && taken.length < allowed && spread > 0) return Math.ceil(spread);
      if (taken.length >= allowed) return (taken[taken.length - allowed] ?? now) + windowMs - now;
      taken.push(now);
      return 0;
    },
    left: (): number => {
      prune(clock.now());
      return Math.max(0, calls - taken.length);
    },
    /** The limit in force. */
    limit: (): Limit => ({ calls, windowMs }),
    /** Takes over what the vendor says: the limit in force, and how much of it others have used besides us. */
    learn: (told: { readonly calls: number; readonly windowMs: number; readonly left: number }): void => {
      const now = clock.now();
      prune(now);
      calls = told.calls;
      windowMs = told.windowMs;
      for (let unseen = told.calls - told.left - taken.length; unseen > 0; unseen--) taken.push(now);
    },
    /** The vendor refused a call: nothing goes out for a whole window. */
    exhaust: (): void => {
      taken = Array.from({ length: calls }, () => clock.now());
    },
  };
};

export type RollingWindow = ReturnType<typeof createRollingWindow>;
