import type { Step } from '../policy/schema.ts';
import { blockOfRep, chosenRep } from './named-rep.ts';
import type { StepResult, Walk } from './walk.ts';

type RepStep = Extract<Step, { kind: 'rep' }>;

/** Tries to give the lead to the rep the step names: at work, with room, and not one who declined it. */
export const tryRep = (walk: Walk, key: string, { rep, convert }: RepStep): StepResult => {
  const blocked = blockOfRep(walk, rep);
  if (blocked === null) {
    const outcome = { ...(convert && { convert }), kind: 'assigned', rep, via: 'rep' } as const;
    const taken = { outcome, pool: null, posting: null };
    return { trace: { candidates: [chosenRep(walk, rep)], key, kind: 'rep', took: true }, taken };
  }
  return {
    trace: { because: 'rep_unavailable', candidates: [blocked], key, kind: 'rep', took: false },
    taken: null,
  };
};
