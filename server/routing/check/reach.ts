import type { Condition } from '../conditions/condition.ts';
import type { Situation } from './situation.ts';
import type { Formula } from './space/formula.ts';
import { solve } from './space/solve.ts';
import type { Subject } from './subject.ts';

/** Where the first rule to match stands; `NO_RULE`: none does, so the fallback takes the lead. */
export const NO_RULE = -1;

/**
 * Whether a lead can come to a rule. `none` is proven: the rules `by` (of which `seen` shows one that takes the lead)
 * leave nothing. `undetermined`: it hangs on a test that is not taken apart, or the budget ran out.
 */
export type Reached =
  | { readonly kind: 'lead'; readonly situation: Situation }
  | { readonly kind: 'none'; readonly by: readonly number[]; readonly seen: Situation | null }
  | { readonly kind: 'undetermined'; readonly because: 'budget' | 'opaque' };

/** Steps one question may take; a question that needs more is undetermined. */
const STEPS = 4000;

/**
 * Looks for a lead in the intake of which all conditions are true and that rule `target` (by index) takes. Rules before
 * it are ruled out one by one, as leads turn up that they take: most never matter. Every lead that is found is one the
 * real matcher agrees about.
 */
export const reach = (subject: Subject, target: number, conditions: readonly Condition[] = []): Reached => {
  const { policy, derive, matchRule, inIntake } = subject.compiled;
  const { rules, intake } = policy;
  const wanted = [...conditions, ...(target === NO_RULE ? [] : [rules[target]!.when])];
  const formulas: Formula[] = wanted.map(subject.isTrue);
  if (intake.when !== null) formulas.push(subject.isTrue(intake.when));
  const ruledOut = new Set<number>();
  const excluded: Formula[] = [];
  let seen: Situation | null = null;
  for (;;) {
    const budget = { left: Math.min(STEPS, subject.budget.left) };
    const before = budget.left;
    const solved = solve(subject.space.axes, [...formulas, ...excluded], budget);
    subject.budget.left -= before - budget.left;
    if (solved.kind === 'unknown') return { kind: 'undetermined', because: 'budget' };
    if (solved.kind === 'none') return { kind: 'none', by: [...ruledOut], seen };
    const situation = subject
      .leadsIn(solved.regions)
      .find(
        (one) =>
          inIntake(derive(one.values, one.at).values, one.at) &&
          wanted.every((condition) => subject.matches(condition, one)),
      );
    if (situation === undefined) return { kind: 'undetermined', because: 'opaque' };
    const taker = matchRule(derive(situation.values, situation.at).values, situation.at);
    const index = taker === null ? NO_RULE : rules.indexOf(taker);
    if (index === target) return { kind: 'lead', situation };
    if (ruledOut.has(index)) return { kind: 'undetermined', because: 'opaque' };
    seen ??= situation;
    ruledOut.add(index);
    excluded.push(subject.isNotTrue(rules[index]!.when));
  }
};
