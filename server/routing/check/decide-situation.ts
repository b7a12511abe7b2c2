import { decide } from '../decide/decide.ts';
import type { Decided } from '../decision.ts';
import { digestLead } from '../hash/decision-hash.ts';
import { NO_HISTORY } from '../lead.ts';
import type { RoutingState } from '../state.ts';
import type { Situation } from './situation.ts';
import type { CheckInput } from './subject.ts';

/** What the policy really says of a lead at a moment. */
export const decideSituation = (
  { compiled }: Pick<CheckInput, 'compiled'>,
  state: (now: number) => RoutingState,
  { values, at }: Situation,
): Decided => {
  const lead = { id: 'witness', values, digest: digestLead(values, ''), history: NO_HISTORY, owner: null };
  return decide(lead, compiled, state(at), at);
};
