import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { Overview } from '../../../server/assignments/queries.ts';
import { go } from '../lib/route.ts';

const MinuteChart = lazy(() =>
  import('./minute-chart.tsx').then(({ MinuteChart: component }) => ({ default: component })),
);

const NUMBERS: readonly (readonly [keyof Overview['counts'], string, string?])[] = [
  ['decidedToday', 'Decided today'],
  ['openOffers', 'Open offers', 'offered'],
  ['waiting', 'Waiting', 'waiting'],
  ['inQueues', 'In queues', 'queue'],
  ['deliveriesPending', 'Writes under way'],
  ['deliveriesRefused', 'Writes refused', 'trouble'],
];

/** The day in numbers and the last hour as a line. */
export const KeyNumbers = ({ overview }: { overview: Overview | null }) => (
  <section className="numbers" aria-label="Today">
    <dl className="number-row">
      {NUMBERS.map(([key, label, tone]) => (
        <div key={key} className="number" data-tone={overview && overview.counts[key] > 0 ? tone : undefined}>
          <dt>{label}</dt>
          <dd>
            {overview ? <Count count={overview.counts[key]} of={key} /> : <Skeleton height={30} width={48} />}
          </dd>
        </div>
      ))}
      {overview?.slas && <Slas slas={overview.slas} />}
    </dl>
    <div className="minutes">
      <h2 className="label">Decisions a minute, last hour</h2>
      <Suspense fallback={<Skeleton height={72} />}>
        <MinuteChart perMinute={overview?.perMinute ?? []} />
      </Suspense>
    </div>
  </section>
);

/** How many of today's SLAs were met in time, with what runs and what was missed below it. */
const Slas = ({ slas }: { slas: NonNullable<Overview['slas']> }) => (
  <div className="number" data-tone={slas.overdue > 0 ? 'trouble' : undefined}>
    <dt>SLAs met today</dt>
    <dd>
      {slas.metPercent === null ? '–' : `${slas.metPercent} %`}
      <small className="number-note">
        {slas.running} running, {slas.missedToday} missed
      </small>
    </dd>
  </div>
);

/** Refused writes are looked at where they are counted. */
const Count = ({ count, of }: { count: number; of: keyof Overview['counts'] }) =>
  of === 'deliveriesRefused' && count > 0 ? (
    <a href="/refused" aria-label={`${count.toLocaleString()}: see what was refused`} onClick={openRefused}>
      {count.toLocaleString()}
    </a>
  ) : (
    count.toLocaleString()
  );

const openRefused = (event: React.MouseEvent): void => {
  if (event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  go('/refused');
};
