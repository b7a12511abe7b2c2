import { TriangleAlert } from 'lucide-react';
import type { Overview } from '../../../server/assignments/queries.ts';
import { useNow } from '../lib/use-now.ts';
import { Ago } from './ago.tsx';

/** What needs a person, each with what to do. */
export function Alerts({ alerts }: { alerts: Overview['alerts'] }) {
  const now = useNow(30_000);
  if (alerts.length === 0) return null;
  return (
    <section className="alerts" aria-label="Needs attention">
      {alerts.slice(0, 3).map(({ id, text, since }) => (
        <p key={id} className="alert" role="status">
          <TriangleAlert size={18} aria-hidden="true" />
          <span>{text}</span>
          <Ago iso={since} now={now} />
        </p>
      ))}
      {alerts.length > 3 && <p className="muted">and {alerts.length - 3} more</p>}
    </section>
  );
}
