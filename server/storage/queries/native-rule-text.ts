import type { NativeOutcome } from '../../assignments/types.ts';

/** What a CRM's own assignment rule did, as text. */
interface Told {
  readonly crm: string | null;
  readonly rule: string | null;
  readonly code: string | null;
  /** Whom it gave the lead to, by name; null: nobody known. */
  readonly owner: string | null;
}

/** Why it gave the lead to nobody. */
const BECAUSE: Readonly<Record<Exclude<NativeOutcome, 'owner_assigned'>, string>> = {
  in_progress: 'it has not ended yet',
  server_issue: 'the server failed',
  no_condition_met: 'the record met none of its conditions',
  no_seller_meets_conditions: 'no seller met its conditions',
  no_availability: 'no seller was available',
  no_capacity: 'no seller had capacity left',
  no_rule: 'the record’s segment has no rule',
  assigned_by_hand: 'the record had been assigned by hand',
  missing_privileges: 'the seller’s role lacks privileges',
  too_old: 'the record was older than it takes',
  several_teams: 'more than one team was eligible',
  no_team: 'no team was eligible',
  several_queues: 'more than one queue was eligible',
  no_queue: 'no queue was eligible',
};

/** `Dynamics 365’s own assignment rule “EMEA” gave it to Zoe.` */
export const nativeRuleText = ({ crm, rule, code, owner }: Told): string => {
  const whose = crm === null ? 'The CRM’s' : `${crm}’s`;
  const which = rule === null ? `${whose} own assignment rules` : `${whose} own assignment rule “${rule}”`;
  if (code === 'owner_assigned') return `${which} gave it to ${owner ?? 'somebody'}.`;
  const because = BECAUSE[code as keyof typeof BECAUSE];
  return `${which} gave it to nobody${because === undefined ? '' : `: ${because}`}.`;
};
