import type { Usage } from '../../assignments/ports.ts';
import type { Clock } from '../../base/clock.ts';
import { createDailyBudget } from '../delivery/daily-budget.ts';
import { BUDGET, DAILY_WAIT_MS } from './facts.ts';

/** What a call is for; see `BUDGET`. */
export type Purpose = keyof typeof BUDGET;

/** Keeps each org's calls within our share of its last 24 hours, which every reply tells of. */
export const createBudget = (clock: Clock) => {
  const days = createDailyBudget({ shares: BUDGET, exhaustedMs: DAILY_WAIT_MS }, clock);
  return {
    take: days.take,
    /** Takes over what a reply says. */
    learn: (orgId: string, header: string | undefined): void => {
      const found = /api-usage=(\d+)\/(\d+)/.exec(header ?? '');
      if (found) days.learn(orgId, Number(found[1]), Number(found[2]));
    },
    exhaust: days.exhaust,
    /** Of the last 24 hours, whenever that is: nothing begins again at an hour. null: not told yet. */
    usage: (orgId: string): Usage | null => {
      const told = days.told(orgId);
      return told && { limit: 'calls in 24 hours', used: told.used, of: told.of, resetsAt: null };
    },
  };
};

export type Budget = ReturnType<typeof createBudget>;
