import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { Overview } from '../../../server/assignments/queries.ts';
import { useNow } from '../lib/use-now.ts';
import { Ago } from './ago.tsx';

/** How many are seen before anybody asks for the rest. */
const SHOWN = 3;

/** What needs a person, each with what to do. */
export function Alerts({ alerts }: { alerts: Overview['alerts'] }) {
  const now = useNow(30_000);
  const [all, setAll] = useState(false);
  if (alerts.length === 0) return null;
  return (
    <section className="alerts" aria-label="Needs attention">
      {alerts.slice(0, all ? undefined : SHOWN).map(({ id, text, since }) => (
        <p key={id} className="alert" role="status">
          <TriangleAlert size={18} aria-hidden="true" />
          <span>{text}</span>
          <Ago iso={since} now={now} />
        </p>
      ))}
      {alerts.length > SHOWN && (
        <button type="button" className="hint" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? `Show ${SHOWN} only` : `Show ${alerts.length - SHOWN} more`}
        </button>
      )}
    </section>
  );
}
