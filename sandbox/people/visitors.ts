import type { Scheduler } from '../scheduler.ts';
import { createLeadGenerator, type GeneratedLead, type LeadWords } from './lead-generator.ts';
import { createPace } from './pace.ts';

interface VisitorDeps {
  readonly scheduler: Scheduler;
  /** null: visitors have nothing but a number for a name. */
  readonly words: LeadWords | null;
  readonly random: () => number;
  /** Makes a lead of a visitor; its id. */
  readonly put: (lead: GeneratedLead) => string;
}

/** Visitors who become leads in a CRM. */
export const createVisitors = ({ scheduler, words, random, put }: VisitorDeps) => {
  const next = words && createLeadGenerator(words, random);
  let count = 0;

  /** One lead now; its id. */
  const arrive = (): string => {
    count++;
    return put(next?.() ?? { contact: { lastname: `Visitor ${count}` }, company: null });
  };

  const pace = createPace({ scheduler, random, arrive: () => void arrive() });
  return { setPace: pace.set, arrive, pace: pace.perMinute };
};
