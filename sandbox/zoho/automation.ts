import type { Row, Value } from './types.ts';

/** The org's lead assignment rule: the first entry whose values the lead has decides the owner. */
export interface AssignmentRule {
  readonly name: string;
  readonly entries: readonly { readonly when?: Readonly<Record<string, Value>>; readonly ownerId: string }[];
  /** Runs on edits through the API as well. Unset: on creation only. */
  readonly onEdit?: boolean;
  /** Runs even where the caller asked for no workflow: a schedule of the org, another app. */
  readonly always?: boolean;
}

/** What the customer's own automation does. All of it is off until a test or an admin switches it on. */
export interface Automation {
  /** Fired by workflows: `trigger: []` keeps it quiet. */
  readonly assignmentRule: AssignmentRule | null;
  /**
   * How many open leads a user may have. Beyond it a write through the API is refused, or (`defaultOwnerId`) given to
   * that one instead. null: no limit.
   */
  readonly threshold: { readonly most: number; readonly defaultOwnerId?: string } | null;
  /** Refuses owner changes with this message: all of them, or those to these owners. */
  readonly validationRule: { readonly message: string; readonly ownerIds?: readonly string[] } | null;
  /** Refuses a second lead with the same e-mail. */
  readonly uniqueEmail: boolean;
}

export const NO_AUTOMATION: Automation = {
  assignmentRule: null,
  threshold: null,
  validationRule: null,
  uniqueEmail: false,
};

/** Whom the rule gives the lead to; null: no entry matches. */
export const ruleOwner = (rule: AssignmentRule, lead: Row): string | null =>
  rule.entries.find(({ when = {} }) =>
    Object.entries(when).every(([field, value]) => (lead[field] ?? null) === value),
  )?.ownerId ?? null;
