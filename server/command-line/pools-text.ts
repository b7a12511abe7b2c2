import type { PoolStatement } from '../routing/ledger/pool-ledger.ts';
import type { Names } from '../routing/render/render-decision.ts';
import type { PoolResult, SimulationResult } from '../routing/simulate/simulation-result.ts';
import { lagText, wholeText } from '../routing/words/figures.ts';
import { textTable } from './text-table.ts';

const NO_BOUND: Readonly<Record<NonNullable<PoolStatement['unboundBecause']>, string>> = {
  no_turns: 'no turns yet',
  members_changed: 'no bound, since who could have the leads changed: this is what was seen',
  not_by_rule: 'no bound, since the pool does not go by turns alone: this is what was seen',
  corrections: 'no bound, since time away is caught up: this is what was seen',
};

/** How fairly each pool shared its leads, and each member of it. Lines. */
export const poolsText = ({ pools }: SimulationResult, names: Names): readonly string[] =>
  pools.flatMap((pool) => (pool.fairness === null ? [] : poolText(pool, pool.fairness, names)));

const poolText = (
  { pool, leads }: PoolResult,
  { members, worstLag, bound, unboundBecause }: PoolStatement,
  names: Names,
): readonly string[] => {
  const holds =
    unboundBecause === null ? `proven to stay below ${lagText(bound ?? 0)}` : NO_BOUND[unboundBecause];
  return [
    '',
    `${names.pool(pool)}: ${wholeText(leads)} leads, worst lag ${lagText(worstLag)} (${holds})`,
    ...textTable([
      ['  Member', 'owed', 'received', 'lag', 'worst lag'],
      ...members.map(({ rep, owed, received, lag, worstLag: worst }) => [
        `  ${names.rep(rep)}`,
        lagText(owed),
        lagText(received),
        lagText(lag),
        lagText(worst),
      ]),
    ]),
  ];
};
