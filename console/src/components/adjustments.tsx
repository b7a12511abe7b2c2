import { useState } from 'react';
import type { AdjustmentView } from '../../../server/assignments/queries.ts';
import { useAdjustments } from '../api/use-adjustments.ts';
import { useNameOf } from '../api/use-people.ts';
import { useNow } from '../lib/use-now.ts';
import { Ago } from './ago.tsx';
import { Failure } from './failure.tsx';

/** What people changed in a pool's ledger by hand: asked for once somebody opens it. */
export function Adjustments({ pool }: { pool: { readonly id: string; readonly name: string } }) {
  const [open, setOpen] = useState(false);
  const { data, error } = useAdjustments(pool.id, open);
  return (
    <details className="adjustments" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Changed by hand</summary>
      {!data && <Failure error={error} />}
      {data?.length === 0 && <p className="muted">Nothing: every turn is the ledger’s own.</p>}
      {data && data.length > 0 && <AdjustmentList adjustments={data} pool={pool.name} />}
    </details>
  );
}

function AdjustmentList({ adjustments, pool }: { adjustments: readonly AdjustmentView[]; pool: string }) {
  const now = useNow(30_000);
  const nameOf = useNameOf();
  return (
    <ul aria-label={`Changed by hand in ${pool}`}>
      {adjustments.map((one) => (
        <li key={one.id}>
          <bdi className="member-name">{one.rep.name}</bdi> {wordsOf(one)}
          {one.reason && <q className="adjustment-reason">{one.reason}</q>}
          <small className="muted">
            <bdi>{nameOf(one.by)}</bdi> <Ago iso={one.at} now={now} />
          </small>
        </li>
      ))}
    </ul>
  );
}

const SKIPS = {
  keep: 'next turn passed, and kept',
  lose: 'next turn passed, and lost',
  none: 'next turn no longer passed',
} as const;

const wordsOf = ({ kind, leads, skip }: AdjustmentView): string => {
  switch (kind) {
    case 'credit':
      return `credited ${amountOf(leads)}`;
    case 'debit':
      return `debited ${amountOf(-leads)}`;
    case 'junk':
      return 'has a turn back: the lead was junk';
    case 'skip':
      return SKIPS[skip ?? 'none'];
    default:
      return kind satisfies never;
  }
};

const amountOf = (leads: number): string => `${Number(leads.toFixed(6))} ${leads === 1 ? 'lead' : 'leads'}`;
