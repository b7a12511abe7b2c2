import type { Row, Value } from './types.ts';

/** The lead assignment rule: the first entry whose values the lead has decides the owner. */
export interface AssignmentRule {
  readonly name: string;
  readonly entries: readonly { readonly when?: Readonly<Record<string, Value>>; readonly ownerId: string }[];
}

/** What the customer's own automation does to leads. All of it is off until a test or an admin switches it on. */
export interface Automation {
  /** Runs on insert and on update through the API, unless Sforce-Auto-Assign is FALSE. */
  readonly assignmentRule: AssignmentRule | null;
  /** Refuses a second lead with the same e-mail: `true` unless the caller allows the save, `block` all the same. */
  readonly duplicateRule: boolean | 'block';
  /** Refuses owner changes: all of them, or those to these owners. */
  readonly validationRule: { readonly message: string; readonly ownerIds?: readonly string[] } | null;
  /** Writes LeadHistory for the owner and the status. */
  readonly trackHistory: boolean;
  /** Open tasks of the old owner follow the lead. */
  readonly moveOpenTasks: boolean;
  /** The package's trigger: new leads are decided by a Queueable soon after their transaction. */
  readonly trigger: boolean;
}

export const NO_AUTOMATION: Automation = {
  assignmentRule: null,
  duplicateRule: false,
  validationRule: null,
  trackHistory: true,
  moveOpenTasks: true,
  trigger: false,
};

/** Whom the rule gives the lead to; null when no entry matches. */
export const ruleOwner = (rule: AssignmentRule, lead: Row): string | null =>
  rule.entries.find(({ when = {} }) =>
    Object.entries(when).every(([field, value]) => (lead[field] ?? null) === value),
  )?.ownerId ?? null;
