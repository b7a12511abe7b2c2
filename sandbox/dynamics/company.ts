import type { Automation } from './automation.ts';

/** A person of the sample environment. The first one installs apps. */
export interface SeedUser {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly title?: string;
  readonly active?: boolean;
  /** The name of a business unit below the first; unset: they are in the first. */
  readonly businessUnit?: string;
  /** Dataverse's number of a time zone; unset: 35, Eastern time. */
  readonly timezoneCode?: number;
  /** Their work hours. Unset: their calendar says nothing. */
  readonly calendar?: SeedCalendar;
}

/** The same hours on some days, `HH:mm` in an IANA zone, and times away as date-times with an offset. */
export interface SeedCalendar {
  readonly timezone: string;
  /** Monday is 1. */
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
  readonly timeOff?: readonly { readonly from: string; readonly to: string }[];
}

export interface SeedTeam {
  readonly name: string;
  /** E-mails of users seeded before. */
  readonly members?: readonly string[];
  /** Whether it may own leads: an owner team with a role. Unset: it may. */
  readonly owns?: boolean;
}

/** What a Dataverse environment holds at first. */
export interface SeedEnvironment {
  /** Its part of the address: lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly friendlyName: string;
  readonly users: readonly SeedUser[];
  readonly teams?: readonly SeedTeam[];
  readonly campaigns?: readonly string[];
  /** Fairlead's columns on leads. Unset: there. */
  readonly solution?: boolean;
  /** Sales' own assignment rules. Unset: there. */
  readonly assignmentRules?: boolean;
  readonly automation?: Partial<Automation>;
}
