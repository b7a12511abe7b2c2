import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { PastSimulation } from '../../../server/assignments/publishing/publishing.ts';
import { Figure } from '../components/figure.tsx';
import { leadsText, percent, signed, whole } from '../lib/figures.ts';
import { BeforeAfter, type Change } from './before-after.tsx';
import { MovedLeads } from './moved-leads.tsx';
import { PoolsCompared } from './pools-compared.tsx';
import { SpeedCompared } from './speed-compared.tsx';

type Result = PastSimulation['policy'];

/** What a try on the past said. `against`: what it was compared with; null: the live policy. */
export function SimulationResult({ said, against }: { said: PastSimulation; against: string | null }) {
  const [beside, setBeside] = useState<'policy' | 'history'>(said.against === null ? 'history' : 'policy');
  if (said.past.leads === 0) return <NoLeads said={said} />;
  const other = against === null ? 'live policy' : (said.policies.against?.name ?? 'other policy');
  const moves = beside === 'policy' ? said.movesFromAgainst : said.movesFromHistory;
  return (
    <div className="try-result">
      <p className="sr" role="status">
        {whole(said.past.leads)} leads were decided again.
      </p>
      <InNumbers said={said} />
      <Caveats said={said} />
      <section aria-labelledby="gains-title">
        <div className="try-head">
          <h4 id="gains-title">Who gains, who loses</h4>
          {said.against !== null && (
            <SegmentedControl
              size="xs"
              aria-label="Compared with"
              value={beside}
              onChange={(value) => setBeside(value as 'policy' | 'history')}
              data={[
                { value: 'policy', label: `Beside the ${other}` },
                { value: 'history', label: 'Beside what really happened' },
              ]}
            />
          )}
        </div>
        <BeforeAfter
          changes={changesOf(moves, said.names)}
          what={beside === 'policy' ? other : 'what happened'}
        />
      </section>
      <PoolsCompared said={said} other={other} />
      <SpeedCompared said={said} other={other} />
      {said.movedLeads !== null && <MovedLeads said={said} other={other} />}
    </div>
  );
}

const changesOf = (moves: PastSimulation['movesFromAgainst'], names: PastSimulation['names']): Change[] =>
  (moves?.reps ?? []).map(({ rep, before, after }) => ({
    id: rep ?? '',
    name: rep === null ? 'Nobody yet' : (names.reps[rep] ?? rep),
    before,
    after,
  }));

const NoLeads = ({ said }: { said: PastSimulation }) => (
  <div className="empty" role="status">
    <h3>No lead to try it on</h3>
    <p>
      None came in the last {said.past.days} days
      {said.past.erased > 0 ? ` whose values are kept (${whole(said.past.erased)} were erased)` : ''}. Choose
      more days, or come back when some were routed.
    </p>
  </div>
);

const unownedOf = ({ unowned }: Result): number =>
  unowned.waiting + unowned.queues.reduce((sum, { leads }) => sum + leads, 0);
const worstLagOf = ({ pools }: Result): number =>
  Math.max(0, ...pools.map(({ fairness }) => fairness?.worstLag ?? 0));
const soonOf = ({ speed }: Result): number => speed.within[0]?.share ?? 0;

/** The answer at a glance: each figure with what it was before. */
const InNumbers = ({ said: { policy, against, movesFromAgainst, past } }: { said: PastSimulation }) => {
  const minutes = policy.speed.within[0]?.minutes ?? 5;
  const was = (figure: (result: Result) => string) =>
    against === null ? undefined : `was ${figure(against)}`;
  return (
    <dl className="number-row try-numbers" aria-label="In short">
      <Figure name="Leads tried" value={whole(past.leads)} note={`of ${past.days} days`} />
      {movesFromAgainst && (
        <Figure
          name="Go elsewhere"
          value={whole(movesFromAgainst.moved)}
          note={percent(movesFromAgainst.moved / Math.max(1, movesFromAgainst.leads))}
        />
      )}
      <Figure
        name="Had to wait"
        value={whole(policy.waited.leads)}
        note={was((one) => whole(one.waited.leads))}
      />
      <Figure
        name="Without a rep"
        value={whole(unownedOf(policy))}
        note={was((one) => whole(unownedOf(one)))}
        trouble={against !== null && unownedOf(policy) > unownedOf(against)}
      />
      <Figure
        name={`Within ${minutes} min`}
        value={percent(soonOf(policy))}
        note={was((one) => percent(soonOf(one)))}
      />
      <Figure
        name="Worst lag"
        value={leadsText(worstLagOf(policy))}
        note={was((one) => leadsText(worstLagOf(one)))}
      />
    </dl>
  );
};

/** What the figures cannot say. */
const Caveats = ({ said: { past, policy } }: { said: PastSimulation }) => {
  const said = [
    past.truncated && 'Only the newest 20,000 leads were tried.',
    past.erased > 0 && `${whole(past.erased)} leads were left out: their values are erased.`,
    past.fieldsWithoutValues.length > 0 &&
      `Past leads have no value for ${past.fieldsWithoutValues.join(', ')}, which only the draft has.`,
    policy.unowned.logOnly > 0 && `${signed(policy.unowned.logOnly)} were decided for the log only.`,
    'Offers count as accepted at once; how people would have answered nobody knows.',
  ];
  return <p className="muted">{said.filter(Boolean).join(' ')}</p>;
};
