import type { Clock } from '../../base/clock.ts';
import { createRollingWindow, type RollingWindow } from '../delivery/rolling-window.ts';
import { REQUEST_LIMIT, RESERVE } from './facts.ts';

/** What a call is for; see `RESERVE`. */
export type Purpose = keyof typeof RESERVE;

interface EnvironmentLimits {
  readonly requests: RollingWindow;
  /** Nothing goes out before this instant: Dataverse said when to come back, and hammering makes it later. */
  pausedUntil: number;
}

/** The limits of each environment's application user, shared by all that call it from this process. */
export const createLimits = (clock: Clock) => {
  const environments = new Map<string, EnvironmentLimits>();
  const of = (organizationId: string): EnvironmentLimits => {
    const limits = environments.get(organizationId) ?? {
      requests: createRollingWindow(REQUEST_LIMIT, clock),
      pausedUntil: 0,
    };
    environments.set(organizationId, limits);
    return limits;
  };
  return {
    /** 0, or the milliseconds to wait. */
    take: (organizationId: string, purpose: Purpose): number => {
      const { requests, pausedUntil } = of(organizationId);
      const pause = pausedUntil - clock.now();
      return pause > 0 ? pause : requests.take(RESERVE[purpose]);
    },
    /** A call that was let out is over. */
    end: (organizationId: string): void => of(organizationId).requests.end(),
    pause: (organizationId: string, ms: number): void => {
      const limits = of(organizationId);
      limits.pausedUntil = Math.max(limits.pausedUntil, clock.now() + ms);
    },
    /** Our own calls of the last five minutes: Dataverse counts by user, and this one is ours alone. */
    used: (organizationId: string): number => REQUEST_LIMIT.calls - of(organizationId).requests.left(),
  };
};

export type Limits = ReturnType<typeof createLimits>;
