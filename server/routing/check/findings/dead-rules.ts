import type { Rule } from '../../policy/schema.ts';
import type { Finding } from '../finding.ts';
import { type Reached, reach } from '../reach.ts';
import type { Situation } from '../situation.ts';
import { solve } from '../space/solve.ts';
import type { Subject } from '../subject.ts';
import { NO_WITNESS, witnessOf } from '../witness.ts';
import { andMore, named } from '../words.ts';
import { undetermined } from './undetermined.ts';

/** What came of asking each rule for a lead, in the policy's order, and what that means. */
export interface RuleLives {
  readonly reached: readonly Reached[];
  readonly findings: readonly Finding[];
}

/** Rules that never take a lead: they contradict themselves, lie outside the intake, or are covered by earlier ones. */
export const findDeadRules = (subject: Subject): RuleLives => {
  const { rules } = subject.compiled.policy;
  const reached = rules.map((_, i) => reach(subject, i));
  const findings = reached.flatMap((one, i): readonly Finding[] => {
    const rule = rules[i]!;
    switch (one.kind) {
      case 'lead':
        return [];
      case 'undetermined':
        return [undetermined(subject, rule, one.because)];
      case 'none':
        return one.seen === null
          ? [neverMatches(subject, rule)]
          : [shadowed(subject, rule, one.by, one.seen)];
      default:
        return one satisfies never;
    }
  });
  return { reached, findings };
};

const neverMatches = (subject: Subject, rule: Rule): Finding => {
  const outside = anyLead(subject, rule);
  if (outside === 'none')
    return {
      severity: 'error',
      code: 'contradiction',
      rules: [rule.id],
      message: `${named(rule)} can never match: its conditions exclude each other. Correct or remove it.`,
      ...NO_WITNESS,
    };
  return {
    severity: 'error',
    code: 'shadowed',
    rules: [rule.id],
    message: `${named(rule)} never takes a lead: intake leaves out everything it matches. Change the intake or remove the rule.`,
    ...outside,
  };
};

/** A lead of which a rule's condition is true, in the intake or not. */
const anyLead = (subject: Subject, rule: Rule): 'none' | Pick<Finding, 'witness' | 'at'> => {
  const solved = solve(subject.space.axes, [subject.isTrue(rule.when)], subject.budget);
  if (solved.kind === 'none') return 'none';
  const [situation] = solved.kind === 'found' ? subject.leadsIn(solved.regions) : [];
  const shows = situation !== undefined && subject.matches(rule.when, situation);
  return shows ? witnessOf(subject.compiled.policy.fields, situation) : NO_WITNESS;
};

/** The rules that cover another, in their order, each of them needed: one where one is enough. */
const coverOf = (subject: Subject, rule: Rule, by: readonly number[]): readonly Rule[] => {
  const { rules, intake } = subject.compiled.policy;
  const own = [rule.when, ...(intake.when === null ? [] : [intake.when])].map(subject.isTrue);
  const covered = (covers: readonly Rule[]): boolean => {
    const left = covers.map(({ when }) => subject.isNotTrue(when));
    return solve(subject.space.axes, [...own, ...left], subject.budget).kind === 'none';
  };
  const all = [...by].sort((a, b) => a - b).map((i) => rules[i]!);
  return all.reduce((needed, one) => {
    const fewer = needed.filter((other) => other !== one);
    return covered(fewer) ? fewer : needed;
  }, all);
};

/** The witness is one that a rule of the cover takes; where only others take such leads, all of them are named. */
const shadowed = (subject: Subject, rule: Rule, by: readonly number[], seen: Situation): Finding => {
  const { rules, fields } = subject.compiled.policy;
  const least = coverOf(subject, rule, by);
  const shown = least
    .map((one) => reach(subject, rules.indexOf(one), [rule.when]))
    .find((one) => one.kind === 'lead');
  const cover = shown === undefined ? by.map((i) => rules[i]!) : least;
  const take = cover.length === 1 ? 'takes' : 'take';
  return {
    severity: 'error',
    code: 'shadowed',
    rules: [rule.id, ...cover.map(({ id }) => id)],
    message: `${named(rule)} never takes a lead: ${andMore(cover.map(named))} before it ${take} all it matches. Move it up or remove it.`,
    ...witnessOf(fields, shown?.situation ?? seen),
  };
};
