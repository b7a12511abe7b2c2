import { evaluate } from '../conditions/evaluate.ts';
import { ENGINE } from '../decision.ts';
import { deriver } from '../derive/derive-values.ts';
import { accountOwners } from '../match/account-index.ts';
import { compileRules } from '../match-rules/compile-rules.ts';
import { earlierBy } from '../policy/duplicates.ts';
import type { Policy, Sla } from '../policy/schema.ts';
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
    engine: ENGINE,
    pool: (id) => pools.get(id),
    slasOf: slasByRule(policy),
    derive: deriver(policy),
    accountOwner: accountOwners(policy.accounts ?? []),
    earlierBy: earlierBy(policy),
    inIntake: (values, now) => when === null || evaluate(when, values, { now, timezone }) === true,
    matchRule: (values, now) => policy.rules[match(values, now)] ?? null,
  };
};

const NO_SLAS: readonly Sla[] = Object.freeze([]);

const slasByRule = ({ slas, rules }: Policy): CompiledPolicy['slasOf'] => {
  if (slas === undefined) return () => NO_SLAS;
  const byId = new Map(slas.map((sla) => [sla.id, sla]));
  const byRule = new Map<string, readonly Sla[]>();
  for (const { id, slas: named } of rules)
    if (named !== undefined)
      byRule.set(
        id,
        named.flatMap((one) => byId.get(one) ?? []),
      );
  return (rule) => (rule === null ? undefined : byRule.get(rule)) ?? NO_SLAS;
};
