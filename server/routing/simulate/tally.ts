import type { HolidayDates } from '../availability/shifts.ts';
import type { PoolLedger } from '../ledger/pool-ledger.ts';
import type { Policy } from '../policy/schema.ts';
import { type Counts, createCounts } from './counts.ts';
import { createDurationTally } from './durations.ts';
import type { SettledLead } from './simulated-lead.ts';
import type { RepShare, SimulationResult } from './simulation-result.ts';
import { createSpeedTally } from './speed.ts';

/** Counts leads as they settle; what it keeps does not grow with them. */
export interface Tally {
  readonly settle: (settled: SettledLead) => void;
  readonly result: (end: {
    readonly ledger: (pool: string) => PoolLedger | undefined;
    readonly mostHeld: number;
  }) => SimulationResult;
}

/** `minutes`: the limits of `Speed.within`. */
export const createTally = (policy: Policy, holidays: HolidayDates, minutes: readonly number[]): Tally => {
  const [rules, pools, reps, queues] = [
    createCounts<string | null>(),
    createCounts<string>(),
    createCounts<string>(),
    createCounts<string>(),
  ];
  const byPool = new Map(policy.pools.map(({ id }) => [id, createCounts<string>()]));
  const speed = createSpeedTally(policy, holidays, minutes);
  const found = createDurationTally();
  const seen = {
    leads: 0,
    given: 0,
    waited: 0,
    waiting: 0,
    notRouted: 0,
    logOnly: 0,
    from: Infinity,
    to: -Infinity,
  };
  return {
    settle: (settled) => {
      const { lead, end, taker, at } = settled;
      seen.leads++;
      seen.from = Math.min(seen.from, lead.arrivedAt);
      seen.to = Math.max(seen.to, lead.arrivedAt);
      if (end === 'not_routed') {
        seen.notRouted++;
        return;
      }
      rules.add(settled.rule);
      if (end === 'log_only') {
        seen.logOnly++;
        return;
      }
      speed.settle(settled);
      if (end === 'waiting') seen.waiting++;
      if (settled.queue !== null) queues.add(settled.queue);
      if (settled.pool !== null) pools.add(settled.pool);
      if (at > lead.arrivedAt) seen.waited++;
      if (taker === null) return;
      if (at > lead.arrivedAt) found.add(at - lead.arrivedAt);
      seen.given++;
      reps.add(taker);
      if (settled.pool !== null) byPool.get(settled.pool)?.add(taker);
    },
    result: ({ ledger, mostHeld }) => {
      const { leads, given } = seen;
      return {
        leads,
        given,
        from: leads === 0 ? null : seen.from,
        to: leads === 0 ? null : seen.to,
        rules: [...policy.rules.map(({ id }) => id), null]
          .map((rule) => ({ rule, leads: rules.of(rule) }))
          .filter((rule) => rule.leads > 0),
        pools: policy.pools.map(({ id }) => ({
          pool: id,
          leads: pools.of(id),
          share: shareOf(pools.of(id), given),
          reps: sharesOf(byPool.get(id)!, pools.of(id)),
          fairness: ledger(id)?.statement() ?? null,
        })),
        reps: sharesOf(reps, given),
        waited: { leads: seen.waited, never: seen.waiting, found: found.durations() },
        unowned: {
          waiting: seen.waiting,
          queues: queues.list().map(([queue, count]) => ({ queue, leads: count })),
          notRouted: seen.notRouted,
          logOnly: seen.logOnly,
        },
        speed: speed.speed(),
        mostHeld,
      };
    },
  };
};

/** 0 to 1; nothing of nothing is nothing. */
export const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

const sharesOf = (counts: Counts<string>, whole: number): readonly RepShare[] =>
  counts.list().map(([rep, leads]) => ({ rep, leads, share: shareOf(leads, whole) }));
