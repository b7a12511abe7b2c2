import type { Value } from './types.ts';

/** One of Sales' own assignment rules: the first that matches a lead gives it to its owner. */
export interface AssignmentRule {
  readonly name: string;
  readonly when?: Readonly<Record<string, Value>>;
  /** A user's id. */
  readonly ownerId: string;
}

/** What of the customer's own automation is on. */
export interface Automation {
  /** Rules run some time after a lead was created: they are no part of the save. */
  readonly assignmentRules: readonly AssignmentRule[];
  readonly assignmentDelayMs: number;
  /** A plug-in in the save itself that keeps leads with one owner, whatever was written. */
  readonly keepsOwner: string | null;
  /** A published duplicate rule on the e-mail address of leads. */
  readonly duplicateRule: boolean;
}

export const NO_AUTOMATION: Automation = {
  assignmentRules: [],
  assignmentDelayMs: 50,
  keepsOwner: null,
  duplicateRule: false,
};
