import type { Step } from '../policy/schema.ts';
import { capacityFreesAt } from './capacity.ts';
import { absenceOf, blockOf, NAMED_REP } from './eligibility.ts';
import { noteReadRep } from './read-state.ts';
import { noteChance, type StepResult, type Walk } from './walk.ts';

type RepStep = Extract<Step, { kind: 'rep' }>;

/** Tries to give the lead to the rep the step names: at work, with room, and not one who declined it. */
export const tryRep = (walk: Walk, key: string, { rep }: RepStep): StepResult => {
  const state = walk.state.rep(rep);
  noteReadRep(walk.read, rep, state);
  const absence = state === undefined ? null : absenceOf(state, NAMED_REP);
  const blocked = blockOf(rep, state, absence, NAMED_REP, walk.lead);
  const trace = { key, kind: 'rep' } as const;
  if (blocked === null) {
    const chosen = { rep, code: 'chosen', lag: 0, share: 0, open: state!.load.open } as const;
    const outcome = { kind: 'assigned', rep, via: 'rep' } as const;
    return {
      trace: { ...trace, took: true, candidates: [chosen] },
      taken: { outcome, pool: null, posting: null },
    };
  }
  if ('backAt' in blocked) noteChance(walk, blocked.backAt);
  if (blocked.code === 'at_capacity') noteChance(walk, capacityFreesAt(state!));
  return { trace: { ...trace, took: false, because: 'rep_unavailable', candidates: [blocked] }, taken: null };
};
