import { Button, Skeleton } from '@mantine/core';
import { Download } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { PoolFairness } from '../../../server/assignments/pool-fairness.ts';
import { useFairness, useLags } from '../api/use-fairness.ts';
import { Failure } from '../components/failure.tsx';
import { LagBar } from '../components/lag-bar.tsx';
import { TableScroll } from '../components/table-scroll.tsx';
import { inLeads, leadsText, whole } from '../lib/figures.ts';
import { follow } from '../lib/route.ts';
import { moment } from '../lib/time.ts';

const LagChart = lazy(() =>
  import('./lag-chart.tsx').then(({ LagChart: component }) => ({ default: component })),
);

/** How fairly a pool shared its leads: what holds, lags over time, and every member's account. */
export function FairnessPage({ pool }: { pool: string }) {
  const { data: fairness, error } = useFairness(pool);
  const { data: lags } = useLags(pool);
  return (
    <div className="own-page" id="page">
      <p className="crumb">
        <a href="/" onClick={follow('/')}>
          Live
        </a>{' '}
        / {fairness?.pool.name ?? pool}
      </p>
      {error?.status === 404 ? <NoPool pool={pool} /> : <Failure error={error} />}
      {!fairness && !error && <Skeleton height={420} />}
      {fairness && (
        <section className="panel" aria-labelledby="fairness-title">
          <div className="panel-head">
            <h2 id="fairness-title">Fairness of {fairness.pool.name}</h2>
            <Downloads pool={pool} />
          </div>
          <p className="pad lead-text">{fairness.says}</p>
          {fairness.turns === 0 ? (
            <p className="muted pad">Once it gives leads, each member’s account stands here.</p>
          ) : (
            <>
              <div className="pad">
                <h3>Lag over time</h3>
                <p className="muted">
                  Owed minus received, in leads: above the line the pool owes them, below they are ahead.{' '}
                  {rangeText(fairness)}
                </p>
                <Suspense fallback={<Skeleton height={300} />}>
                  {lags && <LagChart fairness={fairness} lags={lags} />}
                </Suspense>
              </div>
              <Members fairness={fairness} />
            </>
          )}
          <Verify fairness={fairness} />
        </section>
      )}
    </div>
  );
}

/** An old link, or a pool that the policy has under another name now. */
const NoPool = ({ pool }: { pool: string }) => (
  <p className="alert" role="alert">
    <span>
      There is no pool {pool}: the policy may have another name for it now.{' '}
      <a href="/" onClick={follow('/')}>
        See the pools there are
      </a>
    </span>
  </p>
);

const rangeText = ({ bound, worstLag, from, to, entries }: PoolFairness): string =>
  [
    bound === null
      ? `The dashed lines are the worst that was seen, ${leadsText(worstLag)}.`
      : `Nobody can leave the shaded band: that is proven.`,
    from && to && `${whole(entries)} entries, ${moment(Date.parse(from))} to ${moment(Date.parse(to))}.`,
  ]
    .filter(Boolean)
    .join(' ');

const Downloads = ({ pool }: { pool: string }) => (
  <div className="downloads">
    {[
      ['Statement, JSON', 'fairness'],
      ['Statement, CSV', 'fairness.csv'],
      ['Ledger, CSV', 'entries.csv'],
    ].map(([name, file]) => (
      <Button
        key={file}
        component="a"
        href={`/api/v1/pools/${pool}/${file}`}
        download={`${pool}-${file === 'fairness' ? 'fairness.json' : file}`}
        variant="default"
        size="compact-md"
        leftSection={<Download size={14} aria-hidden="true" />}
      >
        {name}
      </Button>
    ))}
  </div>
);

const Members = ({ fairness }: { fairness: PoolFairness }) => {
  const scale = Math.max(1, inLeads(fairness.worstLag));
  const banked = fairness.members.some((member) => member.banked !== 0);
  return (
    <TableScroll label="Each member’s account" className="pad">
      <table className="compared" aria-label="Members">
        <thead>
          <tr>
            <th scope="col">Member</th>
            <th scope="col">Owed</th>
            <th scope="col">Received</th>
            <th scope="col">Lag now</th>
            {banked && <th scope="col">Banked for time away</th>}
            <th scope="col">Furthest ever</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          {fairness.members.map(({ rep, owed, received, lag, banked: bank, worstLag, worstAt }) => (
            <tr key={rep.id}>
              <th scope="row">{rep.name}</th>
              <td>{leadsText(owed)}</td>
              <td>{leadsText(received)}</td>
              <td>
                <span className="lag-cell">
                  <LagBar lag={inLeads(lag)} scale={scale} />
                  {leadsText(lag)}
                </span>
              </td>
              {banked && <td>{leadsText(bank)}</td>}
              <td data-worst={worstLag === fairness.worstLag || undefined}>{leadsText(worstLag)}</td>
              <td className="muted when">{worstAt === null ? '–' : moment(worstAt)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th>
            <td>{leadsText(fairness.owed)}</td>
            <td>{leadsText(fairness.received)}</td>
            <td colSpan={banked ? 4 : 3} />
          </tr>
        </tfoot>
      </table>
    </TableScroll>
  );
};

const Verify = ({ fairness }: { fairness: PoolFairness }) => (
  <div className="pad verify">
    <h3>Check it yourself</h3>
    <p>
      Download the statement (JSON) and the ledger, and run{' '}
      <code>
        node examples/verify-fairness/verify.mjs {fairness.pool.id}-entries.csv {fairness.pool.id}
        -fairness.json
      </code>
      . The script shares no code with Fairlead, adds up every entry again and says whether it agrees.
    </p>
    <p className="muted">
      Chained over every entry: <code>{fairness.digest}</code>
    </p>
  </div>
);
