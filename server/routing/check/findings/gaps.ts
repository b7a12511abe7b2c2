import type { Condition } from '../../conditions/condition.ts';
import type { Finding } from '../finding.ts';
import { NO_RULE, reach } from '../reach.ts';
import { leavesOf } from '../space/make-space.ts';
import type { Subject } from '../subject.ts';
import { witnessOf } from '../witness.ts';

/** Every field that rules test has a value. */
export const fullLead = ({ rules, fields }: Subject['compiled']['policy']): Condition => {
  const names = new Set(
    rules
      .flatMap(({ when }) => leavesOf(when))
      .flatMap((test) => ('field' in test && Object.hasOwn(fields, test.field) ? [test.field] : [])),
  );
  return {
    kind: 'all',
    of: [...names].map((field) => ({ kind: 'presence', field, type: fields[field]!.type, present: true })),
  };
};

/** Leads that no rule takes: first one that has all its values, else one that lacks some. `full`: see `fullLead`. */
export const findGaps = (subject: Subject, full: Condition): readonly Finding[] => {
  const { policy } = subject.compiled;
  if (policy.rules.length === 0) return [];
  const known = reach(subject, NO_RULE, [full]);
  const found = known.kind === 'lead' ? known : reach(subject, NO_RULE);
  if (found.kind !== 'lead') return [];
  const what = found === known ? 'Some leads match' : 'Only leads that lack a value match';
  const falls = policy.fallback.length > 0;
  return [
    {
      severity: falls ? 'info' : 'warning',
      code: 'gap',
      rules: [],
      message: falls
        ? `${what} no rule; the fallback takes them.`
        : `${what} no rule, and there is no fallback: they wait. Add a fallback.`,
      ...witnessOf(policy.fields, found.situation),
    },
  ];
};
