import type { Automation } from './automation.ts';
import type { Edition } from './limits.ts';

/** A person of the sample org. The first active one installs apps unless another is named. */
export interface SeedZohoUser {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly timezone?: string;
  readonly role?: string;
  /** `disabled`: has left; `unconfirmed`: invited, and has not come yet. */
  readonly status?: 'active' | 'disabled' | 'unconfirmed';
  /** The manager's e-mail. */
  readonly manager?: string;
  /** Times away, as date-times with an offset. */
  readonly away?: readonly { readonly from: string; readonly to: string }[];
}

/** A shift: the same hours on some days, `HH:mm` in its zone. */
export interface SeedShift {
  readonly name: string;
  readonly timezone: string;
  /** `Monday` … */
  readonly days: readonly string[];
  readonly from: string;
  readonly to: string;
  /** E-mails of who works in it. */
  readonly users: readonly string[];
  /** `HH:mm`, on every day of the shift. */
  readonly breaks?: readonly { readonly from: string; readonly to: string }[];
}

/** What a Zoho CRM org holds at first. */
export interface SeedZohoOrg {
  /** Names the org in control calls. */
  readonly domain: string;
  readonly name: string;
  readonly timezone: string;
  /** The data centre: com, eu, in, com.au, com.cn, jp, sa or ca. Unset: com. */
  readonly dc?: string;
  readonly edition?: Edition;
  readonly users: readonly SeedZohoUser[];
  readonly shifts?: readonly SeedShift[];
  readonly territories?: readonly { readonly name: string; readonly users?: readonly string[] }[];
  /** User groups: e-mails of who is in each. */
  readonly groups?: readonly { readonly name: string; readonly users: readonly string[] }[];
  /** Fairlead's own fields on leads, contacts, accounts and deals. Unset: they are there. */
  readonly fairleadFields?: boolean;
  readonly automation?: Partial<Automation>;
}
