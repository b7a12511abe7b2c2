import { createLagSeries } from '../routing/ledger/lag-series.ts';
import { chainEntry, ledgerLines, NO_ENTRIES, type PostedEntry } from '../routing/ledger/ledger-lines.ts';
import { createPoolLedger, type MemberStatement, type PoolStatement } from '../routing/ledger/pool-ledger.ts';
import { LEAD } from '../routing/ledger/shares.ts';
import type { NamedRef } from './views.ts';

/** What a pool's ledger says of a member, under the name people know. Amounts in millionths of a lead. */
export type MemberFairness = Omit<MemberStatement, 'rep' | 'worstAt'> & {
  readonly rep: NamedRef;
  readonly worstAt: string | null;
};

/** How fairly a pool shared its leads, added up from its ledger's entries alone. Amounts in millionths of a lead. */
export type PoolFairness = Omit<PoolStatement, 'members' | 'from' | 'to'> & {
  readonly pool: NamedRef;
  /** Carried on over every entry: see `chainEntry`. */
  readonly digest: string;
  readonly from: string | null;
  readonly to: string | null;
  /** What holds, for people. */
  readonly says: string;
  readonly members: readonly MemberFairness[];
};

/** Adds up entries, oldest first; none of them is kept. */
export const fairnessOf = async (
  pool: NamedRef,
  pages: AsyncIterable<readonly PostedEntry[]>,
  nameOf: (rep: string) => string,
): Promise<PoolFairness> => {
  const ledger = createPoolLedger();
  let digest = NO_ENTRIES;
  for await (const page of pages)
    for (const entry of page) {
      ledger.post(entry.posting, entry.at);
      digest = chainEntry(digest, ledgerLines(entry));
    }
  const { members, from, to, ...sums } = ledger.statement();
  return {
    pool,
    digest,
    says: whatHolds(sums),
    ...sums,
    from: instant(from),
    to: instant(to),
    members: members.map(({ rep, worstAt, ...amounts }) => ({
      rep: { id: rep, name: nameOf(rep) },
      ...amounts,
      worstAt: instant(worstAt),
    })),
  };
};

/** How a pool's lags went over time, under the names people know. Lags in millionths of a lead. */
export interface PoolLags {
  readonly reps: readonly NamedRef[];
  readonly points: readonly { readonly at: string; readonly lags: readonly number[] }[];
}

/** Follows entries, oldest first; none of them is kept. */
export const lagsOf = async (
  pages: AsyncIterable<readonly PostedEntry[]>,
  nameOf: (rep: string) => string,
): Promise<PoolLags> => {
  const lags = createLagSeries();
  for await (const page of pages) for (const { posting, at } of page) lags.post(posting, at);
  const { reps, points } = lags.series();
  return {
    reps: reps.map((id) => ({ id, name: nameOf(id) })),
    points: points.map((point) => ({ ...point, at: new Date(point.at).toISOString() })),
  };
};

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const whatHolds = ({
  worstLag,
  bound,
  unboundBecause,
}: Pick<PoolStatement, 'worstLag' | 'bound' | 'unboundBecause'>): string => {
  const worst = `${(worstLag / LEAD).toFixed(2)} of a lead`;
  if (bound !== null)
    return `The same members shared every lead by turns, so it is proven that nobody is ever a whole lead away from what they are owed. The furthest anybody was is ${worst}.`;
  return unboundBecause === 'no_turns'
    ? 'The pool has given no lead yet.'
    : `${WHY[unboundBecause!]}, so no bound is proven. The furthest anybody was is ${worst}.`;
};

const WHY: Readonly<Record<Exclude<NonNullable<PoolStatement['unboundBecause']>, 'no_turns'>, string>> = {
  members_changed: 'Hours, skills, caps or the policy changed who could have the leads',
  not_by_rule: 'Open work, waiting time or claims decided some leads rather than turns',
  corrections: 'Some entries take a turn back or catch up time away',
};
