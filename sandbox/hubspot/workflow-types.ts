import type { ObjectTypeName } from './object-types.ts';

/** A filter on one property at enrolment. */
export interface WorkflowFilter {
  readonly property: string;
  readonly op: 'eq' | 'neq' | 'in' | 'known' | 'unknown';
  readonly value?: string | readonly string[];
}

export type WorkflowAction =
  | {
      readonly kind: 'custom_action';
      readonly name: string;
      readonly definitionId: number;
      readonly version: number;
      /** Path of the actionUrl under Fairlead's address. */
      readonly path: string;
      /** objectRequestOptions: sent along in `object.properties`. */
      readonly properties: readonly string[];
      readonly inputFields: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'set_property';
      readonly name: string;
      readonly property: string;
      readonly value: string;
    }
  /** HubSpot's “Rotate record to owner”: the owners take their turns, whoever is away and whoever is full as well. */
  | { readonly kind: 'rotate_owner'; readonly name: string; readonly owners: readonly string[] }
  | { readonly kind: 'delay'; readonly name: string; readonly ms: number };

/** An automation of an account. Records enrol once, unless by hand. */
export interface Workflow {
  readonly id: number;
  readonly name: string;
  readonly active: boolean;
  readonly objectType: ObjectTypeName;
  /** `created`: new records; otherwise changes of this property. */
  readonly enrolOn: 'created' | { readonly property: string };
  readonly where: readonly WorkflowFilter[];
  readonly actions: readonly WorkflowAction[];
}

export type StepState =
  | 'running'
  | 'retrying'
  | 'blocked'
  | 'succeeded'
  | 'fail_continue'
  | 'failed'
  | 'expired';

/** One action of one enrolment as people see it in a record's workflow history. */
export interface WorkflowStep {
  readonly action: string;
  readonly startedAt: number;
  state: StepState;
  callbackId: string | null;
  attempts: {
    readonly at: number;
    readonly status: number | null;
    readonly error: string | null;
    readonly ms: number;
  }[];
  outputs: Readonly<Record<string, string>>;
  /** While blocked: when the workflow goes on by itself. */
  expiresAt: number | null;
  finishedAt: number | null;
}

/** One enrolment of a record. */
export interface WorkflowRun {
  readonly id: number;
  readonly portalId: number;
  readonly workflowId: number;
  readonly workflow: string;
  readonly objectType: ObjectTypeName;
  readonly recordId: string;
  readonly startedAt: number;
  readonly inputFields: Readonly<Record<string, string>>;
  readonly steps: WorkflowStep[];
  endedAt: number | null;
}
