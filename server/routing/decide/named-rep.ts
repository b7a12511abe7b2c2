import type { Candidate } from '../decision.ts';
import { capacityFreesAt } from './capacity.ts';
import { absenceOf, blockOf, NAMED_REP } from './eligibility.ts';
import { noteReadRep } from './read-state.ts';
import { noteChance, type Walk } from './walk.ts';

/** Why a rep whom a step names cannot have the lead now, or null; noted with the moment at which that may change. */
export const blockOfRep = (walk: Walk, rep: string): Candidate | null => {
  const state = walk.state.rep(rep);
  noteReadRep(walk, rep, state);
  const absence = state === undefined ? null : absenceOf(state, NAMED_REP);
  const blocked = blockOf(rep, state, absence, NAMED_REP, walk.lead);
  if (blocked !== null && 'backAt' in blocked) noteChance(walk, blocked.backAt);
  if (blocked?.code === 'at_capacity') noteChance(walk, capacityFreesAt(state!));
  return blocked;
};

/** The candidate that a named rep is once they have the lead: nobody was weighed. */
export const chosenRep = (walk: Walk, rep: string): Candidate => ({
  code: 'chosen',
  lag: 0,
  open: walk.state.rep(rep)!.load.open,
  rep,
  share: 0,
});
