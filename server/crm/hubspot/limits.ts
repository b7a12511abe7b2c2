import type { Clock } from '../../base/clock.ts';
import { createRollingWindow, type RollingWindow } from '../delivery/rolling-window.ts';
import { LIMIT_HEADERS, REQUEST_LIMIT, SEARCH_LIMIT } from './facts.ts';

/** What a call is for: reads that somebody waits for may use the last of the limit, deliveries may not. */
export type Purpose = 'read' | 'delivery';

/** Calls that deliveries and polls leave for reads, out of about a hundred in ten seconds. */
const KEPT_FOR_READS = 25;

export interface PortalLimits {
  readonly requests: RollingWindow;
  readonly searches: RollingWindow;
}

/** The limits of each portal, shared by all that call it from this process. */
export const createLimits = (clock: Clock) => {
  const portals = new Map<string, PortalLimits>();
  const of = (portalId: string): PortalLimits => {
    const limits = portals.get(portalId) ?? {
      requests: createRollingWindow({ calls: REQUEST_LIMIT.ours, windowMs: REQUEST_LIMIT.windowMs }, clock),
      searches: createRollingWindow({ calls: SEARCH_LIMIT.ours, windowMs: SEARCH_LIMIT.windowMs }, clock),
    };
    portals.set(portalId, limits);
    return limits;
  };
  return {
    of,
    /** 0, or the milliseconds to wait. Searches have a limit of their own and do not count against the other. */
    take: (portalId: string, search: boolean, purpose: Purpose): number =>
      search
        ? of(portalId).searches.take(0)
        : of(portalId).requests.take(purpose === 'read' ? 0 : KEPT_FOR_READS),
    learn: (portalId: string, headers: Headers): void => {
      const [max, remaining, interval] = [
        LIMIT_HEADERS.max,
        LIMIT_HEADERS.remaining,
        LIMIT_HEADERS.intervalMs,
      ].map((name) => Number(headers.get(name) ?? Number.NaN)) as [number, number, number];
      if (![max, remaining].every(Number.isFinite) || max <= 0) return;
      // The same margin as for the published limit: calls under way, and clocks that differ.
      const margin = Math.ceil(
        (max * (REQUEST_LIMIT.requests - REQUEST_LIMIT.ours)) / REQUEST_LIMIT.requests,
      );
      const calls = Math.max(1, max - margin);
      const windowMs = interval > 0 ? interval : REQUEST_LIMIT.windowMs;
      of(portalId).requests.learn({ calls, windowMs, left: Math.max(0, remaining - margin) });
    },
  };
};

export type Limits = ReturnType<typeof createLimits>;
