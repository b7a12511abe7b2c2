import type { SeedAccount } from '../hubspot/company.ts';
import type { SeedOrg, SeedUser } from '../salesforce/company.ts';

/** The Salesforce org of a company: everything but its people. */
export type OrgOfCompany = Omit<SeedOrg, 'users' | 'timezone' | 'name'>;

/** The sample company's people in its Salesforce org, with the e-mails they have in HubSpot. */
export const orgOfCompany = (account: SeedAccount, org: OrgOfCompany): SeedOrg => {
  const users = account.people
    .filter((person) => !person.queue)
    .map(
      (person): SeedUser => ({
        email: person.email,
        firstName: person.firstName,
        lastName: person.lastName,
        active: !person.archived,
        ...(person.timezone === undefined ? {} : { timezone: person.timezone }),
        ...(person.jobTitle === undefined ? {} : { title: person.jobTitle }),
        ...(person.teams?.[0] === undefined ? {} : { department: person.teams[0] }),
      }),
    );
  return { ...org, name: account.name, timezone: account.timezone, users };
};
