import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { Overview } from '../../../server/assignments/queries.ts';
import { useNow } from '../lib/use-now.ts';
import { Ago } from './ago.tsx';

type AlertEntry = Overview['alerts'][number];

/** Of one kind, this many are seen each by itself; of more the newest, until somebody asks for all. */
const FEW = 2;

/** What needs a person, each with what to do; many of one kind in one line, so that they hide nothing else. */
export function Alerts({ alerts }: { alerts: Overview['alerts'] }) {
  const now = useNow(30_000);
  if (alerts.length === 0) return null;
  return (
    <section className="alerts" aria-label="Needs attention">
      {[...Map.groupBy(alerts, ({ kind }) => kind)].map(([kind, ofKind]) => (
        <OfKind key={kind} alerts={ofKind} now={now} />
      ))}
    </section>
  );
}

/** The alerts of one kind, the newest first. */
function OfKind({ alerts, now }: { alerts: readonly AlertEntry[]; now: number }) {
  const [all, setAll] = useState(false);
  const many = alerts.length > FEW;
  return (
    <>
      {alerts.slice(0, many && !all ? 1 : undefined).map(({ id, text, since }, index) => (
        <div key={id} className="alert">
          <TriangleAlert size={18} aria-hidden="true" />
          <span role="status">{text}</span>
          {many && index === 0 && (
            <button type="button" className="hint" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? 'Show one' : `Show all ${alerts.length}`}
            </button>
          )}
          <Ago iso={since} now={now} />
        </div>
      ))}
    </>
  );
}
