import { plainName } from '../../conditions/scope.ts';
import type { Rule } from '../../policy/schema.ts';
import type { Finding } from '../finding.ts';
import { leavesOf } from '../space/make-space.ts';
import type { Subject } from '../subject.ts';
import { NO_WITNESS } from '../witness.ts';
import { named } from '../words.ts';

/** A rule about which nothing could be proven, and why. */
export const undetermined = (
  { space, compiled }: Subject,
  rule: Rule,
  because: 'budget' | 'opaque',
): Finding => {
  const { rules } = compiled.policy;
  const upTo = rules.slice(0, rules.indexOf(rule) + 1).reverse();
  const about = upTo.find(({ when }) => leavesOf(when).some(space.isOpaque)) ?? rule;
  const reason =
    because === 'budget'
      ? 'its conditions have too many combinations with those before it'
      : `${about === rule ? 'it' : named(about)} ${whatItTests(space.isOpaque, about)}, which is not taken apart`;
  return {
    severity: 'info',
    code: 'undetermined',
    rules: about === rule ? [rule.id] : [rule.id, about.id],
    message: `Whether ${named(rule)} ever takes a lead is not determined: ${reason}.`,
    ...NO_WITNESS,
  };
};

const whatItTests = (isOpaque: Subject['space']['isOpaque'], { when }: Rule): string => {
  const test = leavesOf(when).find(isOpaque);
  if (test === undefined) return 'hangs on values that could not be made up';
  if (test.kind === 'fields') return `compares ${test.field} with ${test.other}`;
  if (test.kind === 'recent') return `tests ${test.field} both by its age and by the calendar`;
  if (!('field' in test)) return `tests ${test.kind}`;
  return test.field.startsWith('#') ? `tests the lead’s ${plainName(test.field)}` : `tests ${test.field}`;
};
