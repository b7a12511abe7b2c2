import type { CandidateView, ExplanationView } from '../../../server/assignments/views.ts';
import { LagBar } from './lag-bar.tsx';

const LABELS: Readonly<Record<string, string>> = {
  chosen: 'Chosen',
  outranked: 'Another was next',
  off_duty: 'Off duty',
  off_hours: 'Off hours',
  time_off: 'Time off',
  holiday: 'Holiday',
  at_capacity: 'At capacity',
  missing_skill: 'Missing skill',
  declined_before: 'Declined',
  had_before: 'Had it before',
  inactive: 'Inactive',
  not_in_territory: 'Other territory',
  paused: 'Paused',
  unreachable: 'Unreachable',
};

/** Everyone who could have had the lead: the one who got it, and why not each other one. */
export function Candidates({ story }: { story: ExplanationView }) {
  if (story.candidates.length === 0) return null;
  const scale = Math.max(1, ...story.candidates.map(({ lag }) => Math.abs(lag ?? 0)));
  const pools = new Set(story.candidates.map(({ pool }) => pool));
  return (
    <section aria-label="Candidates">
      <h4 className="label">Who could have had it</h4>
      <ul className="candidates">
        {[...story.candidates].sort(chosenFirst).map((candidate) => (
          <li key={`${candidate.pool}/${candidate.rep}`} className="candidate" data-code={candidate.code}>
            <bdi className="candidate-name">{candidate.name}</bdi>
            <span className="tag" data-tone={candidate.code === 'chosen' ? 'given' : 'quiet'}>
              {LABELS[candidate.code] ?? candidate.code}
            </span>
            <span className="candidate-why">
              {candidate.detail}
              {pools.size > 1 && <small className="muted"> ({candidate.pool})</small>}
            </span>
            {candidate.lag === undefined ? <span /> : <LagBar lag={candidate.lag} scale={scale} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

const chosenFirst = (a: CandidateView, b: CandidateView): number =>
  Number(b.code === 'chosen') - Number(a.code === 'chosen');
