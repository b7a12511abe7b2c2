import { poolMembers } from '../decide/members.ts';
import { LEAD } from '../ledger/shares.ts';
import { CAPS } from '../state.ts';
import type { Leaving } from './plan-offboarding.ts';

/** What leads cost their rep and their pool as more of them come. A lead owed or given counts 1,000. */
export interface Places {
  /** How many more leads a rep has room for, under all their caps. */
  readonly room: (rep: string) => number;
  /** What the next ones cost by the rep's open work, as many as they have room for and at most `most`. */
  readonly loadSteps: (rep: string, most: number) => readonly number[];
  /** What the next ones cost by what the pool owes the rep. */
  readonly owedSteps: (rep: string, pool: string, most: number) => readonly number[];
  /** Both, for one more lead of each of the pools named. */
  readonly costOfAll: (rep: string, pools: readonly string[]) => number;
  /** The rep has one more. */
  readonly take: (rep: string, pool: string) => void;
}

/** A rep without a cap on open leads counts as one with so many. */
const USUAL_OPEN = 25;
/** What a lead costs a rep whose open work is at its cap. */
const FULL = 2_000;
/** Stands for no limit. */
const MUCH = 1_000_000;

export const createPlaces = ({ compiled, state, now }: Leaving): Places => {
  const moment = { now, timezone: compiled.policy.timezone };
  const byRep = new Map<string, number>();
  const byPool = new Map<string, number>();
  const takenBy = (rep: string) => byRep.get(rep) ?? 0;
  const takenFrom = (rep: string, pool: string) => byPool.get(`${pool}\n${rep}`) ?? 0;
  const room = (rep: string): number => {
    const found = state.rep(rep);
    if (found === undefined) return 0;
    const left = CAPS.map((cap) => (found.capacity[cap] ?? MUCH) - found.load[cap]);
    return Math.max(0, Math.min(...left) - takenBy(rep));
  };
  const loadStep = (rep: string, k: number): number => {
    const found = state.rep(rep);
    const open = (found?.load.open ?? 0) + takenBy(rep) + k;
    return Math.round((FULL * open) / Math.max(1, found?.capacity.open ?? USUAL_OPEN));
  };
  const owedStep = (rep: string, pool: string, k: number): number => {
    const owed = (state.balance(pool, rep).lag * 1_000) / LEAD;
    return Math.round(((takenFrom(rep, pool) + k) * 1_000) / weightOf(pool, rep) - owed);
  };
  /** A member's weight beside the pool's usual one. */
  const weightOf = (pool: string, rep: string): number => {
    const found = compiled.pool(pool);
    const members = found === undefined ? [] : poolMembers(found, state.team, moment).list;
    const sum = members.reduce((all, { weight }) => all + weight, 0);
    return ((members.find((member) => member.rep === rep)?.weight ?? 1) * members.length) / Math.max(1, sum);
  };
  const steps = (count: number, step: (k: number) => number): readonly number[] =>
    Array.from({ length: count }, (_, k) => step(k));
  return {
    room,
    loadSteps: (rep, most) => steps(Math.min(most, room(rep)), (k) => loadStep(rep, k)),
    owedSteps: (rep, pool, most) => steps(most, (k) => owedStep(rep, pool, k)),
    costOfAll: (rep, pools) => {
      const perPool = [...Map.groupBy(pools, (pool) => pool)];
      const owed = perPool.flatMap(([pool, all]) => steps(all.length, (k) => owedStep(rep, pool, k)));
      return [...steps(pools.length, (k) => loadStep(rep, k)), ...owed].reduce((sum, cost) => sum + cost, 0);
    },
    take: (rep, pool) => {
      byRep.set(rep, takenBy(rep) + 1);
      byPool.set(`${pool}\n${rep}`, takenFrom(rep, pool) + 1);
    },
  };
};
