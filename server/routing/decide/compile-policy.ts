import { evaluate } from '../conditions/evaluate.ts';
import { deriver } from '../derive/derive-values.ts';
import { accountOwners } from '../match/account-index.ts';
import { compileRules } from '../match-rules/compile-rules.ts';
import { earlierBy } from '../policy/duplicates.ts';
import type { Policy } from '../policy/schema.ts';
import type { CompiledPolicy } from './compiled-policy.ts';

export type { CompiledPolicy } from './compiled-policy.ts';

/** Makes a policy version ready to decide with. References to reps are resolved (`resolveReps`) before. */
export const compilePolicy = (source: {
  readonly version: number;
  readonly hash: string;
  readonly policy: Policy;
}): CompiledPolicy => {
  const { policy } = source;
  const pools = new Map(policy.pools.map((pool) => [pool.id, pool]));
  const { timezone } = policy;
  const match = compileRules(
    policy.rules.map((rule) => rule.when),
    timezone,
  );
  const { when } = policy.intake;
  return {
    ...source,
    pool: (id) => pools.get(id),
    derive: deriver(policy),
    accountOwner: accountOwners(policy.accounts ?? []),
    earlierBy: earlierBy(policy),
    inIntake: (values, now) => when === null || evaluate(when, values, { now, timezone }) === true,
    matchRule: (values, now) => policy.rules[match(values, now)] ?? null,
  };
};
