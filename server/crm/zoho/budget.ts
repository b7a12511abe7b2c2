import type { Usage } from '../../assignments/ports.ts';
import type { Clock } from '../../base/clock.ts';
import { BUDGET, CONCURRENT_WAIT_MS, DAILY_WAIT_MS } from './facts.ts';

/** What a call is for; see `BUDGET`. */
export type Purpose = keyof typeof BUDGET;

interface Seen {
  readonly remaining: number;
  /** Of the org's edition; else twice what was ever told to remain, as it is told only from the half on. */
  readonly total: number;
  readonly seenAt: number;
}

/** How old what we know may be before a call is spent on looking again. Milliseconds. */
const STALE_MS = 60_000;

/**
 * Keeps each org's calls within our share of its daily credits, by what its replies say, and pauses where it refused.
 * All apps of the customer are in that count, so that ours yield first.
 */
export const createBudget = (clock: Clock) => {
  const orgs = new Map<string, Seen>();
  const allowances = new Map<string, number>();
  const pauses = new Map<string, number>();
  const pause = (orgId: string, ms: number): void => void pauses.set(orgId, clock.now() + ms);
  return {
    /** 0, or the milliseconds to wait. */
    take: (orgId: string, purpose: Purpose): number => {
      const paused = (pauses.get(orgId) ?? 0) - clock.now();
      if (paused > 0) return paused;
      const usage = orgs.get(orgId);
      if (usage === undefined || usage.total - usage.remaining < usage.total * BUDGET[purpose]) return 0;
      const wait = usage.seenAt + STALE_MS - clock.now();
      if (wait > 0) return wait;
      // Counts as seen: the next one asks only after this one's reply, or a minute.
      orgs.set(orgId, { ...usage, seenAt: clock.now() });
      return 0;
    },
    /** Takes over what a reply says; null: it says nothing, less than half is used. */
    learn: (orgId: string, header: string | null): void => {
      const remaining = Number(header ?? Number.NaN);
      if (header === null) orgs.delete(orgId);
      if (!Number.isFinite(remaining)) return;
      const known = allowances.get(orgId);
      const total = Math.max(known ?? 2 * remaining, orgs.get(orgId)?.total ?? 1, remaining);
      orgs.set(orgId, { remaining, total, seenAt: clock.now() });
    },
    /** How many credits the org has in a day. */
    allow: (orgId: string, total: number): void => void allowances.set(orgId, total),
    /** null: less than half is used, so that nothing is told. */
    usage: (orgId: string): Usage | null => {
      const seen = orgs.get(orgId);
      if (seen === undefined) return null;
      const { remaining, total: of } = seen;
      return { limit: 'API credits in 24 hours', used: of - remaining, of, resetsAt: null };
    },
    /** The org refused a call: too many at once, or its day is spent. */
    refused: (orgId: string, limit: 'concurrent' | 'daily'): void =>
      pause(orgId, limit === 'concurrent' ? CONCURRENT_WAIT_MS : DAILY_WAIT_MS),
  };
};

export type Budget = ReturnType<typeof createBudget>;
