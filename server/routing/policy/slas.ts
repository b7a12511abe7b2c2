import { z } from 'zod';
import type { Condition } from '../conditions/condition.ts';
import { type ConditionDocument, condition } from '../conditions/condition-document.ts';
import type { Path } from './problems.ts';
import { duration, id, name } from './scalars.ts';
import { oneOf, strictObject } from './strict-object.ts';

/** How soon something is to have happened with a lead that is with a rep, and what is done while it has not. */
export interface Sla {
  readonly id: string;
  readonly name: string;
  /** Whether only the rep's working time counts, or all time. */
  readonly clock: 'working' | 'elapsed';
  readonly until: SlaUntil;
  readonly terms: SlaTerms;
  /** Other terms for urgent leads: those a condition is true of, or (null) of an urgent tier. null: all have the same. */
  readonly urgent: (SlaTerms & { readonly when: Condition | null }) | null;
}

/** What meets it: the rep claims the lead, somebody works on it in its CRM, or its record satisfies a condition. */
export type SlaUntil =
  | { readonly kind: 'claimed' }
  | { readonly kind: 'first_activity' }
  | { readonly kind: 'condition'; readonly when: Condition };

/** Milliseconds from the moment the lead is with its rep. Steps in order of time; a reassignment is the last. */
export interface SlaTerms {
  readonly within: number;
  readonly steps: readonly SlaStep[];
}

export interface SlaStep {
  readonly after: number;
  readonly do: SlaAction;
}

export type SlaAction = 'notify_rep' | 'notify_manager' | 'reassign';

/** The longest an SLA runs to its last step: 30 days on its own clock. */
const LONGEST = 30 * 86_400_000;
const span = duration.refine((milliseconds) => milliseconds <= LONGEST, 'is longer than 30 days (P30D)');

const step = strictObject({
  after: span,
  notify: oneOf(['rep', 'manager']).optional(),
  do: oneOf(['reassign']).optional(),
}).transform((given, ctx): SlaStep => {
  if (given.notify !== undefined && given.do === undefined)
    return { after: given.after, do: given.notify === 'rep' ? 'notify_rep' : 'notify_manager' };
  if (given.do !== undefined && given.notify === undefined) return { after: given.after, do: given.do };
  ctx.addIssue({
    code: 'custom',
    message: 'a step says either notify: rep, notify: manager or do: reassign',
    input: given,
  });
  return z.NEVER;
});

const steps = z
  .array(step)
  .max(20, 'has more than 20 steps')
  .superRefine((list, ctx) => {
    list.forEach(({ after }, i) => {
      const before = list[i - 1];
      if (before?.do === 'reassign')
        ctx.addIssue({
          code: 'custom',
          path: [i],
          message: 'comes after a reassignment, which ends the SLA for this rep; remove it',
          input: list,
        });
      else if (before !== undefined && after < before.after)
        ctx.addIssue({
          code: 'custom',
          path: [i, 'after'],
          message: 'is earlier than the step before; list steps in order of time',
          input: list,
        });
    });
  });

const until = z.union([z.literal('claimed'), z.literal('first_activity'), condition], {
  error: 'write claimed, first_activity or a condition such as {field: stage, op: eq, value: working}',
});

/** One entry of `slas:` as written. */
export const sla = strictObject({
  id,
  name: name.optional(),
  within: span,
  clock: oneOf(['working', 'elapsed']).optional(),
  until,
  steps: steps.optional(),
  urgent: strictObject({
    when: condition.optional(),
    within: span.optional(),
    steps: steps.optional(),
  }).optional(),
});
type SlaDocument = z.output<typeof sla>;

/** `sla:` of a rule: one id or several. */
export const ruleSlas = z
  .union([z.string(), z.array(z.string()).min(1, 'is empty; name an SLA or remove sla')], {
    error: 'write the id of an SLA, or a list of ids',
  })
  .transform((given): readonly string[] => [...new Set(typeof given === 'string' ? [given] : given)]);

/** Gives a condition the types of the policy's fields. */
type Bind = (when: ConditionDocument, path: Path) => Condition;

/** An SLA ready to use: its conditions bound, its defaults filled in. `path`: where it stands in the policy. */
export const bindSla = (document: SlaDocument, path: Path, bind: Bind): Sla => {
  const terms = { within: document.within, steps: document.steps ?? [] };
  const { urgent, until: met } = document;
  return {
    id: document.id,
    name: document.name ?? document.id,
    clock: document.clock ?? 'working',
    until:
      typeof met === 'string' ? { kind: met } : { kind: 'condition', when: bind(met, [...path, 'until']) },
    terms,
    urgent:
      urgent === undefined
        ? null
        : {
            when: urgent.when === undefined ? null : bind(urgent.when, [...path, 'urgent', 'when']),
            within: urgent.within ?? terms.within,
            steps: urgent.steps ?? terms.steps,
          },
  };
};
