import freeMail from 'free-email-domains';
import type { LeadPerson } from '../types.ts';

const FREE: ReadonlySet<string> = new Set(freeMail);

/** What a lead's company is known by: the domain of their e-mail address, else its name; null: nobody knows. */
export interface AccountKeys {
  readonly domain: string | null;
  readonly company: string | null;
}

/** Addresses anybody can have say nothing of a company. */
export const accountKeys = (person: Pick<LeadPerson, 'email' | 'company'> | null): AccountKeys => {
  const domain = person?.email?.split('@')[1]?.toLowerCase() ?? '';
  const company = person?.company?.trim().toLowerCase() ?? '';
  return {
    domain: domain === '' || FREE.has(domain) ? null : domain,
    company: company === '' ? null : company,
  };
};

/** The one key leads are held together by. */
export const accountOf = (person: Parameters<typeof accountKeys>[0]): string | null => {
  const { domain, company } = accountKeys(person);
  return domain ?? company;
};
