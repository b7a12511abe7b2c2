import type { HolidayDates } from '../../routing/availability/shifts.ts';
import { check, type Finding } from '../../routing/check/check.ts';
import { compilePolicy } from '../../routing/decide/compile-policy.ts';
import { policyHash } from '../../routing/policy/policy-hash.ts';
import type { PolicyProblem } from '../../routing/policy/problems.ts';
import type { Policy } from '../../routing/policy/schema.ts';
import type { CheckParts } from './check-policy.ts';
import type { PolicyFinding } from './ports.ts';

interface ProveParts {
  readonly holidays: HolidayDates;
  readonly now: () => number;
}

/** A draft has no version yet. */
const DRAFT = 0;

/** What the check finds, as publishing tells it: a policy can be read and work and still be proven wrong, so none is an error here. */
export const provePolicy =
  ({ holidays, now }: ProveParts): CheckParts['prove'] =>
  (policy, reps) => {
    const compiled = compilePolicy({ version: DRAFT, hash: policyHash(policy), policy });
    const zones = process.versions.tz ?? 'unknown';
    return check({ compiled, reps, holidays, now: now(), zones }).map((finding) =>
      toFinding(finding, policy),
    );
  };

const toFinding = ({ severity, code, message, ...about }: Finding, policy: Policy): PolicyFinding => {
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
