import type { PastSimulation } from '../../../server/assignments/publishing/publishing.ts';

type Moved = NonNullable<PastSimulation['movedLeads']>[number];
type Names = PastSimulation['names'];

/** Where a lead ended, in a few words: who has it and through which pool, or what it is without anybody. */
export const placeText = ({ end, rep, pool, queue }: Moved['before'], names: Names): string => {
  switch (end) {
    case 'given':
      return `${names.reps[rep ?? ''] ?? rep}${pool === null ? '' : ` (${names.pools[pool] ?? pool})`}`;
    case 'in_queue':
      return `queue ${names.queues[queue ?? ''] ?? queue}`;
    case 'waiting':
      return 'waits for somebody';
    case 'not_routed':
      return 'is not routed';
    case 'log_only':
      return 'is decided for the log only';
    default:
      return end satisfies never;
  }
};

/** Why a lead goes elsewhere. */
export const becauseText = ({ because, before, after }: Moved, names: Names): string => {
  const ruleOf = (rule: string | null) => (rule === null ? 'no rule' : `“${names.rules[rule] ?? rule}”`);
  switch (because) {
    case 'rule':
      return `${ruleOf(after.rule)} matches instead of ${ruleOf(before.rule)}`;
    case 'step':
      return `${ruleOf(after.rule)} leads elsewhere`;
    case 'turn':
      return 'the same pool, but the turn is another’s: members, weights or the leads before differ';
    default:
      return because satisfies never;
  }
};
