import type { Comparison } from '../routing/simulate/compare.ts';
import type { ComparedFiles } from './simulate.ts';

/** A comparison as JSON: the numbers as they are (docs/simulate.md), and which policies they are of. */
export const viewComparison = (comparison: Comparison, { policy, against }: ComparedFiles): object => ({
  policies: {
    policy: identityOf(policy),
    against: against === null ? null : identityOf(against),
  },
  ...comparison,
});

const identityOf = ({ compiled: { hash, policy } }: ComparedFiles['policy']) => ({ name: policy.name, hash });
