import { type Org, tableOf } from './org.ts';
import type { Row } from './types.ts';

/** A lead's field history, oldest first. */
export const leadHistory = (org: Org, leadId: string): readonly Row[] =>
  [...tableOf(org, 'LeadHistory').values()].filter((row) => row.LeadId === leadId);

/** Decisions about a lead, newest first. */
export const leadDecisions = (org: Org, leadId: string): readonly Row[] =>
  [...tableOf(org, 'Assignment_Decision__c').values()]
    .filter((row) => row.Lead__c === leadId && !row.IsDeleted)
    .reverse();
