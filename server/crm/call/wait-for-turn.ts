import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../base/clock.ts';
import { RateLimited } from '../failures.ts';

/** A call's turn within a limit of ours. */
interface Turn {
  readonly clock: Clock;
  /** Takes a call of the limit. Returns 0, or how many milliseconds to wait before asking again. */
  readonly take: () => number;
  /** Whether the call may still go out at this instant, in epoch ms. */
  readonly mayStart: (at: number) => boolean;
}

/**
 * Waits for a call's turn. Throws RateLimited where it would come too late: the call is not sent. `vendor`: its name as
 * people write it.
 */
export const waitForTurn = async (vendor: string, { clock, take, mayStart }: Turn): Promise<void> => {
  for (let wait = take(); wait > 0; wait = take()) {
    if (!mayStart(clock.now() + wait)) throw new RateLimited(vendor, wait);
    await sleep(wait);
  }
};
