import type { Workflow } from './workflow-types.ts';

/** A person of the sample account: an owner, a user with working hours, or both archived. */
export interface SeedPerson {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly ownerId: string;
  readonly userId: number;
  readonly timezone?: string;
  readonly jobTitle?: string;
  readonly teams?: readonly string[];
  /** As HubSpot keeps them: `[{days, startMinute, endMinute}]`. */
  readonly workingHours?: readonly {
    readonly days: string;
    readonly startMinute: number;
    readonly endMinute: number;
  }[];
  readonly language?: string;
  readonly secondLanguage?: string;
  readonly available?: boolean;
  readonly archived?: boolean;
  /** A queue owns records but is no person. */
  readonly queue?: boolean;
}

/** What a HubSpot account holds at first. */
export interface SeedAccount {
  readonly portalId: number;
  readonly name: string;
  readonly timezone: string;
  readonly people: readonly SeedPerson[];
  readonly workflows: readonly Workflow[];
}
