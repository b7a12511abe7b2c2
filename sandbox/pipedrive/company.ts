import type { Automation } from './automation.ts';

/** A person of the sample company. The first admin installs apps unless another is named. */
export interface SeedUser {
  readonly email: string;
  readonly name: string;
  readonly timezone?: string;
  readonly active?: boolean;
  readonly admin?: boolean;
}

/** Its plan decides how many tokens a day and requests in two seconds it has. */
export type Plan = 'lite' | 'growth' | 'premium' | 'ultimate';

/** A team with the e-mails of whoever is in it; the first manages it. */
export interface SeedTeam {
  readonly name: string;
  readonly members: readonly string[];
}

/** What a Pipedrive company holds at first. */
export interface SeedCompany {
  /** The first part of its address. */
  readonly domain: string;
  readonly name: string;
  readonly users: readonly SeedUser[];
  readonly teams?: readonly SeedTeam[];
  /** Unset: premium. */
  readonly plan?: Plan;
  /** Unset: 5. */
  readonly seats?: number;
  readonly automation?: Partial<Automation>;
}
