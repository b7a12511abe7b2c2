import type { Policy } from '../policy/schema.ts';
import { NO_RULE } from './reach.ts';

/**
 * The rules (by index, `NO_RULE` for none) whose leads may come to a pool: those with a step to it, and where the
 * fallback has one, all.
 */
export const usesOf = ({ rules, fallback }: Policy, pool: string): readonly number[] => {
  const leadsTo = (steps: Policy['fallback']) =>
    steps.some((step) => step.kind === 'pool' && step.pool === pool);
  const own = rules.flatMap(({ steps }, i) => (leadsTo(steps) ? [i] : []));
  if (!leadsTo(fallback)) return own;
  return [...new Set([...own, NO_RULE, ...rules.keys()])];
};
