import { Button, Group, Skeleton } from '@mantine/core';
import type {
  OffboardingPlan,
  OffboardingView,
} from '../../../server/assignments/offboarding/offboarding.ts';
import type { NamedRef } from '../../../server/assignments/views.ts';
import { useOffboard, useOffboardingPlan } from '../api/use-offboarding.ts';
import { At } from './ago.tsx';
import { Dialog } from './dialog.tsx';
import { Failure } from './failure.tsx';
import { TableScroll } from './table-scroll.tsx';

const BECAUSE: Readonly<Record<OffboardingPlan['moves'][number]['because'], string>> = {
  account_kept: 'keeps the company together',
  account_known: 'works with the company',
  best: 'the best of all together',
  no_pool: 'no pool shares it',
  nobody: 'nobody of its pool can',
};

/** A rep leaves: where their leads would go, then, where that is confirmed, what became of them and the way back. */
export function Offboarding({ rep, close }: { rep: NamedRef; close: () => void }) {
  const { data: plan, error } = useOffboardingPlan(rep.id);
  const { confirm, undo } = useOffboard(rep.id);
  const done = undo.data ?? confirm.data;
  const failed = confirm.error ?? undo.error ?? error;
  return (
    <Dialog opened close={close} title={`${rep.name} leaves`} size="xl">
      <div className="offboarding">
        {!plan && !error && <Skeleton height={240} />}
        {plan && !done && <Plan plan={plan} />}
        {done && <Done done={done} />}
        <Failure error={failed} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {done ? 'Close' : 'They stay'}
          </Button>
          {plan && !done && (
            <Button color="red.9" loading={confirm.isPending} onClick={() => confirm.mutate(plan)}>
              Take {rep.name} out and move {counted(plan.moves.length, 'lead')}
            </Button>
          )}
          {done?.state === 'done' && (
            <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate(done.id)}>
              Undo
            </Button>
          )}
        </Group>
      </div>
    </Dialog>
  );
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const Plan = ({ plan }: { plan: OffboardingPlan }) => (
  <>
    <p>
      They get no new leads, and {counted(plan.moves.length, 'open lead')} of theirs would go where each fits
      best: by skills and pool, by who is owed leads and has room, and companies kept together.
      {plan.offers > 0 && ` ${counted(plan.offers, 'unanswered offer')} would go on to others.`}
    </p>
    {plan.totals.length > 0 && (
      <p>{plan.totals.map(({ rep, more, open }) => `${rep.name} +${more} (has ${open})`).join(' · ')}</p>
    )}
    {plan.moves.length > 0 && (
      <TableScroll className="offboarding-moves" label="Where each lead would go">
        <table>
          <thead>
            <tr>
              <th scope="col">Lead</th>
              <th scope="col">Pool</th>
              <th scope="col">To</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {plan.moves.map((move) => (
              <tr key={move.assignment}>
                <td>
                  <bdi>{move.lead ?? 'Somebody'}</bdi>
                  {move.company && <span className="muted"> {move.company}</span>}
                </td>
                <td>{move.pool?.name ?? '–'}</td>
                <td>{move.to?.name ?? 'as the policy decides'}</td>
                <td className="muted">{BECAUSE[move.because]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    )}
    {plan.namedIn.length > 0 && (
      <p className="muted">
        The policy names them in {plan.namedIn.join(', ')}: it goes on without them, and a next version should
        not name them.
      </p>
    )}
  </>
);

function Done({ done }: { done: OffboardingView }) {
  const count = (state: string) => done.moves.filter((move) => move.state === state).length;
  const parts =
    done.state === 'undone'
      ? [
          `${counted(count('back'), 'lead')} went back`,
          count('kept') > 0 && `${count('kept')} stayed: somebody has touched them since`,
        ]
      : [
          `${counted(count('moved'), 'lead')} moved`,
          count('decided') > 0 && `${count('decided')} decided by the policy`,
          count('skipped') > 0 && `${count('skipped')} were not theirs any more`,
        ];
  return (
    <p role="status">
      {done.state === 'undone' ? `${done.rep.name} takes leads again. ` : `${done.rep.name} has left. `}
      {parts.filter(Boolean).join(', ')}.
      {done.state === 'done' && (
        <span className="muted">
          {' '}
          It can be undone until <At iso={done.undoUntil} />.
        </span>
      )}
    </p>
  );
}
