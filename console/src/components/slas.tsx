import type { SlaView } from '../../../server/assignments/views.ts';
import { exact } from '../lib/time.ts';

/** The SLAs of the lead, the latest first: what runs, and how the others went. */
export const Slas = ({ slas }: { slas: readonly SlaView[] }) =>
  slas.length === 0 ? null : (
    <section aria-label="SLAs">
      <h4 className="label">SLAs</h4>
      <ul className="slas">
        {slas.map((sla) => (
          <li key={`${sla.id}/${sla.startedAt}`} data-tone={toneOf(sla)}>
            <span>{sla.text}</span>
            <span className="muted" title={sla.dueAt === null ? undefined : exact(sla.dueAt)}>
              {sla.reps.map(({ name }) => name).join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );

const toneOf = ({ state }: SlaView): string => {
  switch (state) {
    case 'met':
      return 'given';
    case 'running':
      return 'offered';
    case 'overdue':
    case 'missed':
    case 'met_late':
      return 'trouble';
    case 'ended':
      return 'quiet';
    default:
      return state satisfies never;
  }
};
