import type { CompiledPolicy } from '../decide/compiled-policy.ts';
import { poolMembers } from '../decide/members.ts';
import type { Decided } from '../decision.ts';
import type { Rule, Step } from '../policy/schema.ts';
import type { Circumstances, Fact } from './facts.ts';
import { type Patch, repairs } from './repairs.ts';

/** Rules that are tried, and changes of the lead, at most. */
const MOST_RULES = 32;
const MOST = 64;

/**
 * Changes of the lead's values that may bring it to the rep: to a rule or the fallback that leads to a pool of theirs,
 * and to the skills they have. Those of fewest fields first, then as the policy lists its rules.
 */
export const leadChanges = (
  circumstances: Circumstances,
  compiled: CompiledPolicy,
  decided: Decided,
  rep: string,
): readonly (readonly Fact[])[] => {
  const { policy } = compiled;
  const leads = reaching(circumstances, compiled, rep);
  const matched = policy.rules.findIndex(({ id }) => id === decided.rule);
  const wish = {
    values: compiled.derive(circumstances.lead.values, circumstances.now).values,
    moment: { now: circumstances.now, timezone: policy.timezone },
  };
  const leave = matched < 0 ? [{}] : repairs(policy.rules[matched]!.when, false, wish);
  const patches: Patch[] = skillPatches(circumstances, compiled, decided, rep);
  for (const rule of policy.rules.filter(({ steps }) => steps.some(leads)).slice(0, MOST_RULES)) {
    const enter = repairs(rule.when, true, wish);
    patches.push(...(isAfter(policy.rules, rule, matched) ? crossed(leave, enter) : enter));
  }
  if (matched >= 0 && policy.fallback.some(leads)) patches.push(...leave);
  // What is worked out of a lead, its account and territory say, is no value that it could have.
  const ofFields = (patch: Patch) => Object.keys(patch).every((field) => field in policy.fields);
  return distinct(patches.filter(ofFields));
};

const isAfter = (rules: readonly Rule[], rule: Rule, matched: number): boolean =>
  matched >= 0 && rules.indexOf(rule) > matched;

const crossed = (leave: readonly Patch[], enter: readonly Patch[]): readonly Patch[] =>
  enter.flatMap((patch) => [patch, ...leave.map((other) => ({ ...other, ...patch }))]);

/** Whether a step can give the lead to the rep. */
const reaching = (
  { state, now }: Circumstances,
  compiled: CompiledPolicy,
  rep: string,
): ((step: Step) => boolean) => {
  const pools = new Map<string, boolean>();
  const inPool = (id: string): boolean => {
    const known = pools.get(id);
    if (known !== undefined) return known;
    const pool = compiled.pool(id);
    const found =
      pool !== undefined &&
      poolMembers(pool, state.team, { now, timezone: compiled.policy.timezone }).list.some(
        (member) => member.rep === rep,
      );
    pools.set(id, found);
    return found;
  };
  return (step) => (step.kind === 'pool' ? inPool(step.pool) : step.kind === 'rep' && step.rep === rep);
};

/** What the rep can do, asked for by the lead. */
const skillPatches = (
  { state }: Circumstances,
  compiled: CompiledPolicy,
  { steps }: Decided,
  rep: string,
): Patch[] =>
  steps.flatMap(({ pool, candidates }) => {
    const lacking = candidates.find((one) => one.rep === rep && one.code === 'missing_skill');
    if (lacking === undefined || pool === undefined) return [];
    return (compiled.pool(pool)?.requires ?? []).flatMap(({ skill, field }) => {
      const has = state.rep(rep)?.skills[skill];
      return [has ?? []].flat().map((value) => ({ [field]: value }));
    });
  });

const distinct = (patches: readonly Patch[]): readonly (readonly Fact[])[] => {
  const seen = new Map<string, readonly Fact[]>();
  for (const patch of patches) {
    const facts = Object.entries(patch).map(([field, value]): Fact => ({ kind: 'value', field, value }));
    const key = JSON.stringify(Object.entries(patch).sort());
    if (facts.length > 0 && !seen.has(key)) seen.set(key, facts);
  }
  return [...seen.values()].sort((a, b) => a.length - b.length).slice(0, MOST);
};
