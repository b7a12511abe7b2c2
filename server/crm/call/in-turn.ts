import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../base/clock.ts';
import { RateLimited } from '../failures.ts';

/** A call's turn within a limit of ours. */
export interface Turn {
  readonly clock: Clock;
  /** Takes a call of the limit. Returns 0, or how many milliseconds to wait before asking again. */
  readonly take: () => number;
  /** The call is over; absent: the limit counts calls as they go out. */
  readonly end?: () => void;
  /** Whether the call may still go out at this instant, in epoch ms. */
  readonly mayStart: (at: number) => boolean;
}

/**
 * Makes a call in its turn. Throws RateLimited where that would come too late: the call is not sent; and what the call
 * throws. `vendor`: its name as people write it.
 */
export const inTurn = async <T>(
  vendor: string,
  { clock, take, end, mayStart }: Turn,
  call: () => Promise<T>,
): Promise<T> => {
  for (let wait = take(); wait > 0; wait = take()) {
    if (!mayStart(clock.now() + wait)) throw new RateLimited(vendor, wait);
    await sleep(wait);
  }
  return call().finally(end);
};
