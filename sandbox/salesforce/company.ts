import type { Automation } from './automation.ts';

/** A person of the sample org. The first active one installs apps unless another is named. */
export interface SeedUser {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly timezone?: string;
  readonly locale?: string;
  readonly title?: string;
  readonly department?: string;
  readonly active?: boolean;
  /** The name of their role. */
  readonly role?: string;
  /** The manager's e-mail. */
  readonly manager?: string;
}

/** A queue, or (without `owns`) a public group that can be a member of one. */
export interface SeedQueue {
  readonly developerName: string;
  readonly name: string;
  readonly email?: string;
  /** The kinds of records it may own. */
  readonly owns?: readonly string[];
  /** E-mails of users and developer names of groups seeded before. */
  readonly members?: readonly string[];
}

/** What a Salesforce org holds at first. */
export interface SeedOrg {
  /** My Domain: the org's name in its addresses. */
  readonly domain: string;
  readonly name: string;
  readonly timezone: string;
  readonly users: readonly SeedUser[];
  readonly queues?: readonly SeedQueue[];
  /** Fairlead's package: its object and its fields on leads. Unset: installed. */
  readonly packageInstalled?: boolean;
  /** What of the customer's automation is on as the org is made. */
  readonly automation?: Partial<Automation>;
  /** What the org's named credential sends to Fairlead. */
  readonly fairleadCredential?: string;
}
