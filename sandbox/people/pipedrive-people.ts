import type { SeedAccount } from '../hubspot/company.ts';
import type { SeedCompany, SeedUser } from '../pipedrive/company.ts';
import { colleaguesOf } from './colleagues.ts';

/** The Pipedrive company of a company: everything but its people. */
export interface PipedriveOfCompany extends Pick<SeedCompany, 'domain' | 'plan'> {
  /** Whoever installs apps there, and owns what the website makes: an e-mail. */
  readonly admin: string;
}

/** The sample company's people in Pipedrive, with the e-mails they have in HubSpot. A queue is a user there. */
export const pipedriveOfCompany = (
  account: SeedAccount,
  { admin, ...company }: PipedriveOfCompany,
): SeedCompany => ({
  ...company,
  name: account.name,
  seats: account.people.length,
  users: colleaguesOf(account, admin).map(
    (person): SeedUser => ({
      email: person.email,
      name: `${person.firstName} ${person.lastName}`,
      active: !person.archived,
      admin: person.email === admin,
      ...(person.timezone === undefined ? {} : { timezone: person.timezone }),
    }),
  ),
});
