import { Button, Group, NativeSelect, Progress, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { DraftView, PolicyOverview } from '../../../server/assignments/publishing/publishing.ts';
import { type PastState, useTryOnPast } from '../api/use-past.ts';
import { usePolicyHistory } from '../api/use-policy.ts';
import { Failure } from '../components/failure.tsx';
import { whole } from '../lib/figures.ts';

const SimulationResult = lazy(() =>
  import('./simulation-result.tsx').then(({ SimulationResult: component }) => ({ default: component })),
);

const DAYS = [7, 30, 90, 366] as const;

/** What has to be done before it can be tried; null: nothing. */
const stillToDo = (draft: DraftView, written: boolean): string | null => {
  if (!written) return 'Check and save it first: what is kept is what is tried.';
  return draft.needs.includes('correction') ? 'Correct what the check says first.' : null;
};

/** A draft tried on the leads of the last days, beside the live policy or another draft or version. */
export function TryOnPast({ draft, written }: { draft: DraftView; written: boolean }) {
  const { data: history } = usePolicyHistory();
  const [days, setDays] = useState(30);
  const [against, setAgainst] = useState('');
  const { state, start, callOff } = useTryOnPast();
  const running = state.at === 'running';
  const first = stillToDo(draft, written);
  return (
    <section className="try" aria-labelledby="try-title">
      <h3 id="try-title">Try it on the past</h3>
      <p className="muted">
        Decides the leads of the last days again by this draft. Nothing is written, nobody is told.
      </p>
      <Group align="end" gap="sm">
        <NativeSelect
          label="Leads of the last"
          data={DAYS.map((value) => ({
            value: String(value),
            label: value === 366 ? 'year' : `${value} days`,
          }))}
          value={String(days)}
          onChange={(event) => setDays(Number(event.target.value))}
        />
        <NativeSelect
          label="Compared with"
          data={others(history, draft.id)}
          value={against}
          onChange={(event) => setAgainst(event.target.value)}
        />
        {running ? (
          <Button variant="default" onClick={callOff}>
            Call it off
          </Button>
        ) : (
          <Button
            disabled={first !== null}
            onClick={() => start({ draft: draft.id, days, against: against || null })}
          >
            Try it on the past
          </Button>
        )}
      </Group>
      {first !== null && <p className="muted">{first}</p>}
      <HowFar state={state} />
      {state.at === 'failed' && <Failure error={state.error} />}
      {state.at === 'told' && (
        <Suspense fallback={<Skeleton height={320} />}>
          <SimulationResult said={state.said} against={state.tried.against} />
        </Suspense>
      )}
    </section>
  );
}

const others = (history: PolicyOverview | undefined, self: string) => [
  { value: '', label: 'the live policy' },
  ...(history?.drafts ?? [])
    .filter(({ id }) => id !== self)
    .map(({ id, note }) => ({ value: id, label: `draft: ${note ?? 'without a note'}` })),
  ...(history?.versions ?? [])
    .filter(({ version }) => version !== history?.live)
    .map(({ version }) => ({ value: String(version), label: `version ${version}` })),
];

const HowFar = ({ state }: { state: PastState }) => {
  if (state.at !== 'running') return null;
  const { done, of } = state;
  return (
    <div className="try-progress">
      <Progress
        value={of === null || of === 0 ? 2 : (100 * done) / of}
        animated
        aria-label="Leads decided again"
      />
      <p className="muted" role="status">
        {of === null ? 'Reading the past…' : `${whole(done)} of ${whole(of)} leads decided again`}
      </p>
    </div>
  );
};
