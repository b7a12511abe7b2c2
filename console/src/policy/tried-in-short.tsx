import type { DraftView } from '../../../server/assignments/publishing/publishing.ts';
import { useNameOf } from '../api/use-people.ts';
import { At } from '../components/ago.tsx';
import { leadsText, whole } from '../lib/figures.ts';

/** What trying a draft on the past said, in short, for whoever approves it; or that it has to be tried. */
export function TriedInShort({ draft: { simulation, needs } }: { draft: DraftView }) {
  const nameOf = useNameOf();
  if (simulation === null)
    return needs.includes('simulation') ? (
      <p className="muted">
        Here a draft is tried on the past before it goes live: press “Try it on the past” below.
      </p>
    ) : null;
  const { by, at, days, leads, moved, waited, unowned, worstLag } = simulation;
  return (
    <div className="tried">
      <p>
        <strong>Tried on the past</strong> by {nameOf(by)}, <At iso={at} />: {whole(leads)} leads of {days}{' '}
        days.
      </p>
      <p>
        {moved !== null && `${whole(moved)} go elsewhere than today. `}
        {whole(waited)} had to wait, {whole(unowned)} end without a rep, and nobody was further than{' '}
        {leadsText(worstLag)} of a lead from their share.
      </p>
    </div>
  );
}
