import type { Scheduler } from '../scheduler.ts';
import type { GeneratedLead } from './lead-generator.ts';
import { createPace } from './pace.ts';

interface VisitorDeps {
  readonly scheduler: Scheduler;
  /** The next visitor; null: they have nothing but a number for a name. */
  readonly next: (() => GeneratedLead) | null;
  readonly random: () => number;
  /** Makes a lead of a visitor; its id. */
  readonly put: (lead: GeneratedLead) => string;
}

/** Visitors who become leads in a CRM. */
export const createVisitors = ({ scheduler, next, random, put }: VisitorDeps) => {
  let count = 0;

  /** One lead now; its id. */
  const arrive = (): string => {
    count++;
    return put(next?.() ?? { contact: { lastname: `Visitor ${count}` }, company: null });
  };

  const pace = createPace({ scheduler, random, arrive: () => void arrive() });
  return { setPace: pace.set, arrive, pace: pace.perMinute };
};
