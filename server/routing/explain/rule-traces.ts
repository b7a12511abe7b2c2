import { evaluate } from '../conditions/evaluate.ts';
import { deriver } from '../derive/derive-values.ts';
import type { LeadValues } from '../lead.ts';
import type { Policy } from '../policy/schema.ts';
import { conditionText } from './condition-text.ts';

/** Whether a rule matched, and the values that settled it. */
export interface RuleTrace {
  readonly rule: string;
  readonly name: string;
  readonly matched: boolean;
  readonly because: string;
}

/** Rules told of, at most: of thousands nobody reads more. The one that matched is always among them. */
const MOST = 200;

/** What a held lead is held for, in the shape of a rule; empty where the policy holds none. */
export const holdTrace = (policy: Policy, read: LeadValues, now: number): readonly RuleTrace[] => {
  const { hold, timezone } = policy;
  if (hold === undefined) return [];
  const { values } = deriver(policy)(read, now);
  const because = conditionText(hold.until, values, { now, timezone });
  return [{ rule: 'hold', name: 'Held until', matched: false, because }];
};

/** Each rule up to the one that matched, and why. Worked out from what the decision read, when somebody asks. */
export const ruleTraces = (policy: Policy, read: LeadValues, now: number): readonly RuleTrace[] => {
  const { values } = deriver(policy)(read, now);
  const moment = { now, timezone: policy.timezone };
  const matched = policy.rules.findIndex((rule) => evaluate(rule.when, values, moment) === true);
  const passed = matched < 0 ? policy.rules : policy.rules.slice(0, matched);
  const told = [
    ...passed.slice(0, MOST - 1),
    ...policy.rules.slice(matched < 0 ? policy.rules.length : matched).slice(0, 1),
  ];
  return told.map((rule, index) => ({
    rule: rule.id,
    name: rule.name,
    matched: matched >= 0 && index === told.length - 1,
    because: conditionText(rule.when, values, moment),
  }));
};
