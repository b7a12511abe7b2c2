import type { Clock } from '../../base/clock.ts';

/** A published limit: so many calls within any stretch of so many milliseconds. */
export interface Limit {
  readonly calls: number;
  readonly windowMs: number;
}

/** The part of a reserve that is kept while for a whole window nobody asked for it. */
const KEPT_WHEN_QUIET = 0.2;

/**
 * Keeps calls within a rolling limit. A bucket that refills steadily would allow a full burst and the refill within one
 * window, twice the limit; so the calls in the window are kept instead. The vendor counts a call at some moment between
 * its going out and its end: it has its place from the one until a window after the other.
 */
export const createRollingWindow = (limit: Limit, clock: Clock) => {
  let { calls, windowMs } = limit;
  let underWay = 0;
  /** When calls ended, oldest first. */
  let ended: number[] = [];
  let lastTaken = Number.NEGATIVE_INFINITY;
  /** When a call was last asked for that leaves nothing to others: one that somebody waits for. */
  let lastFirst = Number.NEGATIVE_INFINITY;
  const used = (now: number): number => {
    const from = ended.findIndex((at) => at > now - windowMs);
    ended = from < 0 ? [] : ended.slice(from);
    return ended.length + underWay;
  };
  const wait = (reserve: number): number => {
    const now = clock.now();
    if (reserve === 0) lastFirst = now;
    const quiet = now - lastFirst > windowMs;
    const taken = used(now);
    const allowed = Math.max(1, calls - (quiet ? Math.ceil(reserve * KEPT_WHEN_QUIET) : reserve));
    if (taken >= allowed) return (ended[taken - allowed] ?? now) + windowMs - now;
    if (quiet) return 0;
    const spread = lastTaken + windowMs / allowed - now;
    return taken >= allowed / 2 && spread > 0 ? Math.ceil(spread) : 0;
  };
  return {
    /**
     * How many milliseconds to wait before a call may go out while only `reserve` are left; 0: none. Who reserves
     * nothing comes first; while nobody does, most of the reserve is free.
     */
    wait,
    /**
     * Takes a place unless only `reserve` are left; `end` gives it back. Returns 0, or how many milliseconds to wait
     * before asking again. Where somebody comes first, and half of what is allowed is used, the rest is spread evenly: a
     * burst goes out at once, a rush does not end in a stall.
     */
    take: (reserve: number): number => {
      const ms = wait(reserve);
      if (ms > 0) return ms;
      underWay++;
      lastTaken = clock.now();
      return 0;
    },
    /** A call that took a place is over, however it ended. */
    end: (): void => {
      underWay--;
      ended.push(clock.now());
    },
    left: (): number => Math.max(0, calls - used(clock.now())),
    /** The limit in force. */
    limit: (): Limit => ({ calls, windowMs }),
    /** Takes over what the vendor says: the limit in force, and how much of it others have used besides us. */
    learn: (told: { readonly calls: number; readonly windowMs: number; readonly left: number }): void => {
      const now = clock.now();
      calls = told.calls;
      windowMs = told.windowMs;
      for (let unseen = told.calls - told.left - used(now); unseen > 0; unseen--) ended.push(now);
    },
    /** The vendor refused a call: nothing goes out for a whole window. */
    exhaust: (): void => {
      ended = Array.from({ length: calls }, () => clock.now());
    },
  };
};

export type RollingWindow = ReturnType<typeof createRollingWindow>;
