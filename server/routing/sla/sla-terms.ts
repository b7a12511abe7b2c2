import { evaluate } from '../conditions/evaluate.ts';
import type { LeadValues } from '../lead.ts';
import type { Sla, SlaTerms } from '../policy/schema.ts';

/** Whether a lead is urgent to an SLA: its own condition says so. */
export const isUrgent = (
  { urgent }: Sla,
  values: LeadValues,
  at: { readonly now: number; readonly timezone: string },
): boolean => urgent !== null && evaluate(urgent.when, values, at) === true;

/** What holds for a lead. Whatever finds it urgent (the SLA's condition, a priority) has the sooner terms apply. */
export const slaTerms = ({ terms, urgent }: Sla, isUrgentLead: boolean): SlaTerms =>
  isUrgentLead && urgent !== null ? urgent : terms;
