import type { CandidateView, DecisionView } from '../assignments/views.ts';
import { cutText } from '../routing/render/cut-text.ts';

/** Others named at most: a pool may have hundreds of members. */
const MOST = 25;

/** What stands between the reason and who else was weighed, for those who read it by program. */
const HEADING = 'Who else, and why not:';

/**
 * The reason with a line for everybody else who was weighed, for fields that hold many lines and are all a panel on the
 * record has to show. `length`: the most characters.
 */
export const reasonWithOthers = ({ reason, candidates }: DecisionView, length: number): string => {
  const others = candidates.filter(({ code }) => code !== 'chosen');
  const pools = new Set(candidates.map(({ pool }) => pool));
  const lines = others.slice(0, MOST).map((other) => lineOf(other, pools.size > 1));
  const more = others.length > MOST ? [`• ${others.length - MOST} more: open the decision in Fairlead`] : [];
  const text = others.length === 0 ? reason : [reason, '', HEADING, ...lines, ...more].join('\n');
  return cutText(text, length);
};

/** `withPool`: somebody may have been looked at in several. */
const lineOf = ({ name, pool, code, detail }: CandidateView, withPool: boolean): string =>
  `• ${name}${withPool && pool !== '' ? ` (${pool})` : ''}: ${detail || code.replaceAll('_', ' ')}`;
