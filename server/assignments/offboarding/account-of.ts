import { companyDomain } from '../../routing/match/domain-class.ts';
import type { LeadPerson } from '../types.ts';

/** What a lead's company is known by: the domain of their e-mail address, else its name; null: nobody knows. */
export interface AccountKeys {
  readonly domain: string | null;
  readonly company: string | null;
}

/** Addresses anybody can have say nothing of a company. */
export const accountKeys = (person: Pick<LeadPerson, 'email' | 'company'> | null): AccountKeys => {
  const company = person?.company?.trim().toLowerCase() ?? '';
  return {
    domain: companyDomain(person?.email),
    company: company === '' ? null : company,
  };
};

/** The one key leads are held together by. */
export const accountOf = (person: Parameters<typeof accountKeys>[0]): string | null => {
  const { domain, company } = accountKeys(person);
  return domain ?? company;
};
