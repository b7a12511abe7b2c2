import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { ComparisonView } from '../../../server/assignments/first-steps/first-steps.ts';
import type { Overview } from '../../../server/assignments/queries.ts';
import { useComparison } from '../api/use-first-steps.ts';
import { useMay } from '../api/use-me.ts';
import { Failure } from '../components/failure.tsx';
import { Figure } from '../components/figure.tsx';
import { moment, took } from '../lib/time.ts';
import { ComparedLeads } from './compared-leads.tsx';
import { GoLive } from './go-live.tsx';
import { PoolsByShare } from './pool-shares.tsx';
import { Takers } from './takers.tsx';

/** What the policy would have done beside what was done, and the way from there to live. */
export function ComparePage({ tenant }: { tenant: Overview['tenant'] | null }) {
  const { data, error } = useComparison();
  const [asked, setAsked] = useState(false);
  const may = useMay('administer');
  if (!data) return error ? <Failure error={error} /> : <Skeleton height={420} />;
  const live = tenant?.mode === 'live';
  return (
    <div className="compare" id="compare">
      <div className="compare-head">
        <div>
          <h1>Compare</h1>
          <p className="muted">
            {data.leads === 0
              ? 'Nothing is compared yet.'
              : `Leads since ${moment(data.since)}: whom they were given to, and whom Fairlead would have chosen.`}
          </p>
        </div>
        {may &&
          tenant &&
          tenant.policyVersion > 0 &&
          (!live || data.pools.some(({ logOnly }) => logOnly)) && (
            <Button onClick={() => setAsked(true)}>Go live…</Button>
          )}
        {live && data.pools.every(({ logOnly }) => !logOnly) && <p className="muted">Fairlead is live.</p>}
      </div>
      {data.leads === 0 ? <Nothing /> : <Figures data={data} />}
      <GoLive opened={asked} close={() => setAsked(false)} comparison={data} />
    </div>
  );
}

const Nothing = () => (
  <section className="panel">
    <p className="pad">
      Leads that are decided for the log only show here, beside the owner your CRM gave them, a few seconds
      after they came.
    </p>
  </section>
);

const Figures = ({ data }: { data: ComparisonView }) => (
  <>
    <dl className="compare-numbers panel">
      <Figure name="Leads compared" value={data.leads.toLocaleString()} note={settledOf(data)} />
      <Figure
        name="Same rep"
        value={data.both === 0 ? '–' : `${Math.round((100 * data.agreed) / data.both)} %`}
        note="Two fair ways rarely choose the same rep: it says how much would change."
      />
      <Figure
        name="Furthest from the share owed"
        value={leadsOf(worstOf(data, 'theirs'))}
        trouble={(worstOf(data, 'theirs') ?? 0) > 1.5 * Math.max(1, worstOf(data, 'ours') ?? 0)}
        note={`in leads, today; with Fairlead ${leadsOf(worstOf(data, 'ours'))}`}
      />
      <Figure
        name="Until somebody had it"
        value={data.speed === null ? '–' : took(data.speed.median)}
        note={
          data.speed === null
            ? 'Nobody has any yet.'
            : `half of them; the slowest ${took(data.speed.slowest)}`
        }
      />
      <Figure
        name="With nobody for over an hour"
        value={data.longUnowned.toLocaleString()}
        trouble={data.longUnowned > 0}
        note={`${data.unowned.toLocaleString()} with nobody now`}
      />
    </dl>
    <PoolsByShare pools={data.pools} />
    <div className="compare-columns">
      <Takers takers={data.takers} />
      <ComparedLeads leads={data.recent} />
    </div>
  </>
);

const settledOf = ({ leads, settled }: ComparisonView): string =>
  settled === leads ? 'each with its final owner' : `${leads - settled} still looked at`;

/** Over all pools that are measured, in leads. */
const worstOf = ({ pools }: ComparisonView, side: 'theirs' | 'ours'): number | null => {
  const off = pools.flatMap(({ shares }) => (shares === null ? [] : [Math.abs(shares[side].by)]));
  return off.length === 0 ? null : Math.max(...off);
};

const leadsOf = (leads: number | null): string => (leads === null ? '–' : leads.toFixed(1));
