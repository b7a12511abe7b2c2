import type { Step } from '../policy/schema.ts';
import { capacityFreesAt } from './capacity.ts';
import { absenceOf, blockOf, NAMED_REP } from './eligibility.ts';
import { noteReadRep } from './read-state.ts';
import { noteChance, type StepResult, type Walk } from './walk.ts';

type RepStep = Extract<Step, { kind: 'rep' }>;

/** Tries to give the lead to the rep the step names: at work, with room, and not one who declined it. */
export const tryRep = (walk: Walk, key: string, { rep, convert }: RepStep): StepResult => {
  const state = walk.state.rep(rep);
  noteReadRep(walk, rep, state);
  const absence = state === undefined ? null : absenceOf(state, NAMED_REP, walk.now);
  const blocked = blockOf(rep, state, { absence }, NAMED_REP, walk.lead);
  if (blocked === null) {
    const chosen = { code: 'chosen', lag: 0, open: state!.load.open, rep, share: 0 } as const;
    const outcome = { ...(convert && { convert }), kind: 'assigned', rep, via: 'rep' } as const;
    const taken = { outcome, pool: null, posting: null };
    return { trace: { candidates: [chosen], key, kind: 'rep', took: true }, taken };
  }
  if ('backAt' in blocked) noteChance(walk, blocked.backAt);
  if (blocked.code === 'at_capacity') noteChance(walk, capacityFreesAt(state!));
  return {
    trace: { because: 'rep_unavailable', candidates: [blocked], key, kind: 'rep', took: false },
    taken: null,
  };
};
