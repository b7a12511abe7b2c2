import type { Finding } from '../../routing/check/finding.ts';
import type { PolicyProblem } from '../../routing/policy/problems.ts';
import type { Policy } from '../../routing/policy/schema.ts';
import type { PolicyFinding } from './ports.ts';

/**
 * Something proven, as publishing tells it, with its place in the policy. A policy that is proven wrong can still be
 * read and work, so none is an error here: whether it keeps a policy back is the tenant's own rule.
 */
export const toPolicyFinding = (
  { severity, code, message, ...about }: Finding,
  policy: Policy,
): PolicyFinding => {
  const path = placeOf(about, policy);
  return {
    severity: severity === 'error' ? 'warning' : severity,
    code,
    field: path.map((part) => `/${part}`).join(''),
    path,
    message,
  };
};

const placeOf = (
  { rules: [rule], pool }: Pick<Finding, 'rules' | 'pool'>,
  { rules, pools }: Policy,
): PolicyProblem['path'] => {
  const inRules = rules.findIndex(({ id }) => id === rule);
  if (inRules >= 0) return ['rules', inRules];
  const inPools = pools.findIndex(({ id }) => id === pool);
  return inPools >= 0 ? ['pools', inPools] : [];
};
