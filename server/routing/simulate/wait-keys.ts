import type { Decided } from '../decision.ts';
import type { LeadHistory } from '../lead.ts';
import type { Policy, Step } from '../policy/schema.ts';
import type { SimulatedLead } from './simulated-lead.ts';

/**
 * What a lead waits for, as a key: two leads with the same key find somebody at the same moments, the older first. The
 * rule decides the pools, the step and when it was reached how far a lead has come in waiting, required fields whom a pool lets have it, the territory too, and owner steps whom they name.
 */
export const createWaitKeys = (policy: Policy): ((lead: SimulatedLead, decided: Decided) => string) => {
  const rules = new Map(policy.rules.map((rule) => [rule.id, rule]));
  const fields = new Map<string | null, readonly string[]>();
  const fieldsOf = (rule: string | null): readonly string[] => {
    const known = fields.get(rule);
    if (known !== undefined) return known;
    const steps = [...((rule === null ? undefined : rules.get(rule)?.steps) ?? []), ...policy.fallback];
    const found = requiredFields(policy, steps);
    fields.set(rule, found);
    return found;
  };
  return ({ values, arrivedAt }, { rule, step, steps, derived, history }) =>
    JSON.stringify([
      rule,
      step,
      sinceOf(step, history.waits, arrivedAt),
      derived?.territory,
      derived?.urgent,
      ownersOf(steps),
      ...fieldsOf(rule).map((field) => values[field] ?? null),
    ]);
};

/** How long after its arrival a lead began to wait at the step, milliseconds: a hold makes some begin later than younger ones. */
const sinceOf = (step: string | null, waits: LeadHistory['waits'], arrivedAt: number): number | null => {
  const since = step === null ? undefined : waits[step];
  return since === undefined ? null : since - arrivedAt;
};

/** Whom steps looked up for this lead: an account's owner, or who had the person before. */
const ownersOf = (steps: Decided['steps']): readonly string[] =>
  steps
    .filter(({ kind }) => kind === 'owner')
    .flatMap(({ key, candidates }) => [key, ...candidates.map(({ rep }) => rep)]);

const requiredFields = (policy: Policy, steps: readonly Step[]): readonly string[] => {
  const pools = new Set(steps.flatMap((step) => (step.kind === 'pool' ? [step.pool] : [])));
  const required = policy.pools.filter(({ id }) => pools.has(id)).flatMap(({ requires }) => requires);
  return [...new Set(required.map(({ field }) => field))].sort();
};
