import { evaluate } from '../conditions/evaluate.ts';
import type { LeadValues } from '../lead.ts';
import type { Sla, SlaTerms } from '../policy/schema.ts';

/** What an SLA goes by to find a lead urgent: its values with what is derived of them, and whether its tier is. */
export interface Urgency {
  readonly values: LeadValues;
  readonly tier: boolean;
  readonly now: number;
  readonly timezone: string;
}

/** What holds for a lead: the sooner terms, where the SLA's own condition or else the lead's tier finds it urgent. */
export const slaTerms = ({ terms, urgent }: Sla, { values, tier, ...moment }: Urgency): SlaTerms => {
  if (urgent === null) return terms;
  const isUrgent = urgent.when === null ? tier : evaluate(urgent.when, values, moment) === true;
  return isUrgent ? urgent : terms;
};
