import type { Rule } from '../../policy/schema.ts';
import type { Finding } from '../finding.ts';
import { type Reached, reach } from '../reach.ts';
import type { Situation } from '../situation.ts';
import { solve } from '../space/solve.ts';
import type { Subject } from '../subject.ts';
import { witnessOf } from '../witness.ts';
import { andMore, named } from '../words.ts';

/** An earlier rule that takes some of a rule's leads. */
interface Taker {
  readonly rule: Rule;
  readonly situation: Situation;
  /** Everything the earlier rule matches, the later one matches too: an exception before the rule. */
  readonly exception: boolean;
}

/** Earlier rules told one by one, at most; the others are named in one more finding. */
const TOLD = 3;

/** Rules that match one lead with an earlier one, which wins. `reached`: what each rule takes at all. */
export const findOverlaps = (subject: Subject, reached: readonly Reached[]): readonly Finding[] => {
  const { rules } = subject.compiled.policy;
  return rules.flatMap((rule, i) => {
    if (reached[i]!.kind === 'none') return [];
    const takers = rules.slice(0, i).flatMap((earlier, k) => {
      if (reached[k]!.kind === 'none') return [];
      const both = reach(subject, k, [rule.when]);
      if (both.kind !== 'lead') return [];
      return [{ rule: earlier, situation: both.situation, exception: isException(subject, earlier, rule) }];
    });
    return findingsOf(subject, rule, takers);
  });
};

const isException = (subject: Subject, earlier: Rule, later: Rule): boolean =>
  solve(subject.space.axes, [subject.isTrue(earlier.when), subject.isNotTrue(later.when)], subject.budget)
    .kind === 'none';

const findingsOf = (subject: Subject, rule: Rule, takers: readonly Taker[]): readonly Finding[] => {
  const rest = takers.slice(TOLD);
  const told = takers.slice(0, TOLD).map((taker) => overlap(subject, rule, [taker]));
  return rest.length === 0 ? told : [...told, overlap(subject, rule, rest)];
};

const overlap = (subject: Subject, rule: Rule, takers: readonly Taker[]): Finding => ({
  severity: 'info',
  code: 'overlap',
  rules: [rule.id, ...takers.map((taker) => taker.rule.id)],
  message: sentence(rule, takers),
  ...witnessOf(subject.compiled.policy.fields, takers[0]!.situation),
});

const sentence = (rule: Rule, takers: readonly Taker[]): string => {
  const [first, ...more] = takers;
  if (more.length > 0) {
    const names = takers.map((taker) => named(taker.rule));
    return `${andMore(names)} match leads that ${named(rule)} matches too; the earlier win.`;
  }
  const earlier = named(first!.rule);
  if (first!.exception)
    return `${earlier} is an exception to ${named(rule)}: it stands first and takes all it matches.`;
  return `Some leads match ${earlier} and ${named(rule)}; ${earlier} stands first and wins.`;
};
