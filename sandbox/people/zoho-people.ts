import type { SeedAccount } from '../hubspot/company.ts';
import type { SeedZohoOrg, SeedZohoUser } from '../zoho/company.ts';
import { colleaguesOf } from './colleagues.ts';

/** The Zoho org of a company: everything but its people. */
export interface ZohoOrgOfCompany extends Pick<SeedZohoOrg, 'domain' | 'dc'> {
  /** Whoever installs apps there, and owns what the website makes: an e-mail. */
  readonly admin: string;
}

/** The sample company's people in Zoho CRM, with the e-mails they have in HubSpot. A queue is a user there. */
export const zohoOrgOfCompany = (account: SeedAccount, { admin, ...org }: ZohoOrgOfCompany): SeedZohoOrg => ({
  ...org,
  name: account.name,
  timezone: account.timezone,
  users: colleaguesOf(account, admin).map(
    (person): SeedZohoUser => ({
      email: person.email,
      firstName: person.firstName,
      lastName: person.lastName,
      status: person.archived ? 'disabled' : 'active',
      ...(person.timezone === undefined ? {} : { timezone: person.timezone }),
      ...(person.teams?.[0] === undefined ? {} : { role: person.teams[0] }),
    }),
  ),
});
