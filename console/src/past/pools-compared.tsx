import type { PastSimulation } from '../../../server/assignments/publishing/publishing.ts';
import { leadsText, signed, whole } from '../lib/figures.ts';
import { BeforeAfter, type Change } from './before-after.tsx';

type Pool = PastSimulation['policy']['pools'][number];

/** Pool by pool: its leads before and after, how fair it was, and who has them. */
export function PoolsCompared({ said, other }: { said: PastSimulation; other: string }) {
  const before = new Map((said.against?.pools ?? []).map((pool) => [pool.pool, pool]));
  const pools = said.policy.pools.filter(
    ({ pool, leads }) => leads > 0 || (before.get(pool)?.leads ?? 0) > 0,
  );
  return (
    <section aria-labelledby="pools-compared">
      <h4 id="pools-compared">Pool by pool</h4>
      {pools.length === 0 && <p className="muted">No pool gave a lead.</p>}
      {pools.map((pool) => (
        <details key={pool.pool} className="pool-compared">
          <summary>
            <strong>{said.names.pools[pool.pool] ?? pool.pool}</strong>
            <span>
              {whole(pool.leads)} leads
              {said.against !== null && ` (${signed(pool.leads - (before.get(pool.pool)?.leads ?? 0))})`}
            </span>
            <span className="muted">{fairnessText(pool)}</span>
          </summary>
          <BeforeAfter changes={changesIn(pool, before.get(pool.pool), said.names)} what={other} />
        </details>
      ))}
    </section>
  );
}

const fairnessText = ({ fairness }: Pool): string => {
  if (fairness === null) return 'gave no lead';
  const worst = `nobody further than ${leadsText(fairness.worstLag)} of a lead from their share`;
  return fairness.bound === null ? `${worst}, as observed` : `${worst}; proven to stay below 1`;
};

const changesIn = (after: Pool, before: Pool | undefined, names: PastSimulation['names']): Change[] => {
  const counts = new Map<string, { before: number; after: number }>();
  for (const { rep, leads } of before?.reps ?? []) counts.set(rep, { before: leads, after: 0 });
  for (const { rep, leads } of after.reps)
    counts.set(rep, { before: counts.get(rep)?.before ?? 0, after: leads });
  return [...counts].map(([id, count]) => ({ id, name: names.reps[id] ?? id, ...count }));
};
