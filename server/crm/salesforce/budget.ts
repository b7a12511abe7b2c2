import type { Clock } from '../../base/clock.ts';
import { BUDGET, DAILY_WAIT_MS } from './facts.ts';

/** What a call is for; see `BUDGET`. */
export type Purpose = keyof typeof BUDGET;

interface Usage {
  readonly used: number;
  readonly max: number;
  readonly seenAt: number;
}

/** How old what we know of an org's usage may be before a call is spent on looking again. Milliseconds. */
const STALE_MS = 60_000;

/**
 * Keeps each org's calls within our share of its day, by what its replies say. All apps of the customer are in that
 * count, so that ours yield first. Once stopped, one call a minute is let through to see whether there is room again.
 */
export const createBudget = (clock: Clock) => {
  const orgs = new Map<string, Usage>();
  return {
    /** 0, or the milliseconds to wait. */
    take: (orgId: string, purpose: Purpose): number => {
      const usage = orgs.get(orgId);
      if (usage === undefined || usage.used < usage.max * BUDGET[purpose]) return 0;
      const wait = usage.seenAt + STALE_MS - clock.now();
      if (wait > 0) return wait;
      // Counts as seen: the next one asks only after this one's reply, or a minute.
      orgs.set(orgId, { ...usage, seenAt: clock.now() });
      return 0;
    },
    /** Takes over what a reply says. */
    learn: (orgId: string, header: string | undefined): void => {
      const found = /api-usage=(\d+)\/(\d+)/.exec(header ?? '');
      if (found) orgs.set(orgId, { used: Number(found[1]), max: Number(found[2]), seenAt: clock.now() });
    },
    /** The org refused a call for its daily limit. */
    exhaust: (orgId: string): void => {
      const max = orgs.get(orgId)?.max ?? 1;
      orgs.set(orgId, { used: max, max, seenAt: clock.now() + DAILY_WAIT_MS - STALE_MS });
    },
    /** The org's calls of the last 24 hours as last told; null: not told yet. */
    usage: (orgId: string): { readonly used: number; readonly max: number } | null => orgs.get(orgId) ?? null,
  };
};

export type Budget = ReturnType<typeof createBudget>;
