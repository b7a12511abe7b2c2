import type { SeedEnvironment, SeedUser } from '../dynamics/company.ts';
import type { SeedAccount } from '../hubspot/company.ts';
import { colleaguesOf } from './colleagues.ts';

/** The Dataverse environment of a company: everything but its people. */
export interface EnvironmentOfCompany extends Pick<SeedEnvironment, 'name' | 'teams' | 'campaigns'> {
  /** Whoever installs apps there, and owns what the website makes: an e-mail. */
  readonly admin: string;
}

/** Dataverse's numbers of the time zones the sample company works in. */
const ZONES: Readonly<Record<string, number>> = {
  'America/New_York': 35,
  'Europe/London': 85,
  'Europe/Berlin': 110,
  'Asia/Kolkata': 190,
  'Australia/Sydney': 255,
};

/** The sample company's people in Dynamics 365, with the e-mails they have in HubSpot. Queues are teams there. */
export const environmentOfCompany = (
  account: SeedAccount,
  { admin, ...environment }: EnvironmentOfCompany,
): SeedEnvironment => ({
  ...environment,
  friendlyName: account.name,
  users: colleaguesOf(account, admin)
    .filter((person) => !person.queue)
    .map((person): SeedUser => {
      const timezoneCode = ZONES[person.timezone ?? ''];
      return {
        email: person.email,
        firstName: person.firstName,
        lastName: person.lastName,
        active: !person.archived,
        ...(person.jobTitle === undefined ? {} : { title: person.jobTitle }),
        ...(timezoneCode === undefined ? {} : { timezoneCode }),
      };
    }),
});
